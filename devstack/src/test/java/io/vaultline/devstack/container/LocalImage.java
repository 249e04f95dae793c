package io.vaultline.devstack.container;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.testcontainers.images.builder.ImageFromDockerfile;

/** An image made of programs of this machine and the libraries that they load, so that no registry is needed. */
final class LocalImage {
    private static final Pattern LIBRARY = Pattern.compile("(/\\S+) \\(0x");
    private static final int NOBODY = 65_534;

    private final Path archive;
    private final TarArchiveOutputStream tar;
    private final List<String> names = new ArrayList<>();

    LocalImage(Path folder) throws IOException {
        this.archive = folder.resolve("root.tar");
        this.tar = new TarArchiveOutputStream(Files.newOutputStream(archive));
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
    }

    /** A folder that everybody may write. */
    LocalImage folder(String name) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name + "/");
        entry.setMode(TarArchiveEntry.DEFAULT_DIR_MODE | 0777);
        entry.setUserId(NOBODY);
        tar.putArchiveEntry(entry);
        tar.closeArchiveEntry();
        return this;
    }

    /** A file with this text. */
    LocalImage text(String name, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(bytes.length);
        entry.setMode(0100755);
        tar.putArchiveEntry(entry);
        tar.write(bytes);
        tar.closeArchiveEntry();
        return this;
    }

    /** A program or library with the libraries of this machine that it loads. */
    LocalImage program(Path file, String name) throws IOException, InterruptedException {
        return program(file, name, file);
    }

    private LocalImage program(Path file, String name, Path own) throws IOException, InterruptedException {
        add(file, name);
        Process ldd = new ProcessBuilder("ldd", file.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(ldd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        ldd.waitFor();
        for (Path library :
                LIBRARY.matcher(output).results().map(m -> Path.of(m.group(1))).toList()) {
            if (!library.normalize().startsWith(own)) {
                add(library, library.toString());
            }
        }
        return this;
    }

    /** Everything below a folder; its programs with what they load. */
    LocalImage tree(Path folder, String name) throws IOException, InterruptedException {
        List<Path> files;
        try (Stream<Path> walk = Files.walk(folder)) {
            files = walk.filter(Files::isRegularFile).toList();
        }
        for (Path file : files) {
            String target = name + "/" + folder.relativize(file);
            if (file.startsWith(folder.resolve("bin"))) {
                program(file, target, folder);
            } else {
                add(file, target);
            }
        }
        return this;
    }

    /** Builds the image and returns its name. */
    String build(String name, String instructions) throws IOException {
        tar.close();
        return new ImageFromDockerfile(name, false)
                .withFileFromPath("root.tar", archive)
                .withFileFromString("Dockerfile", "FROM scratch\nADD root.tar /\n" + instructions)
                .get();
    }

    private void add(Path file, String name) throws IOException {
        String target = name.startsWith("/") ? name.substring(1) : name;
        if (names.contains(target)) {
            return;
        }
        names.add(target);
        TarArchiveEntry entry = new TarArchiveEntry(file.toRealPath(), target);
        entry.setMode(Files.isExecutable(file) ? 0100755 : 0100644);
        entry.setModTime(0);
        tar.putArchiveEntry(entry);
        Files.copy(file, tar);
        tar.closeArchiveEntry();
    }
}
