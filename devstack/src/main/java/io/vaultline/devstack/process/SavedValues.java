package io.vaultline.devstack.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Values that are made once and then kept in a file of lines {@code name=value}; safe for several threads. */
final class SavedValues {
    private final Path file;

    SavedValues(Path file) {
        this.file = file;
    }

    /** The saved value if there is one and it is still good, else a new one, which is saved. */
    synchronized String get(String name, Supplier<String> make, Predicate<String> good) {
        Map<String, String> values = read();
        String saved = values.get(name);
        if (saved != null && good.test(saved)) {
            return saved;
        }
        String made = make.get();
        while (values.containsValue(made)) {
            made = make.get();
        }
        values.put(name, made);
        OwnerOnly.write(
                file,
                values.entrySet().stream()
                        .map(e -> e.getKey() + "=" + e.getValue() + "\n")
                        .collect(Collectors.joining()));
        return made;
    }

    private Map<String, String> read() {
        Map<String, String> values = new TreeMap<>();
        try {
            if (Files.exists(file)) {
                for (String line : Files.readAllLines(file)) {
                    int equals = line.indexOf('=');
                    values.put(line.substring(0, equals), line.substring(equals + 1));
                }
            }
            return values;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
