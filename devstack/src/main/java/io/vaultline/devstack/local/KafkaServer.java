package io.vaultline.devstack.local;

import io.vaultline.devstack.artifact.Packages;
import io.vaultline.devstack.process.Command;
import io.vaultline.devstack.process.StackDirectory;
import io.vaultline.devstack.server.KafkaService;
import io.vaultline.devstack.server.Server;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

/** Kafka as a process: a JVM of its own, so that its libraries are none of ours. */
final class KafkaServer {
    private final Home home;
    private final Packages packages;

    KafkaServer(Home home, Packages packages) {
        this.home = home;
        this.packages = packages;
    }

    Server start() {
        Path jars = packages.kafka();
        Path folder = home.directory().folder("kafka");
        int port = home.directory().port("kafka");
        Path settings = home.directory()
                .write(
                        "kafka/server.properties",
                        settings(folder, port, home.directory().port("kafka.controller")));
        home.directory().write("kafka/log4j2.properties", Home.resource("kafka-log4j2.properties"));
        format(jars, folder, settings);
        return home.serve(
                java("kafka", jars, folder, List.of("-Xmx384m"), List.of("kafka.Kafka", settings.toString())),
                new KafkaService(port));
    }

    private static String settings(Path folder, int port, int controllerPort) {
        return Home.resource("kafka-server.properties")
                .replace("${host}", StackDirectory.LOOPBACK)
                .replace("${port}", Integer.toString(port))
                .replace("${controller.port}", Integer.toString(controllerPort))
                .replace("${data}", Escape.properties(folder.resolve("data").toString()));
    }

    /** Gives the storage its identity; a format that was cut short is done again. */
    private void format(Path jars, Path folder, Path settings) {
        Path done = folder.resolve("formatted");
        if (Files.exists(done)) {
            return;
        }
        home.run(java(
                "kafka-format",
                jars,
                folder,
                List.of("-Xmx128m", "-XX:TieredStopAtLevel=1"),
                List.of(
                        "kafka.tools.StorageTool",
                        "format",
                        "--ignore-formatted",
                        "--cluster-id",
                        clusterId(),
                        "--config",
                        settings.toString())));
        home.directory().write("kafka/formatted", "");
    }

    private Command java(String name, Path jars, Path folder, List<String> options, List<String> program) {
        List<String> line = new ArrayList<>(List.of(
                home.java(),
                "-XX:+UseSerialGC",
                "-Dlog4j2.configurationFile=" + folder.resolve("log4j2.properties"),
                "-cp",
                jars + "/*"));
        line.addAll(1, options);
        line.addAll(program);
        return Command.of(name, line);
    }

    /** Never begins with a hyphen, which the tool would take for an option: without its top bit, it begins with a letter. */
    private static String clusterId() {
        UUID id = UUID.randomUUID();
        byte[] bytes = ByteBuffer.allocate(Long.BYTES * 2)
                .putLong(id.getMostSignificantBits() & Long.MAX_VALUE)
                .putLong(id.getLeastSignificantBits())
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
