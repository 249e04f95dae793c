package io.vaultline.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Everything that a pipeline is told.
 *
 * @param pipeline its name, first part of every topic and of the consumer groups
 * @param maxWaiting how many changes a role may set aside as dead letters, or behind them, at least 1
 * @param maxRows how many rows of one table may wait in a loader; more stop the table
 * @param vaultModel the model file, if there is one
 * @param httpHost address on which health and metrics listen
 * @param httpPort their port; 0 takes a free one
 */
public record PipelineConfig(
        String pipeline,
        List<SourceConfig> sources,
        KafkaConfig kafka,
        ClickHouseConfig clickhouse,
        LakeConfig lake,
        int maxWaiting,
        int maxRows,
        Optional<Path> vaultModel,
        String httpHost,
        int httpPort) {
    /** Where health and metrics listen unless told otherwise: nobody else's machine gets to see them. */
    public static final String LOOPBACK = "127.0.0.1";

    /** How many changes may wait unless told otherwise. */
    public static final int MAX_WAITING = 1_000;

    /** How many rows of one table may wait in a loader unless told otherwise. */
    public static final int MAX_ROWS = 100;

    public PipelineConfig {
        sources = List.copyOf(sources);
    }

    /** The same, with the default of rows that may wait. */
    public PipelineConfig(
            String pipeline,
            List<SourceConfig> sources,
            KafkaConfig kafka,
            ClickHouseConfig clickhouse,
            LakeConfig lake,
            int maxWaiting,
            Optional<Path> vaultModel,
            String httpHost,
            int httpPort) {
        this(pipeline, sources, kafka, clickhouse, lake, maxWaiting, MAX_ROWS, vaultModel, httpHost, httpPort);
    }

    /** The same, with the defaults: health and metrics on the loopback interface. */
    public PipelineConfig(
            String pipeline,
            List<SourceConfig> sources,
            KafkaConfig kafka,
            ClickHouseConfig clickhouse,
            LakeConfig lake,
            Optional<Path> vaultModel,
            int httpPort) {
        this(pipeline, sources, kafka, clickhouse, lake, MAX_WAITING, vaultModel, LOOPBACK, httpPort);
    }
}
