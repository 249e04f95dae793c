package io.vaultline.event;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * The shape of a collection's rows at one moment: what a reader needs to decode, model and store them.
 *
 * <p>Instances are compared by value, but are meant to be shared: one object per shape and process, so that readers
 * can keep what they derive from a shape by identity.
 */
public final class CollectionSchema {
    /** The JSON column of document collections that keeps, exactly, the fields that fit no column. */
    public static final String MISFITS = "_misfits";

    private final CollectionId id;
    private final CollectionKind kind;
    private final List<Column> columns;
    private final List<String> key;
    private final List<ForeignKey> foreignKeys;
    private final List<UniqueKey> uniqueKeys;
    private final Map<String, Integer> indexes;
    private final int[] keyIndexes;

    /** A shape without unique keys. */
    public CollectionSchema(
            CollectionId id,
            CollectionKind kind,
            List<Column> columns,
            List<String> key,
            List<ForeignKey> foreignKeys) {
        this(id, kind, columns, key, foreignKeys, List.of());
    }

    /**
     * @param key names of the primary key's columns in key order; empty for a keyless table, whose rows are then
     *     identified by all of their columns
     * @param uniqueKeys beside the primary key; those of columns that the shape lacks are left out
     * @throws IllegalArgumentException if two columns share a name, or the key names no column
     */
    public CollectionSchema(
            CollectionId id,
            CollectionKind kind,
            List<Column> columns,
            List<String> key,
            List<ForeignKey> foreignKeys,
            List<UniqueKey> uniqueKeys) {
        this.id = Objects.requireNonNull(id, "id");
        this.kind = Objects.requireNonNull(kind, "kind");
        this.columns = List.copyOf(columns);
        this.key = List.copyOf(key);
        this.foreignKeys = List.copyOf(foreignKeys);
        this.indexes = new HashMap<>();
        for (int i = 0; i < this.columns.size(); i++) {
            if (indexes.put(this.columns.get(i).name(), i) != null) {
                throw new IllegalArgumentException(
                        id + " has two columns " + this.columns.get(i).name());
            }
        }
        this.keyIndexes = indexesOf(this.key.isEmpty() ? names() : this.key);
        this.uniqueKeys = uniqueKeys.stream()
                .filter(unique -> indexes.keySet().containsAll(unique.columns()))
                .toList();
    }

    public CollectionId id() {
        return id;
    }

    public CollectionKind kind() {
        return kind;
    }

    /** All columns, in the source's order. */
    public List<Column> columns() {
        return columns;
    }

    /** Names of the primary key's columns; empty for a keyless table. */
    public List<String> key() {
        return key;
    }

    public List<ForeignKey> foreignKeys() {
        return foreignKeys;
    }

    /** What tells rows apart beside the primary key. */
    public List<UniqueKey> uniqueKeys() {
        return uniqueKeys;
    }

    /** Positions in {@link #columns()} of what identifies a row: the primary key, or every column. Not to be changed. */
    @SuppressWarnings("MutableArrayReturned") // read for every change; callers are ours
    public int[] keyIndexes() {
        return keyIndexes;
    }

    /** Position of a column in {@link #columns()}, if there is one of that name. */
    public OptionalInt indexOf(String column) {
        Integer index = indexes.get(column);
        return index == null ? OptionalInt.empty() : OptionalInt.of(index);
    }

    /** Whether the column is part of what identifies a row. */
    public boolean isKey(int index) {
        for (int keyIndex : keyIndexes) {
            if (keyIndex == index) {
                return true;
            }
        }
        return false;
    }

    /**
     * This shape and, behind its own columns, those that only an earlier shape of the collection had, nullable: what a
     * store needs that holds rows of both. A keyless shape stays as it is, since its columns are its rows' identity.
     */
    public CollectionSchema including(CollectionSchema earlier) {
        List<Column> gone = earlier.columns().stream()
                .filter(column -> !indexes.containsKey(column.name()))
                .map(column -> new Column(column.name(), column.type(), column.sourceType(), true))
                .toList();
        if (gone.isEmpty() || key.isEmpty()) {
            return this;
        }
        return new CollectionSchema(
                id, kind, Stream.concat(columns.stream(), gone.stream()).toList(), key, foreignKeys, uniqueKeys);
    }

    private List<String> names() {
        return columns.stream().map(Column::name).toList();
    }

    private int[] indexesOf(List<String> names) {
        return names.stream()
                .mapToInt(name -> indexOf(name)
                        .orElseThrow(() -> new IllegalArgumentException(id + " has no key column " + name)))
                .toArray();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CollectionSchema that
                && id.equals(that.id)
                && kind == that.kind
                && columns.equals(that.columns)
                && key.equals(that.key)
                && foreignKeys.equals(that.foreignKeys)
                && uniqueKeys.equals(that.uniqueKeys);
    }

    @Override
    public int hashCode() {
        return Objects.hash(id, kind, columns, key, foreignKeys, uniqueKeys);
    }

    @Override
    public String toString() {
        return id + "(" + String.join(", ", names()) + ")";
    }
}
