package io.vaultline.vault;

import io.vaultline.event.CollectionSchema;
import io.vaultline.event.Row;
import io.vaultline.vault.ArrayReader.Element;
import io.vaultline.vault.ArrayReader.Found;
import io.vaultline.vault.model.ElementColumn;
import io.vaultline.vault.model.MultiActiveSpec;
import io.vaultline.vault.value.JsonValue;
import io.vaultline.vault.value.JsonValue.Fields;
import io.vaultline.vault.value.JsonValue.Nothing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What of an array does not fit its multi-active satellite. */
final class ArrayPlace implements QuarantinePlace {
    private final MultiActiveSpec spec;
    private final ArrayReader array;

    ArrayPlace(MultiActiveSpec spec, CollectionSchema shape) {
        this.spec = spec;
        this.array = new ArrayReader(spec, shape);
    }

    @Override
    public String name() {
        return spec.table();
    }

    @Override
    public Optional<List<Finding>> find(Row row) {
        return array.read(row).map(this::findings);
    }

    private List<Finding> findings(Found found) {
        List<Finding> findings = new ArrayList<>();
        found.noArray().ifPresent(value -> findings.add(new Finding(spec.array(), Finding.NO_ARRAY, value.raw())));
        for (int i = 0; i < found.elements().size(); i++) {
            element(found.elements().get(i), spec.array() + "[" + (i + 1) + "]", findings);
        }
        return findings;
    }

    private void element(Element element, String path, List<Finding> findings) {
        JsonValue whole = element.whole();
        boolean object = whole instanceof Fields || whole == Nothing.NULL;
        if (!object && spec.columns().stream().anyMatch(column -> !column.isItself())) {
            findings.add(new Finding(path, Finding.NO_OBJECT, whole.raw()));
        }
        for (int i = 0; i < spec.columns().size(); i++) {
            ElementColumn column = spec.columns().get(i);
            String at = column.isItself() ? path : path + "." + column.path();
            if (element.unfit().contains(i) && (object || column.isItself())) {
                findings.add(
                        new Finding(at, Finding.WRONG_TYPE, array.at(whole, i).raw()));
            } else if (element.values()[i] == null && spec.subKey().contains(column.name())) {
                findings.add(new Finding(at, Finding.NO_SUB_KEY, whole.raw()));
            }
        }
    }
}
