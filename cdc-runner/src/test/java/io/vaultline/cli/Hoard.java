package io.vaultline.cli;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.List;
import java.util.stream.Stream;

/** Keeps every large file that appears in a folder, also after it was deleted there: as another name of the same file. */
final class Hoard implements AutoCloseable {
    private final Path folder;
    private final Path kept;
    private final WatchService watch;
    private final Thread thread;

    Hoard(Path folder, Path kept) throws IOException {
        this.folder = folder;
        this.kept = Files.createDirectory(kept);
        this.watch = FileSystems.getDefault().newWatchService();
        folder.register(watch, StandardWatchEventKinds.ENTRY_CREATE);
        this.thread = new Thread(this::work, "hoard");
        thread.setDaemon(true);
        thread.start();
    }

    private void work() {
        try {
            for (WatchKey key = watch.take(); key.isValid(); key = watch.take()) {
                for (WatchEvent<?> event : key.pollEvents()) {
                    keep((Path) event.context());
                }
                key.reset();
            }
        } catch (InterruptedException | java.nio.file.ClosedWatchServiceException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void keep(Path name) {
        try {
            if (name.toString().endsWith(".spill")) {
                Files.createLink(kept.resolve(name), folder.resolve(name));
            }
        } catch (NoSuchFileException e) {
            throw new IllegalStateException("the file was gone before it could be kept", e);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(kept)) {
            return files.map(Path::toString).toList();
        }
    }

    boolean contains(String text) throws IOException {
        boolean found = false;
        for (String name : names()) {
            found |= ServersByHand.holds(Files.readAllBytes(Path.of(name)), text);
        }
        return found;
    }

    @Override
    public void close() throws IOException {
        watch.close();
        thread.interrupt();
    }
}
