package io.vaultline.capture.postgres;

import java.util.ArrayList;
import java.util.List;

/**
 * A table as the stream announces it before its first change, and anew when its shape changed.
 *
 * @param oid as {@code pg_class} has it
 * @param full whether old rows come whole
 */
record Relation(int oid, String namespace, String name, boolean full, List<RelationColumn> columns) {
    private static final int KEY = 1;

    Relation {
        columns = List.copyOf(columns);
    }

    /**
     * One column of those that are published.
     *
     * @param key whether it is part of the replica identity
     * @param type as {@code pg_type} has it; a domain stays one
     * @param modifier the type's modifier, -1 for none
     */
    record RelationColumn(String name, boolean key, int type, int modifier) {}

    /** Reads a relation message behind its type. */
    static Relation read(MessageCursor in) {
        int oid = in.int32();
        String namespace = in.string();
        String name = in.string();
        boolean full = in.int8() == 'f';
        int count = in.int16();
        List<RelationColumn> columns = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            boolean key = (in.int8() & KEY) != 0;
            columns.add(new RelationColumn(in.string(), key, in.int32(), in.int32()));
        }
        // PostgreSQL leaves out the name of its own schema
        return new Relation(oid, namespace.isEmpty() ? "pg_catalog" : namespace, name, full, columns);
    }

    /** The replica identity's columns; none if it is the whole row. */
    List<String> key() {
        return full
                ? List.of()
                : columns.stream()
                        .filter(RelationColumn::key)
                        .map(RelationColumn::name)
                        .toList();
    }
}
