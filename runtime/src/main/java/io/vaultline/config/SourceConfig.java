package io.vaultline.config;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

/** A database to capture. */
public sealed interface SourceConfig {
    /** The source's name in topics, table names and record sources. */
    String name();

    /** Patterns {@code namespace.collection} with {@code *}; empty means every user collection. */
    List<String> include();

    /** Patterns of what is left out although it is included. */
    List<String> exclude();

    /** Patterns {@code namespace.collection.column} of what never leaves the source. */
    List<String> excludeColumns();

    /** What is masked before it leaves the source; columns that are excluded are none of it. */
    Masking masking();

    /** How often an idle source says that it is idle, so that readers know how far they are complete. */
    Duration heartbeat();

    /** What reads a source's stream of changes; all write the same. */
    enum Engine {
        /** Vaultline's own reader. */
        NATIVE,
        /** Debezium's connector, embedded. */
        DEBEZIUM;

        /** The one that is used where none is named. */
        public static Engine standard() {
            return NATIVE;
        }
    }

    /**
     * A PostgreSQL database, captured through pgoutput.
     *
     * @param jdbcUrl {@code jdbc:postgresql://host:port/database}
     * @param slot name of the replication slot, created when missing
     * @param publication name of the publication, created and extended when missing
     * @param engine what reads the stream of changes
     * @param limits of the log that the server keeps for the slot
     */
    record Postgres(
            String name,
            String jdbcUrl,
            String user,
            Secret password,
            String slot,
            String publication,
            List<String> include,
            List<String> exclude,
            List<String> excludeColumns,
            Duration heartbeat,
            Masking masking,
            Snapshot snapshot,
            Engine engine,
            LogLimits limits)
            implements SourceConfig {
        public Postgres {
            Objects.requireNonNull(name, "name");
            include = List.copyOf(include);
            exclude = List.copyOf(exclude);
            excludeColumns = List.copyOf(excludeColumns);
        }

        /** A source without masks, whose snapshots are taken as suits this machine. */
        public Postgres(
                String name,
                String jdbcUrl,
                String user,
                Secret password,
                String slot,
                String publication,
                List<String> include,
                List<String> exclude,
                List<String> excludeColumns,
                Duration heartbeat) {
            this(
                    name,
                    jdbcUrl,
                    user,
                    password,
                    slot,
                    publication,
                    include,
                    exclude,
                    excludeColumns,
                    heartbeat,
                    Masking.none(),
                    Snapshot.standard(),
                    Engine.standard(),
                    LogLimits.standard());
        }

        /** The same with masks. */
        public Postgres masked(Masking masks) {
            return with(masks, snapshot, engine, limits);
        }

        /** The same with snapshots that are taken in another way. */
        public Postgres read(Snapshot way) {
            return with(masking, way, engine, limits);
        }

        /** The same, streamed by another engine. */
        public Postgres by(Engine other) {
            return with(masking, snapshot, other, limits);
        }

        /** The same with other limits of its log. */
        public Postgres alerting(LogLimits others) {
            return with(masking, snapshot, engine, others);
        }

        private Postgres with(Masking masks, Snapshot way, Engine reader, LogLimits warnings) {
            return new Postgres(
                    name,
                    jdbcUrl,
                    user,
                    password,
                    slot,
                    publication,
                    include,
                    exclude,
                    excludeColumns,
                    heartbeat,
                    masks,
                    way,
                    reader,
                    warnings);
        }
    }

    /**
     * What of the log that a source keeps for its capture is worth a warning.
     *
     * @param retainedMegabytes more than this is kept for the slot of PostgreSQL, in MiB
     * @param safeMegabytes less than this may be written before that slot is lost, in MiB
     * @param oplogHours less than this is between the ends of a full oplog of MongoDB
     * @param oplogLeftHours less than this is between the capture's place and the end of a full oplog
     */
    record LogLimits(int retainedMegabytes, int safeMegabytes, int oplogHours, int oplogLeftHours) {
        /** 10 GiB kept, 1 GiB to the loss, a window of a day, six hours to its end. */
        public static LogLimits standard() {
            return new LogLimits(10 * 1024, 1024, 24, 6);
        }
    }

    /**
     * How tables are read in.
     *
     * @param parallelism over how many connections at once, 1 or more
     * @param chunkKilobytes how much of a table is read and committed at once, in the database's KiB
     */
    record Snapshot(int parallelism, int chunkKilobytes) {
        /** Most connections by default. */
        private static final int MOST_READERS = 8;

        private static final int CHUNK_KILOBYTES = 12 * 1024;

        /** A connection for each processor of this machine, 2 to 8; chunks that fit in memory several times. */
        public static Snapshot standard() {
            int processors = Runtime.getRuntime().availableProcessors();
            return new Snapshot(Math.max(2, Math.min(MOST_READERS, processors)), CHUNK_KILOBYTES);
        }
    }

    /**
     * A MongoDB replica set, captured through change streams.
     *
     * @param uri connection string; secret because it may hold credentials
     * @param database the database whose collections are captured
     * @param engine what reads the change stream
     * @param limits of the oplog
     */
    record Mongo(
            String name,
            Secret uri,
            String database,
            List<String> include,
            List<String> exclude,
            List<String> excludeColumns,
            Duration heartbeat,
            Masking masking,
            Engine engine,
            LogLimits limits)
            implements SourceConfig {
        public Mongo {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(engine, "engine");
            include = List.copyOf(include);
            exclude = List.copyOf(exclude);
            excludeColumns = List.copyOf(excludeColumns);
        }

        /** The same without masks, with the usual engine. */
        public Mongo(
                String name,
                Secret uri,
                String database,
                List<String> include,
                List<String> exclude,
                List<String> excludeColumns,
                Duration heartbeat) {
            this(
                    name,
                    uri,
                    database,
                    include,
                    exclude,
                    excludeColumns,
                    heartbeat,
                    Masking.none(),
                    Engine.standard(),
                    LogLimits.standard());
        }

        /** The same with masks. */
        public Mongo masked(Masking masks) {
            return new Mongo(name, uri, database, include, exclude, excludeColumns, heartbeat, masks, engine, limits);
        }

        /** The same with another engine. */
        public Mongo by(Engine other) {
            return new Mongo(name, uri, database, include, exclude, excludeColumns, heartbeat, masking, other, limits);
        }
    }
}
