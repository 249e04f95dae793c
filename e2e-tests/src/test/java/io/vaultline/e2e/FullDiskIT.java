package io.vaultline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FullDiskIT {
    @TempDir
    Path directory;

    @Test
    void aDiskWithoutRoomIsToldBeforeAnyServerStarts() throws Exception {
        Assumptions.assumeTrue(canMount(), "skipped: a small disk can't be mounted here (unshare --mount is refused)");
        Path disk = Files.createDirectory(directory.resolve("disk"));
        try (Jar devstack = Jar.startWithDisk(directory, disk, 64, "devstack", "--dir", disk.toString())) {
            int exit = devstack.exitCode(Duration.ofSeconds(30));

            assertThat(exit).as(devstack.stderr()).isIn(1, 2);
            assertThat(devstack.stderr())
                    .contains("The disk is nearly full")
                    .contains(disk.toString())
                    .contains("free at least")
                    .doesNotContain("\tat ");
            assertThat(ProcessHandle.allProcesses()
                            .map(process -> process.info().commandLine().orElse(""))
                            .filter(line -> line.contains(disk.toString())))
                    .isEmpty();
        }
    }

    private static boolean canMount() throws IOException, InterruptedException {
        return new ProcessBuilder("unshare", "--mount", "--map-root-user", "mount", "-t", "tmpfs", "none", "/mnt")
                        .start()
                        .waitFor()
                == 0;
    }
}
