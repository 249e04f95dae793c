package io.vaultline.iceberg;

import io.vaultline.config.PipelineConfig;
import io.vaultline.devstack.endpoint.CatalogEndpoint;
import io.vaultline.devstack.endpoint.Endpoints;
import io.vaultline.devstack.endpoint.KafkaEndpoint;
import io.vaultline.devstack.endpoint.S3Endpoint;
import io.vaultline.iceberg.write.CommitStep;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;

/** A process that archives until it dies in the middle of its first commit, without a chance to clean up. */
final class DyingArchive {
    static final int EXIT_CODE = 42;

    private DyingArchive() {}

    /** @param args the pipeline's name and the step to die after; the endpoints come through standard input */
    public static void main(String[] args) throws IOException, InterruptedException {
        Properties stack = new Properties();
        try (Reader in = new InputStreamReader(System.in, StandardCharsets.UTF_8)) {
            stack.load(in);
        }
        PipelineConfig config = TestPipeline.config(endpoints(stack), args[0]);
        CommitStep last = CommitStep.valueOf(args[1]);
        ArchiveService service = new ArchiveService(config, (step, table) -> {
            if (step == last) {
                Runtime.getRuntime().halt(EXIT_CODE);
            }
        });
        service.start(failure -> Runtime.getRuntime().halt(1));
        new CountDownLatch(1).await();
    }

    /** Starts such a process, and returns when it has died. */
    static int run(Endpoints stack, String pipeline, CommitStep last) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        DyingArchive.class.getName(),
                        pipeline,
                        last.name())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (var out = process.outputWriter(StandardCharsets.UTF_8)) {
            for (Map.Entry<String, String> entry : stack.toProperties().entrySet()) {
                out.write(entry.getKey() + "=" + entry.getValue() + "\n");
            }
        }
        return process.waitFor();
    }

    private static Endpoints endpoints(Properties stack) {
        return new Endpoints(List.of(
                new KafkaEndpoint(stack.getProperty("kafka.bootstrap.servers")),
                new S3Endpoint(
                        stack.getProperty("s3.endpoint"),
                        stack.getProperty("s3.access-key"),
                        stack.getProperty("s3.secret-key"),
                        stack.getProperty("s3.bucket")),
                new CatalogEndpoint(
                        stack.getProperty("iceberg.catalog.uri"),
                        stack.getProperty("iceberg.catalog.user"),
                        stack.getProperty("iceberg.catalog.password"))));
    }
}
