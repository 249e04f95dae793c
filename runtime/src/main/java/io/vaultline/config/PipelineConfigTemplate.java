package io.vaultline.config;

import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;

/** Writes the configuration of a pipeline over a local stack, ready for {@code run}. */
public final class PipelineConfigTemplate {
    private static final String TEMPLATE = """
            # Written anew by each start of the local stack; copy it to change it.
            pipeline: dev
            sources:
              pg:
                type: postgres
                url: {postgres.jdbc.url}
                user: {postgres.user}
                password: {postgres.password}
              mongo:
                type: mongodb
                uri: {mongodb.uri}
                database: app
            kafka:
              bootstrap-servers: {kafka.bootstrap.servers}
              partitions: 2
              replication-factor: 1
              retention: 7d
            clickhouse:
              url: {clickhouse.http.url}
              user: {clickhouse.user}
              password: {clickhouse.password}
              vault-database: vault
            lake:
              catalog: lake
              namespace: history
              catalog-properties:
                uri: {iceberg.catalog.uri}
                jdbc.user: {iceberg.catalog.user}
                jdbc.password: {iceberg.catalog.password}
                warehouse: {warehouse}
              s3:
                endpoint: {s3.endpoint}
                access-key: {s3.access-key}
                secret-key: {s3.secret-key}
                region: us-east-1
                path-style: true
              commit-interval: 5s
            http:
              port: 0 # any free one; run says which
            """;

    private PipelineConfigTemplate() {}

    /**
     * The file's text: pipeline {@code dev}, source {@code pg} with every user table, source {@code mongo} with every
     * user collection of database {@code app}. It holds the stack's passwords.
     */
    public static String render(StackEndpoints endpoints) {
        return render(TEMPLATE, endpoints);
    }

    /**
     * A text in which {@code {name}} stands for the endpoint of that name, in quotes, and {@code {warehouse}} for the
     * place of the history.
     */
    public static String render(String template, StackEndpoints endpoints) {
        String text = template.replace("{warehouse}", quoted("s3a://" + endpoints.get("s3.bucket") + "/"));
        for (String name : endpoints.values().keySet()) {
            text = text.replace("{" + name + "}", quoted(endpoints.get(name)));
        }
        return text;
    }

    /**
     * Writes the file at once and as a whole, readable by its owner only.
     *
     * @throws PipelineException with {@code LOCAL_RESOURCE} if the folder can't be written to
     */
    public static void write(Path file, StackEndpoints endpoints) {
        write(file, render(endpoints));
    }

    /** Writes a rendered text in the same way. */
    public static void write(Path file, String rendered) {
        try {
            Path parent = Objects.requireNonNull(file.toAbsolutePath().getParent());
            // a temporary file is made with mode 0600
            Path whole = Files.createTempFile(parent, "pipeline", ".yaml.part");
            Files.writeString(whole, rendered);
            Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new PipelineException(
                    ErrorCode.LOCAL_RESOURCE,
                    "The pipeline's configuration can't be written: "
                            + e.getClass().getSimpleName(),
                    file.toString(),
                    "Check that the folder exists, that you may write to it, and that the disk has room.",
                    e);
        }
    }

    /** In single quotes, where only the quote itself needs care. */
    private static String quoted(String value) {
        return "'" + References.escape(value).replace("'", "''") + "'";
    }
}
