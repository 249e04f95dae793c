package io.vaultline.capture.postgres;

import io.vaultline.capture.postgres.Relation.RelationColumn;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Asks the catalog what the types in a relation message are: their names, and what domains stand for. */
final class RelationTypes {
    /** A type that was dropped since is read as text. */
    private static final String TYPES = """
            WITH RECURSIVE resolved AS (
                SELECT s.place, format_type(s.type::oid, s.modifier) AS written,
                       t.oid, t.typtype, t.typbasetype, t.typtypmod, s.modifier
                FROM unnest(?::int8[], ?::int4[]) WITH ORDINALITY AS s(type, modifier, place)
                LEFT JOIN pg_type t ON t.oid = s.type::oid
                UNION ALL
                SELECT r.place, r.written, t.oid, t.typtype, t.typbasetype, t.typtypmod, r.typtypmod
                FROM resolved r JOIN pg_type t ON t.oid = r.typbasetype WHERE r.typtype = 'd')
            SELECT written, coalesce(oid::int8, 0), modifier FROM resolved
            WHERE typtype IS DISTINCT FROM 'd' ORDER BY place""";

    private RelationTypes() {}

    /** For each column of the relation. A column is nullable as far as the stream says. */
    static List<SpokenColumn> read(Connection connection, Relation relation) throws SQLException {
        List<RelationColumn> columns = relation.columns();
        Long[] types = columns.stream()
                .map(column -> Integer.toUnsignedLong(column.type()))
                .toArray(Long[]::new);
        Integer[] modifiers = columns.stream().map(RelationColumn::modifier).toArray(Integer[]::new);
        List<SpokenColumn> spoken = new ArrayList<>(columns.size());
        try (PreparedStatement statement = connection.prepareStatement(TYPES)) {
            statement.setArray(1, connection.createArrayOf("int8", types));
            statement.setArray(2, connection.createArrayOf("int4", modifiers));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    spoken.add(column(columns.get(spoken.size()), rows));
                }
            }
        }
        return spoken;
    }

    private static SpokenColumn column(RelationColumn column, ResultSet row) throws SQLException {
        int oid = (int) row.getLong(2);
        int modifier = PgType.ofOid(oid) == PgType.NUMERIC ? row.getInt(3) : PgType.NO_MODIFIER;
        int precision = PgType.precision(modifier);
        int scale = PgType.scale(modifier);
        return new SpokenColumn(column.name(), row.getString(1), oid, precision, scale, !column.key());
    }
}
