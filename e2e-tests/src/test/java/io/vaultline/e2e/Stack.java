package io.vaultline.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;

/** The servers of the {@code devstack} command, with its configuration for the pipeline. */
final class Stack implements AutoCloseable {
    private static final Duration FIRST_START = Duration.ofMinutes(8);

    private final Jar jar;
    private final Path directory;
    private final Properties endpoints = new Properties();

    private Stack(Jar jar, Path directory) throws IOException {
        this.jar = jar;
        this.directory = directory;
        try (Reader reader = Files.newBufferedReader(directory.resolve("endpoints.properties"))) {
            endpoints.load(reader);
        }
    }

    /** Starts the servers with their data below a directory. */
    static Stack start(Path parent) throws IOException {
        Path directory = parent.resolve("stack");
        Jar jar = Jar.start(parent, "devstack", "--dir", directory.toString());
        await().atMost(FIRST_START)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> Files.exists(directory.resolve("endpoints.properties")) || !jar.isAlive());
        assertThat(jar.isAlive()).as(jar.stderr()).isTrue();
        return new Stack(jar, directory);
    }

    /** The configuration that the command wrote. */
    String config() {
        return directory.resolve("pipeline.yaml").toString();
    }

    String endpoint(String key) {
        return endpoints.getProperty(key);
    }

    /** A connection to the captured database; the caller closes it. */
    Connection connect() throws SQLException {
        return DriverManager.getConnection(
                endpoint("postgres.jdbc.url"), endpoint("postgres.user"), endpoint("postgres.password"));
    }

    @Override
    public void close() {
        jar.close();
    }
}
