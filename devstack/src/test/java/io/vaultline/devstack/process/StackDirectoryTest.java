package io.vaultline.devstack.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vaultline.devstack.report.DevstackException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StackDirectoryTest {
    @TempDir
    private Path root;

    @Test
    void keepsPasswordsAndPortsFromOneTimeToTheNext() {
        String password;
        int port;
        try (StackDirectory directory = StackDirectory.open(root)) {
            password = directory.secret("a");
            port = directory.port("a");
            assertThat(directory.secret("b")).isNotEqualTo(password);
            assertThat(directory.port("b")).isNotEqualTo(port);
        }
        try (StackDirectory directory = StackDirectory.open(root)) {
            assertThat(directory.secret("a")).isEqualTo(password);
            assertThat(directory.port("a")).isEqualTo(port);
        }
    }

    @Test
    void choosesAnotherPortWhenSomebodyTookIt() throws IOException {
        try (StackDirectory directory = StackDirectory.open(root);
                ServerSocket taken = new ServerSocket(directory.port("a"), 1, InetAddress.getLoopbackAddress())) {
            assertThat(directory.port("a")).isNotEqualTo(taken.getLocalPort());
        }
    }

    @Test
    void writesPasswordsForTheOwnerOnlyAndWithoutCharactersThatNeedEscapes() throws IOException {
        try (StackDirectory directory = StackDirectory.open(root)) {
            assertThat(directory.secret("a")).matches("[a-z0-9]{30,40}");
        }
        assertThat(Files.getPosixFilePermissions(root.resolve("secrets.properties")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void isForOneAtATime() {
        try (StackDirectory directory = StackDirectory.open(root)) {
            assertThatThrownBy(() -> StackDirectory.open(root))
                    .isInstanceOf(DevstackException.class)
                    .hasMessageContaining("Another devstack runs in this directory")
                    .hasMessageContaining(directory.root().toString());
        }
        StackDirectory.open(root).close();
    }

    @Test
    void refusesAPlaceThatCannotBeADirectory() throws IOException {
        Path file = Files.createFile(root.resolve("file"));

        assertThatThrownBy(() -> StackDirectory.open(file))
                .isInstanceOf(DevstackException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("choose a directory");
    }
}
