package io.vaultline.demo;

import io.vaultline.config.PipelineConfig;
import io.vaultline.config.PipelineConfigLoader;
import io.vaultline.demo.PipelineStatus.Answer;
import io.vaultline.demo.shop.ShopCatalog;
import io.vaultline.demo.shop.ShopOpening;
import io.vaultline.demo.shop.ShopScript;
import io.vaultline.demo.shop.ShopStores;
import io.vaultline.demo.shop.Timeline;
import io.vaultline.devstack.Devstack;
import io.vaultline.devstack.endpoint.Endpoints;
import io.vaultline.kafka.KafkaClients;
import io.vaultline.kafka.TopicNames;
import io.vaultline.kafka.Watermarks;
import io.vaultline.screen.Screen;
import io.vaultline.screen.StepList;
import io.vaultline.verification.VerificationReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;

/** What happens in the demonstration, from the first server to the last answer. */
final class DemoStory {
    private static final ShopCatalog.Size SIZE = ShopCatalog.Size.DEFAULT;
    private static final int DIFFERENCE = 3;

    private final DemoOptions options;
    private final Screen screen;
    private final Resources resources;
    private final StepList steps;
    private final long begin = System.nanoTime();

    /** @param resources takes what the story opens; the caller closes it */
    DemoStory(DemoOptions options, Screen screen, Resources resources) {
        this.options = options;
        this.screen = screen;
        this.resources = resources;
        this.steps = new StepList(screen);
    }

    /** Tells the story and returns the exit code. */
    int tell() throws Exception {
        if (options.report().isPresent()) {
            // now rather than after two minutes: a place that can't be written to
            Files.writeString(options.report().get(), "");
        }
        Path directory = resources
                .add(DemoDirectory.of(options.directory(), options.keep()))
                .path();
        screen.line("");
        screen.line("Vaultline demo, seed " + options.seed() + ", in " + directory);
        Devstack stack = resources.add(
                Devstack.builder().directory(directory).progress(steps).start());
        PipelineFiles files = PipelineFiles.write(stack);
        ShopStores shop = resources.add(shop(stack.endpoints()));
        ShopCatalog catalog = steps.run("fill the shop", () -> open(shop));
        PipelineProcess process = resources.add(PipelineProcess.start(stack, files.config()));
        PipelineStatus status = new PipelineStatus(files.httpPort());
        Answer before = steps.run("start the pipeline and copy what is there", () -> process.awaitReady(status));
        screen.line("    process " + process.pid() + ", log " + process.log());

        PipelineConfig config = new PipelineConfigLoader(System.getenv()).load(files.config());
        Watermarks watermarks =
                resources.add(new Watermarks(new KafkaClients(config.kafka()), new TopicNames(config.pipeline())));
        PipelineWatch watch = new PipelineWatch(process, watermarks, screen);
        List<List<Timeline.Entry>> script =
                ShopScript.of(options.seed(), catalog, SIZE, options.orders(), Instant.now(), options.open());
        new Trade(screen, status, watch).run(shop, script, options.open(), before);
        VerificationReport report = new DemoVerification(config, steps, watch).run();
        screen.line("");
        report.lines().forEach(screen::line);
        if (options.report().isPresent()) {
            Files.writeString(options.report().get(), report.took(elapsed()).toJson() + "\n");
        }
        new DemoAnswers(config, screen).tell();
        screen.line(conclusion(report));
        if (options.keep()) {
            stay(stack, files, process);
        }
        return report.ok() ? 0 : DIFFERENCE;
    }

    private ShopCatalog open(ShopStores shop) throws Exception {
        Instant opening = Instant.now();
        ShopCatalog catalog = ShopCatalog.of(options.seed(), SIZE, opening);
        new ShopOpening(shop).open(catalog, ShopScript.past(options.seed(), catalog, opening));
        return catalog;
    }

    private String conclusion(VerificationReport report) {
        return String.format(
                Locale.ROOT,
                "%n%s: %,d changes, %d tables, %d s.",
                report.ok() ? "Source, vault and history are equal" : "A TABLE IS DIFFERENT",
                report.events(),
                report.tables().size(),
                elapsed().toSeconds());
    }

    private Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    /** Returns when the process is asked to end. */
    private void stay(Devstack stack, PipelineFiles files, PipelineProcess process) {
        KeepGuide.lines(stack.endpoints(), files, process).forEach(screen::line);
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static ShopStores shop(Endpoints at) {
        return new ShopStores(
                at.postgres().jdbcUrl(),
                at.postgres().user(),
                at.postgres().password(),
                at.mongodb().uri());
    }
}
