package io.vaultline.devstack.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.Container;
import io.vaultline.devstack.Devstack;
import io.vaultline.devstack.MongoUse;
import io.vaultline.devstack.PostgresUse;
import io.vaultline.devstack.artifact.Packages;
import io.vaultline.devstack.endpoint.ServerKind;
import io.vaultline.devstack.process.ToolPath;
import io.vaultline.devstack.report.DevstackException;
import io.vaultline.devstack.report.SilentProgress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.DockerClientFactory;

/** Servers in containers, from images that are built here of the same programs that the other tests run as processes. */
class ContainerDevstackIT {
    private static final Set<ServerKind> SERVERS = EnumSet.of(ServerKind.POSTGRES, ServerKind.MONGODB);

    private final Packages packages =
            new Packages(Packages.defaultFolder(), ToolPath.ofEnvironment(), new SilentProgress());

    @TempDir
    private Path directory;

    @TempDir
    private Path build;

    @BeforeEach
    void needDocker() {
        boolean available = DockerClientFactory.instance().isDockerAvailable();
        if (!available) {
            System.err.println("ContainerDevstackIT is skipped: no Docker engine answers");
        }
        Assumptions.assumeTrue(available, "no Docker engine answers");
    }

    @AfterEach
    void removeVolumes() {
        if (DockerClientFactory.instance().isDockerAvailable()) {
            DockerClient docker = DockerClientFactory.instance().client();
            for (ServerKind kind : SERVERS) {
                docker.listVolumesCmd()
                        .withFilter("name", Set.of(ContainerProvider.name(directory, kind)))
                        .exec()
                        .getVolumes()
                        .forEach(volume ->
                                docker.removeVolumeCmd(volume.getName()).exec());
            }
        }
    }

    @Test
    void serversInContainersWorkAndKeepTheirDataUntilTheNextStart() throws Exception {
        ContainerImages images =
                new ContainerImages(Map.of(ServerKind.POSTGRES, postgresImage(), ServerKind.MONGODB, mongoImage()));
        try (Devstack stack = start(images)) {
            PostgresUse.writes(stack.endpoints().postgres());
            PostgresUse.catalogIsApart(stack.endpoints().catalog());
            MongoUse.writes(stack.endpoints().mongodb());
        }
        assertThat(containers()).isEmpty();
        try (Devstack stack = start(images)) {
            PostgresUse.finds(stack.endpoints().postgres());
            MongoUse.finds(stack.endpoints().mongodb());
        }
    }

    @Test
    void anImageWhoseServerEndsIsReportedWithItsLog() throws Exception {
        String broken = image("broken")
                .program(Path.of("/bin/sh"), "bin/sh")
                .build(
                        "vaultline-test-broken",
                        "CMD [\"/bin/sh\"]\nENTRYPOINT [\"/bin/sh\", \"-c\", \"echo no such disk\"]\n");

        assertThatThrownBy(() ->
                        start(new ContainerImages(Map.of(ServerKind.POSTGRES, broken, ServerKind.MONGODB, broken))))
                .isInstanceOf(DevstackException.class)
                .hasMessageContaining("no such disk");

        assertThat(containers()).isEmpty();
    }

    private Devstack start(ContainerImages images) {
        return Devstack.builder()
                .directory(directory)
                .servers(SERVERS)
                .containers(images)
                .start();
    }

    private List<String> containers() {
        return SERVERS.stream()
                .flatMap(kind -> DockerClientFactory.instance()
                        .client()
                        .listContainersCmd()
                        .withShowAll(true)
                        .withLabelFilter(Map.of("io.vaultline.devstack", ContainerProvider.name(directory, kind)))
                        .exec()
                        .stream())
                .map(Container::getId)
                .toList();
    }

    private LocalImage image(String name) throws IOException {
        return new LocalImage(Files.createDirectory(build.resolve(name)));
    }

    /** Behaves as the official image does, as far as it is relied upon. */
    private String postgresImage() throws Exception {
        return image("postgres")
                .folder("tmp")
                .folder("var/lib/postgresql")
                .text("etc/passwd", "nobody:x:65534:65534:nobody:/tmp:/bin/sh\n")
                .text("entrypoint", """
                        #!/bin/sh
                        set -e
                        data=/var/lib/postgresql/data
                        if [ ! -s $data/PG_VERSION ]; then
                          printf %s "$POSTGRES_PASSWORD" > /tmp/password
                          initdb -D $data -U postgres --pwfile=/tmp/password -A scram-sha-256 -E UTF8 --no-locale
                          echo 'host all all all scram-sha-256' >> $data/pg_hba.conf
                        fi
                        exec "$@" -D $data -c 'listen_addresses=*'
                        """)
                .program(Path.of("/bin/sh"), "bin/sh")
                .tree(packages.postgres(), "usr/local")
                .build(
                        "vaultline-test-postgres",
                        "ENV PATH=/usr/local/bin:/bin\nUSER 65534\nENTRYPOINT [\"/entrypoint\"]\nCMD [\"postgres\"]\n");
    }

    private String mongoImage() throws Exception {
        return image("mongodb")
                .folder("tmp")
                .folder("data/db")
                .tree(packages.mongodb(), "usr/local")
                .build("vaultline-test-mongodb", "ENV PATH=/usr/local/bin\nCMD [\"mongod\"]\n");
    }
}
