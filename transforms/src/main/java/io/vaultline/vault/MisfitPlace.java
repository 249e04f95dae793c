package io.vaultline.vault;

import io.vaultline.event.CollectionSchema;
import io.vaultline.event.Row;
import io.vaultline.event.Unavailable;
import io.vaultline.vault.value.DocumentField;
import io.vaultline.vault.value.JsonReader;
import io.vaultline.vault.value.JsonValue;
import io.vaultline.vault.value.JsonValue.Fields;
import io.vaultline.vault.value.JsonValue.Nothing;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Which of a document's fields did not fit their column. */
final class MisfitPlace implements QuarantinePlace {
    private static final String ESCAPE = "$";

    private final CollectionSchema shape;
    private final OptionalInt misfits;

    MisfitPlace(CollectionSchema shape) {
        this.shape = shape;
        this.misfits = shape.indexOf(CollectionSchema.MISFITS);
    }

    @Override
    public String name() {
        return CollectionSchema.MISFITS;
    }

    @Override
    public Optional<List<Finding>> find(Row row) {
        Object text = misfits.isPresent() ? row.get(misfits.getAsInt()) : null;
        if (text == Unavailable.VALUE) {
            return Optional.empty();
        }
        List<Finding> findings = new ArrayList<>();
        if (text != null) {
            try {
                if (JsonReader.read((String) text, 1) instanceof Fields fields) {
                    fields.fields().forEach((name, value) -> field(name, value, row, findings));
                }
            } catch (IOException e) {
                throw DocumentField.unreadable(row, CollectionSchema.MISFITS, e);
            }
        }
        return Optional.of(findings);
    }

    /** Beside what did not fit, misfits hold nulls, and exact values of columns that tell them as people read them. */
    private void field(String written, JsonValue value, Row row, List<Finding> findings) {
        boolean own = written.startsWith(ESCAPE) && !written.startsWith(ESCAPE + ESCAPE);
        String name = written.startsWith(ESCAPE) ? written.substring(1) : written;
        OptionalInt column = own ? OptionalInt.empty() : shape.indexOf(name);
        if (column.isPresent() && row.get(column.getAsInt()) == null && value != Nothing.NULL) {
            findings.add(new Finding(name, Finding.WRONG_TYPE, value.raw()));
        }
    }
}
