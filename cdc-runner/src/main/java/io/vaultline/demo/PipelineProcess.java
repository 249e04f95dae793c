package io.vaultline.demo;

import io.vaultline.devstack.Devstack;
import io.vaultline.devstack.process.ChildProcess;
import io.vaultline.devstack.process.Command;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The pipeline in a process of its own, as a user would run it; it ends with this process, however that ends. */
final class PipelineProcess implements AutoCloseable {
    /** It lives for two minutes: quick to start, rather than fast in the long run. */
    private static final List<String> JVM = List.of("-Xmx768m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    /** Room for the first snapshot on a slow machine. */
    private static final Duration READY_WITHIN = Duration.ofMinutes(2);

    private final ChildProcess process;
    private final Path config;
    private volatile long pid;

    private PipelineProcess(ChildProcess process, Path config) {
        this.process = process;
        this.config = config;
    }

    /** Starts the pipeline; its log is {@code logs/pipeline.log} in the stack's directory. */
    static PipelineProcess start(Devstack stack, Path config) {
        List<String> arguments = new ArrayList<>(List.of(java().toString()));
        arguments.addAll(JVM);
        arguments.addAll(List.of("-jar", jar().toString(), "run", "--config", config.toString()));
        return new PipelineProcess(stack.launch(Command.of("pipeline", arguments)), config);
    }

    /**
     * Returns when the pipeline has copied what is there and follows what happens.
     *
     * @throws io.vaultline.devstack.report.DevstackException if it ends before, or takes more than two minutes
     */
    PipelineStatus.Answer awaitReady(PipelineStatus status) throws InterruptedException {
        process.awaitReady(() -> status.ask().map(PipelineStatus.Answer::ready).orElse(false), READY_WITHIN);
        pid = process.pid();
        return status.ask().orElse(PipelineStatus.Answer.NOTHING);
    }

    /** The process's number, to look at it or to kill it; known once it is ready. */
    long pid() {
        return pid;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** What a person types to start a pipeline on the same servers. */
    String command() {
        return "java -jar " + jar() + " run --config " + config;
    }

    Path log() {
        return process.log().path();
    }

    /** The end of the log, on one line. */
    String lastWords() {
        return process.log().tail();
    }

    @Override
    public void close() {
        process.close();
    }

    private static Path java() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    private static Path jar() {
        try {
            return Path.of(PipelineProcess.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("this program's own jar has no file name", e);
        }
    }
}
