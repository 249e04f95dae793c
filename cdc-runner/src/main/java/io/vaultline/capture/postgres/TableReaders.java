package io.vaultline.capture.postgres;

import io.vaultline.capture.postgres.CatalogTable.Listing;
import io.vaultline.capture.source.CollectionFilter;
import io.vaultline.event.CollectionId;
import io.vaultline.event.CollectionSchema;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;

/** Makes readers of the stream's tables, each for one shape, with what the catalog says of them. */
final class TableReaders {
    private final String source;
    private final CollectionFilter filter;
    private final PostgresCatalog catalog;
    private final Connection connection;
    private final Tables tables;
    private final PostgresFailures failures;

    TableReaders(
            String source,
            CollectionFilter filter,
            PostgresCatalog catalog,
            Connection connection,
            Tables tables,
            PostgresFailures failures) {
        this.source = source;
        this.filter = filter;
        this.catalog = catalog;
        this.connection = connection;
        this.tables = tables;
        this.failures = failures;
    }

    /**
     * The reader of the connector's records that have the same schema as this one.
     *
     * @param shapes where the reader's shape goes, for its schema to be published
     */
    RecordReader ofRecord(SourceRecord first, List<CollectionSchema> shapes) {
        Schema envelope = first.valueSchema();
        Struct from = ((Struct) first.value()).getStruct("source");
        CollectionId id = new CollectionId(source, from.getString("schema"), from.getString("table"));
        if (!filter.accepts(id)) {
            return (record, sink) -> sink.skip();
        }
        Schema row = envelope.field("after").schema();
        List<String> key = ConnectorShape.key(first.keySchema());
        Optional<CatalogTable> now = inCatalog(id);
        CollectionSchema shape = shape(id, ConnectorShape.columns(row), key, now, shapes::add);
        RecordReader reader = new TableStream(new RowReader(shape, row, filter), envelope);
        return isDeferrable(now) ? (record, sink) -> reader.read(record, sink.sharing()) : reader;
    }

    /**
     * The reader of a relation's messages.
     *
     * @param shapes where the reader's shape goes, for its schema to be published
     */
    MessageReader ofRelation(Relation relation, Consumer<CollectionSchema> shapes) {
        CollectionId id = new CollectionId(source, relation.namespace(), relation.name());
        if (!filter.accepts(id)) {
            return new UncapturedTable();
        }
        List<SpokenColumn> columns = columns(relation);
        Optional<CatalogTable> now = inCatalog(id);
        CollectionSchema shape = shape(id, columns, relation.key(), now, shapes);
        MessageReader reader = new TableMessages(new TupleReader(shape, columns, filter), new RowChanges(shape));
        return isDeferrable(now) ? new DeferrableTable(reader) : reader;
    }

    private CollectionSchema shape(
            CollectionId id,
            List<SpokenColumn> columns,
            List<String> key,
            Optional<CatalogTable> now,
            Consumer<CollectionSchema> shapes) {
        CollectionSchema shape = new StreamShape(filter).of(id, columns, key, now, tables.shape(id));
        tables.add(shape);
        shapes.accept(shape);
        return shape;
    }

    private static boolean isDeferrable(Optional<CatalogTable> table) {
        return table.filter(known -> known.listing().deferrable()).isPresent();
    }

    private List<SpokenColumn> columns(Relation relation) {
        try {
            return RelationTypes.read(connection, relation);
        } catch (SQLException e) {
            throw failures.apply(e);
        }
    }

    private Optional<CatalogTable> inCatalog(CollectionId id) {
        try {
            Optional<Listing> listing = catalog.table(connection, id);
            return listing.isEmpty() ? Optional.empty() : Optional.of(catalog.read(connection, listing.get()));
        } catch (SQLException e) {
            throw failures.apply(e);
        }
    }
}
