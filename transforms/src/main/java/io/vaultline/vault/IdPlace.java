package io.vaultline.vault;

import io.vaultline.event.CollectionSchema;
import io.vaultline.event.DataType;
import io.vaultline.event.Row;
import io.vaultline.vault.model.HubKeyPart;
import io.vaultline.vault.model.LinkSpec;
import io.vaultline.vault.model.VaultTables;
import io.vaultline.vault.value.Conversion;
import io.vaultline.vault.value.DocumentField;
import io.vaultline.vault.value.DocumentPath;
import io.vaultline.vault.value.FieldReader;
import io.vaultline.vault.value.JsonValue;
import io.vaultline.vault.value.JsonValue.Elements;
import io.vaultline.vault.value.JsonValue.Fields;
import io.vaultline.vault.value.JsonValue.Nothing;
import io.vaultline.vault.value.JsonValue.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What of the values that a link's paths lead to is no key of its ends. */
final class IdPlace implements QuarantinePlace {
    /** A path to values that should be keys. */
    private record Ids(List<String> steps, DocumentField field, DataType columnType, DataType keyType) {}

    private final String name;
    private final List<Ids> ids = new ArrayList<>();

    IdPlace(VaultTables tables, LinkSpec link, CollectionSchema shape) {
        this.name = link.table();
        link.ends().stream().skip(1).forEach(end -> {
            List<HubKeyPart> parts = tables.hub(end).key();
            for (int i = 0; i < end.key().size(); i++) {
                ids.add(ids(
                        DocumentPath.parse(end.key().get(i)).steps(),
                        parts.get(i).type(),
                        shape));
            }
        });
    }

    private static Ids ids(List<String> steps, DataType keyType, CollectionSchema shape) {
        String column = steps.get(0);
        DataType type = shape.indexOf(column).isPresent() ? FieldReader.typeOf(shape, column) : DataType.Simple.JSON;
        return new Ids(steps, new DocumentField(List.of(column), steps.size(), shape), type, keyType);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Optional<List<Finding>> find(Row row) {
        List<Finding> findings = new ArrayList<>();
        for (Ids some : ids) {
            JsonValue value = some.field.read(row);
            if (value == Nothing.UNAVAILABLE) {
                return Optional.empty();
            }
            walk(some, 1, some.steps.get(0), value, findings);
        }
        return Optional.of(findings);
    }

    private static void walk(Ids ids, int step, String path, JsonValue value, List<Finding> findings) {
        if (value == Nothing.NULL) {
            return;
        }
        if (step == ids.steps.size()) {
            if (!isKey(ids, value)) {
                findings.add(new Finding(path, Finding.NO_KEY, value.raw()));
            }
            return;
        }
        String name = ids.steps.get(step);
        if (name.equals(DocumentPath.ELEMENT)) {
            elements(ids, step, path, value, findings);
        } else if (value instanceof Fields) {
            walk(ids, step + 1, path + "." + name, value.field(name), findings);
        } else {
            findings.add(new Finding(path, Finding.NO_OBJECT, value.raw()));
        }
    }

    private static void elements(Ids ids, int step, String path, JsonValue value, List<Finding> findings) {
        if (!(value instanceof Elements array)) {
            findings.add(new Finding(path, Finding.NO_ARRAY, value.raw()));
            return;
        }
        for (int i = 0; i < array.elements().size(); i++) {
            walk(ids, step + 1, path + "[" + (i + 1) + "]", array.elements().get(i), findings);
        }
    }

    /** As {@link DocumentIds} sees it. */
    private static boolean isKey(Ids ids, JsonValue value) {
        return value instanceof Scalar scalar
                && (DocumentPath.SCALAR_TYPES.contains(scalar.type())
                        || scalar.type().equals(ids.columnType))
                && Conversion.between(scalar.type(), ids.keyType).apply(scalar.value()) != null;
    }
}
