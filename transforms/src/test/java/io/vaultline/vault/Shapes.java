package io.vaultline.vault;

import io.vaultline.event.CollectionId;
import io.vaultline.event.CollectionKind;
import io.vaultline.event.CollectionSchema;
import io.vaultline.event.Column;
import io.vaultline.event.DataType;
import io.vaultline.event.DataType.Simple;
import io.vaultline.event.ForeignKey;
import io.vaultline.event.UniqueKey;
import java.util.ArrayList;
import java.util.List;

/** Writes shapes of collections down in a line each. */
public final class Shapes {
    private final CollectionId id;
    private final CollectionKind kind;
    private final List<Column> columns = new ArrayList<>();
    private final List<String> key = new ArrayList<>();
    private final List<ForeignKey> foreignKeys = new ArrayList<>();
    private final List<UniqueKey> uniqueKeys = new ArrayList<>();

    private Shapes(CollectionId id, CollectionKind kind) {
        this.id = id;
        this.kind = kind;
    }

    /** A table of source {@code pg}, namespace {@code public}. */
    public static Shapes table(String name) {
        return of(new CollectionId("pg", "public", name), CollectionKind.TABLE);
    }

    /** A collection of source {@code mongo}, database {@code shop}, keyed by an object id. */
    public static Shapes documents(String name) {
        return of(new CollectionId("mongo", "shop", name), CollectionKind.DOCUMENTS)
                .key("_id", Simple.TEXT)
                .column(CollectionSchema.MISFITS, Simple.JSON);
    }

    public static Shapes of(CollectionId id, CollectionKind kind) {
        return new Shapes(id, kind);
    }

    public Shapes key(String name, DataType type) {
        key.add(name);
        columns.add(new Column(name, type, type.toString(), false));
        return this;
    }

    public Shapes column(String name, DataType type) {
        columns.add(new Column(name, type, type.toString(), true));
        return this;
    }

    public Shapes columns(DataType type, String... names) {
        for (String name : names) {
            column(name, type);
        }
        return this;
    }

    /** The column is there already, and refers to a table of the same source whose key is called {@code targetKey}. */
    public Shapes refers(String column, String target, String targetKey) {
        return refers(List.of(column), target, List.of(targetKey));
    }

    public Shapes refers(List<String> names, String target, List<String> targetKey) {
        CollectionId targetId = new CollectionId(id.source(), id.namespace(), target);
        foreignKeys.add(new ForeignKey("fk" + foreignKeys.size(), names, targetId, targetKey));
        return this;
    }

    /** The columns are there already. */
    public Shapes unique(String name, String... names) {
        uniqueKeys.add(new UniqueKey(name, List.of(names)));
        return this;
    }

    public CollectionSchema schema() {
        return new CollectionSchema(id, kind, columns, key, foreignKeys, uniqueKeys);
    }
}
