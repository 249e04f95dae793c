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
            Engine engine)
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
                    Engine.standard());
        }

        /** The same with masks. */
        public Postgres masked(Masking masks) {
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
                    snapshot,
                    engine);
        }

        /** The same with snapshots that are taken in another way. */
        public Postgres read(Snapshot way) {
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
                    masking,
                    way,
                    engine);
        }

        /** The same, streamed by another engine. */
        public Postgres by(Engine other) {
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
                    masking,
                    snapshot,
                    other);
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
            Engine engine)
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
            this(name, uri, database, include, exclude, excludeColumns, heartbeat, Masking.none(), Engine.standard());
        }

        /** The same with masks. */
        public Mongo masked(Masking masks) {
            return new Mongo(name, uri, database, include, exclude, excludeColumns, heartbeat, masks, engine);
        }

        /** The same with another engine. */
        public Mongo by(Engine other) {
            return new Mongo(name, uri, database, include, exclude, excludeColumns, heartbeat, masking, other);
        }
    }
}
