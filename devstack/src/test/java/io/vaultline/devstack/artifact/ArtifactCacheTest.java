package io.vaultline.devstack.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vaultline.devstack.process.ToolPath;
import io.vaultline.devstack.report.DevstackException;
import io.vaultline.devstack.report.SilentProgress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArtifactCacheTest {
    private static final Checksums HELLO =
            Checksums.parse("2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824  program\n");

    @TempDir
    private Path folder;

    private final AtomicInteger fetches = new AtomicInteger();
    private ArtifactCache cache;

    @BeforeEach
    void open() {
        cache = newCache(folder);
    }

    @Test
    void fetchesOnceAndKeepsTheFiles() throws IOException {
        Path first = cache.get(artifact("hello"), HELLO);

        assertThat(newCache(folder).get(artifact("hello"), HELLO)).isEqualTo(first);
        assertThat(first.resolve("program")).hasContent("hello");
        assertThat(fetches).hasValue(1);
    }

    @Test
    void refusesATamperedFileAndKeepsNothingOfIt() {
        assertThatThrownBy(() -> cache.get(artifact("hacked"), HELLO))
                .isInstanceOf(DevstackException.class)
                .hasMessageContaining("not the file that was released: program differs");

        assertThat(folder.resolve("thing-1")).doesNotExist();
    }

    @Test
    void refusesFilesThatAreMissingOrUnknown() {
        Checksums more = Checksums.parse("00  other\n");

        assertThatThrownBy(() -> cache.get(artifact("hello"), more))
                .hasMessageContaining("other is missing, program differs");
    }

    @Test
    void neverUsesWhatAnInterruptedDownloadLeft() throws IOException {
        assertThatThrownBy(() -> cache.get(artifact("cut"), HELLO)).isInstanceOf(DevstackException.class);

        assertThat(cache.get(artifact("hello"), HELLO).resolve("program")).hasContent("hello");
        assertThat(folder).isDirectoryNotContaining("glob:**.partial-*");
    }

    @Test
    void fetchesAgainWhenAFileWasCutSince() throws IOException {
        Path program = cache.get(artifact("hello"), HELLO).resolve("program");
        Files.writeString(program, "hel");

        cache.get(artifact("hello"), HELLO);

        assertThat(program).hasContent("hello");
        assertThat(fetches).hasValue(2);
    }

    @Test
    void fetchesOnceForTwoWhoNeedItAtTheSameTime() {
        CompletableFuture<Path> one = CompletableFuture.supplyAsync(() -> cache.get(artifact("hello"), HELLO));
        CompletableFuture<Path> other =
                CompletableFuture.supplyAsync(() -> newCache(folder).get(artifact("hello"), HELLO));

        assertThat(one.join()).isEqualTo(other.join());
        assertThat(fetches).hasValue(1);
    }

    @Test
    void namesTheFolderThatItCannotWrite() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));

        assertThatThrownBy(() -> newCache(file).get(artifact("hello"), HELLO))
                .isInstanceOf(DevstackException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("VAULTLINE_CACHE");
    }

    private static ArtifactCache newCache(Path folder) {
        return new ArtifactCache(folder, new ToolPath(""), new SilentProgress());
    }

    private Artifact artifact(String content) {
        return new Artifact("thing-1", new FileFetcher(content, fetches), Unpackers::jars);
    }

    /** Brings one file without any client. */
    private record FileFetcher(String content, AtomicInteger fetches) implements Fetcher {
        @Override
        public String client() {
            return "none";
        }

        @Override
        public void fetch(Path into, ClientRun run) {
            fetches.incrementAndGet();
            try {
                Files.writeString(into.resolve("program"), content);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
