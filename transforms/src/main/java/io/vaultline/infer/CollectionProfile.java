package io.vaultline.infer;

import io.vaultline.event.CollectionSchema;
import io.vaultline.event.Row;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What sampled rows of a collection hold, path by path; paths as in the vault model file, such as
 * {@code items[].product_id}.
 */
public final class CollectionProfile {
    private final CollectionSchema schema;
    private final int rows;
    private final SortedMap<String, FieldProfile> fields;
    private final SortedMap<String, Integer> maps;

    private CollectionProfile(
            CollectionSchema schema,
            int rows,
            SortedMap<String, FieldProfile> fields,
            SortedMap<String, Integer> maps) {
        this.schema = schema;
        this.rows = rows;
        this.fields = Collections.unmodifiableSortedMap(fields);
        this.maps = Collections.unmodifiableSortedMap(maps);
    }

    /** @param sample rows of the collection, in any of its shapes */
    public static CollectionProfile of(CollectionSchema schema, Collection<Row> sample) {
        ProfileBuilder builder = new ProfileBuilder();
        sample.forEach(builder::add);
        return new CollectionProfile(
                schema, sample.size(), new TreeMap<>(builder.fields()), new TreeMap<>(builder.maps()));
    }

    CollectionSchema schema() {
        return schema;
    }

    int rows() {
        return rows;
    }

    /** By path; paths within maps are left out. */
    Map<String, FieldProfile> fields() {
        return fields;
    }

    /** Objects whose fields are named by data, as ids are, with the number of names seen. */
    Map<String, Integer> maps() {
        return maps;
    }
}
