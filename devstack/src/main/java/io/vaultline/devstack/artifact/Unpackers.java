package io.vaultline.devstack.artifact;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** The ways in which packages hold what we need. */
final class Unpackers {
    private Unpackers() {}

    /** Files that are used as they are. */
    static void jars(Path fetched, Path into) throws IOException {
        try (Stream<Path> files = Files.list(fetched)) {
            for (Path file : files.toList()) {
                Files.move(file, into.resolve(file.getFileName()));
            }
        }
    }

    /** A jar that holds one xz-compressed tar archive. */
    static void jarOfTar(Path fetched, Path into) throws IOException {
        try (ZipInputStream zip = zip(fetched)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (entry.getName().endsWith(".txz")) {
                    untar(new XZInputStream(zip), "", into, name -> true);
                    return;
                }
            }
        }
        throw new IOException("no .txz in " + fetched);
    }

    /** The files of a wheel below a folder, which is cut off; programs become executable. */
    static Unpacker wheel(String folder, Predicate<String> programs) {
        return (fetched, into) -> {
            try (ZipInputStream zip = zip(fetched)) {
                for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                    int at = entry.getName().indexOf(folder);
                    if (at >= 0 && !entry.isDirectory()) {
                        String name = entry.getName().substring(at + folder.length());
                        write(zip, into, name, programs.test(name));
                    }
                }
            }
        };
    }

    /** Some files of a Node package. */
    static Unpacker nodePackage(List<String> names) {
        return (fetched, into) -> {
            try (InputStream in = open(fetched)) {
                untar(new GZIPInputStream(in), "package/", into, names::contains);
            }
        };
    }

    private static void untar(InputStream in, String cutOff, Path into, Predicate<String> wanted) throws IOException {
        TarArchiveInputStream tar = new TarArchiveInputStream(new BufferedInputStream(in));
        for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
            String name = entry.getName().startsWith(cutOff) ? entry.getName().substring(cutOff.length()) : "";
            if (!wanted.test(name) || entry.isDirectory()) {
                continue;
            }
            if (entry.isSymbolicLink()) {
                Path link = inside(into, name);
                Files.createDirectories(link.resolveSibling(""));
                Files.createSymbolicLink(link, Path.of(entry.getLinkName()));
            } else {
                write(tar, into, name, (entry.getMode() & 0100) != 0);
            }
        }
    }

    private static void write(InputStream in, Path into, String name, boolean executable) throws IOException {
        Path file = inside(into, name);
        Files.createDirectories(file.resolveSibling(""));
        Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
        if (executable) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    private static Path inside(Path folder, String name) throws IOException {
        Path file = folder.resolve(name).normalize();
        if (!file.startsWith(folder)) {
            throw new IOException("an archive's entry leads out of its folder: " + name);
        }
        return file;
    }

    private static ZipInputStream zip(Path folder) throws IOException {
        return new ZipInputStream(open(folder));
    }

    private static InputStream open(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            Path only = files.findFirst().orElseThrow(() -> new IOException("nothing in " + folder));
            return new BufferedInputStream(Files.newInputStream(only));
        }
    }
}
