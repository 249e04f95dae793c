package io.vaultline.vault.file;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The JSON schema of the vault model file: editors complete and check it with that. */
public final class VaultFileSchema {
    private static final String RESOURCE = "vault.schema.json";

    private VaultFileSchema() {}

    /** The schema's text. */
    public static String text() {
        try (InputStream in = Objects.requireNonNull(VaultFileSchema.class.getResourceAsStream(RESOURCE))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
