package io.vaultline.vault;

import io.vaultline.event.CollectionSchema;
import io.vaultline.vault.ArrayReader.Element;
import io.vaultline.vault.ArrayReader.Found;
import io.vaultline.vault.hash.HashContract;
import io.vaultline.vault.model.ElementColumn;
import io.vaultline.vault.model.MultiActiveSpec;
import io.vaultline.vault.model.VaultTables;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How rows of one shape become sets in a multi-active satellite: a row for each element. */
final class MultiActivePlan implements PartPlan {
    private final MultiActiveSpec spec;
    private final SetWriter writer;
    private final ArrayReader array;
    private final int[] columns;
    private final int[] subKey;

    MultiActivePlan(VaultTables tables, MultiActiveSpec spec, CollectionSchema shape) {
        this.spec = spec;
        this.writer = new SetWriter(tables, spec);
        this.array = new ArrayReader(spec, shape);
        List<String> names = spec.columns().stream().map(ElementColumn::name).toList();
        this.columns = names.stream().sorted().mapToInt(names::indexOf).toArray();
        this.subKey = spec.subKey().stream().sorted().mapToInt(names::indexOf).toArray();
    }

    @Override
    public void version(RowVersion version, HashContract hash, VaultRowSink sink) {
        Optional<Found> found = array.read(version.row());
        if (found.isEmpty()) {
            if (version.movedFrom() != null) {
                writer.moved(version.hashKey(), version.movedFrom(), version.stamp(), hash, sink);
            }
            return;
        }
        List<Element> elements = found.get().elements();
        if (elements.isEmpty()) {
            List<String> misfits = found.get().noArray().isPresent() ? List.of(spec.array()) : List.of();
            writer.empty(version.hashKey(), misfits, version.stamp(), hash, sink);
        }
        Map<List<Object>, Long> numbers = new HashMap<>();
        for (Element element : elements) {
            element(element, numbers.merge(identity(element), 1L, Long::sum), version, hash, sink);
        }
    }

    @Override
    public void gone(byte[] hashKey, Stamp stamp, HashContract hash, VaultRowSink sink) {
        writer.gone(hashKey, stamp, hash, sink);
    }

    /** The values of the sub-key; without one all elements are alike, and numbers are places. */
    private List<Object> identity(Element element) {
        List<Object> identity = new ArrayList<>();
        for (int place : subKey) {
            identity.add(Optional.ofNullable(element.values()[place]));
        }
        return identity;
    }

    private void element(Element element, Long number, RowVersion version, HashContract hash, VaultRowSink sink) {
        List<String> misfits =
                element.unfit().stream().map(i -> spec.columns().get(i).name()).toList();
        writer.element(
                version.hashKey(),
                subKey.length == 0 ? writer.noSubKey() : hash(element, subKey, hash),
                number,
                hash(element, columns, hash),
                misfits,
                element.values(),
                version.stamp(),
                sink);
    }

    /** Over names and values, without those that are null, as a satellite's hash difference. */
    private byte[] hash(Element element, int[] places, HashContract hash) {
        int mark = hash.mark();
        for (int place : places) {
            Object value = element.values()[place];
            if (value != null) {
                ElementColumn column = spec.columns().get(place);
                hash.text(column.name()).value(column.type(), value);
            }
        }
        byte[] result = hash.hash(mark);
        hash.back(mark);
        return result;
    }
}
