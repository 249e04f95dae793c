package io.vaultline.capture.postgres;

import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.jspecify.annotations.Nullable;

/** What the connector's schemas say of a table, with the parameters that {@link ExactValues} adds. */
final class ConnectorShape {
    private ConnectorShape() {}

    static List<SpokenColumn> columns(Schema row) {
        return row.fields().stream().map(ConnectorShape::column).toList();
    }

    /** @param key null if the connector sees none */
    static List<String> key(@Nullable Schema key) {
        return key == null ? List.of() : key.fields().stream().map(Field::name).toList();
    }

    static SpokenColumn column(Field field) {
        Map<String, String> says = field.schema().parameters();
        return new SpokenColumn(
                field.name(),
                says.getOrDefault(ExactValues.TYPE, ""),
                Integer.parseInt(says.get(ExactValues.OID)),
                Integer.parseInt(says.get(ExactValues.PRECISION)),
                Integer.parseInt(says.get(ExactValues.SCALE)),
                Boolean.parseBoolean(says.get(ExactValues.NULLABLE)));
    }
}
