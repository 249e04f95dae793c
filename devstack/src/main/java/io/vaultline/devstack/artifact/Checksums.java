package io.vaultline.devstack.artifact;

import io.vaultline.devstack.report.DevstackException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The files that belong to an artifact, with the SHA-256 of each.
 *
 * @param expected hexadecimal SHA-256 by file name
 */
record Checksums(Map<String, String> expected) {

    /** The list in this repository for the artifact of this name. */
    static Checksums of(String artifact) {
        String resource = artifact + ".sha256";
        try (InputStream in = Checksums.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("no list of checksums: " + resource);
            }
            return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads lines of the form {@code sha256  file}, as sha256sum writes them. */
    static Checksums parse(String text) {
        return new Checksums(text.lines()
                .filter(line -> !line.isBlank())
                .map(line -> line.split("\\s+", 2))
                .collect(Collectors.toMap(part -> part[1], part -> part[0])));
    }

    /**
     * Looks at every file in the folder.
     *
     * @throws DevstackException if one is missing, unknown, or not what it was when this version was built
     */
    void check(Path folder) {
        Map<String, String> found = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            files.forEach(file -> found.put(file.getFileName().toString(), sha256(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        TreeSet<String> names = new TreeSet<>(expected.keySet());
        names.addAll(found.keySet());
        String differing = names.stream()
                .filter(name -> !expected.getOrDefault(name, "").equals(found.get(name)))
                .map(name -> name + (found.containsKey(name) ? " differs" : " is missing"))
                .collect(Collectors.joining(", "));
        if (!differing.isEmpty()) {
            throw new DevstackException(
                    "A download is not the file that was released: " + differing,
                    folder.toString(),
                    "look where your package client fetches from, clear its cache, and try again");
        }
    }

    private static String sha256(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            new DigestInputStream(in, digest).transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
