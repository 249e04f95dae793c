package io.vaultline.vault.file;

import io.vaultline.event.CollectionSchema;
import io.vaultline.event.DataType;
import io.vaultline.event.DataType.Simple;
import io.vaultline.vault.model.LinkColumn;
import io.vaultline.vault.value.DocumentPath;
import io.vaultline.vault.value.FieldReader;
import java.util.Objects;
import java.util.Optional;

/**
 * A value of the rows that state a link, to be kept with the link, as the vault model file states it.
 *
 * @param name of the column that holds it
 * @param path where it stands in a row, such as {@code since} or {@code items[].quantity}
 * @param type of the column; empty for that of the source's column, or text within documents
 */
public record DeclaredColumn(Named name, String path, Optional<DataType> type) {
    /** @throws IllegalArgumentException if the path is none */
    public DeclaredColumn {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(type, "type");
        DocumentPath.parse(path);
    }

    public LinkColumn in(CollectionSchema schema) {
        return new LinkColumn(name.name(), path, type.orElseGet(() -> typeIn(schema)));
    }

    private DataType typeIn(CollectionSchema schema) {
        DocumentPath parsed = DocumentPath.parse(path);
        boolean isColumn = parsed.isColumn() && schema.indexOf(parsed.column()).isPresent();
        return isColumn ? FieldReader.typeOf(schema, parsed.column()) : Simple.TEXT;
    }
}
