package io.vaultline.demo;

import io.vaultline.config.PipelineConfigTemplate;
import io.vaultline.config.StackEndpoints;
import io.vaultline.devstack.Devstack;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;

/**
 * What the pipeline of the demonstration is told, as files in the stack's directory.
 *
 * @param config {@code pipeline.yaml}
 * @param endpoints where all servers are, with their passwords
 * @param httpPort where the status page will be
 */
record PipelineFiles(Path config, Path endpoints, int httpPort) {

    /** Writes the files, with the addresses of a running stack, readable by their owner only. */
    static PipelineFiles write(Devstack stack) throws IOException {
        Path directory = stack.directory();
        int port = freePort();
        StackEndpoints values = new StackEndpoints(stack.endpoints().toProperties());
        String config = PipelineConfigTemplate.render(resource("pipeline.yaml"), values)
                .replace("{http.port}", Integer.toString(port));
        PipelineFiles files =
                new PipelineFiles(directory.resolve("pipeline.yaml"), directory.resolve("endpoints.properties"), port);
        PipelineConfigTemplate.write(files.config(), config);
        PipelineConfigTemplate.write(directory.resolve("vault.yaml"), resource("vault.yaml"));
        stack.endpoints().write(files.endpoints());
        return files;
    }

    private static String resource(String name) throws IOException {
        try (InputStream text = Objects.requireNonNull(PipelineFiles.class.getResourceAsStream(name), name)) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
