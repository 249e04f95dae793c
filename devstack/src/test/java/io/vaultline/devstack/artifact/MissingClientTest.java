package io.vaultline.devstack.artifact;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vaultline.devstack.process.ToolPath;
import io.vaultline.devstack.report.DevstackException;
import io.vaultline.devstack.report.SilentProgress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a machine without the package clients the error says which one to install. */
class MissingClientTest {
    @TempDir
    private Path cache;

    @TempDir
    private Path bin;

    @Test
    void withoutMavenItIsNamed() {
        assertThatThrownBy(() -> packages().kafka())
                .isInstanceOf(DevstackException.class)
                .hasMessageContaining("mvn is missing")
                .hasMessageContaining("apt-get install maven");
    }

    @Test
    void withoutPythonItIsNamed() {
        assertThatThrownBy(() -> packages().mongodb())
                .isInstanceOf(DevstackException.class)
                .hasMessageContaining("python3 is missing");
    }

    @Test
    void withoutPipItIsNamed() throws IOException {
        program("python3", "echo 'No module named pip'; exit 1");

        assertThatThrownBy(() -> packages().mongodb())
                .isInstanceOf(DevstackException.class)
                .hasMessageContaining("pip is missing")
                .hasMessageContaining("apt-get install python3-pip");
    }

    @Test
    void withoutNpmAndPipBothAreNamed() throws IOException {
        program("python3", "exit 1");

        assertThatThrownBy(() -> packages().clickhouse())
                .isInstanceOf(DevstackException.class)
                .hasMessageContaining("npm is missing, and pip could not bring it: pip is missing")
                .hasMessageContaining("apt-get install npm");
    }

    @Test
    void aClientThatFailsIsQuotedWithoutTheCredentialsOfItsIndex() throws IOException {
        program("npm", "echo 'no route to https://me:secret@example.org/'; exit 7");

        assertThatThrownBy(() -> packages().clickhouse())
                .isInstanceOf(DevstackException.class)
                .hasMessageContaining("npm failed with exit code 7: no route to https://***@example.org/")
                .hasMessageContaining("network");
    }

    private Packages packages() {
        return new Packages(cache, new ToolPath(bin.toString()), new SilentProgress());
    }

    private void program(String name, String text) throws IOException {
        Path file = Files.writeString(bin.resolve(name), "#!/bin/sh\n" + text + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
