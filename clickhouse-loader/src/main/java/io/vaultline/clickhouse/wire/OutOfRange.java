package io.vaultline.clickhouse.wire;

import io.vaultline.vault.model.VaultType;
import io.vaultline.vault.model.VaultType.SourceValue;
import java.util.Optional;

/** What becomes of a column's values outside of its type's range. */
@FunctionalInterface
public interface OutOfRange {
    /** An encoder for values that have a range. */
    ValueEncoder around(ValueRange range, ValueEncoder encoder);

    /** Values that ClickHouse can't store are refused; dates that it stores but can't compute with are kept. */
    static OutOfRange refuse() {
        return (range, encoder) -> encoder;
    }

    /** Values that ClickHouse can't store or can't compute with are refused. */
    static OutOfRange refuseAll() {
        return (range, encoder) -> (out, value) -> {
            if (range.nearest(value) != value) {
                throw new ArithmeticException(range.rule());
            }
            encoder.encode(out, value);
        };
    }

    /**
     * The nearest value that ClickHouse can store and compute with takes their place.
     *
     * @param report called for each value that is replaced
     */
    static OutOfRange clamp(Runnable report) {
        return (range, encoder) -> (out, value) -> {
            Object nearest = range.nearest(value);
            if (nearest != value) {
                report.run();
            }
            encoder.encode(out, nearest);
        };
    }

    /** An encoder of a type's values. */
    default ValueEncoder around(VaultType type) {
        ValueEncoder encoder = ValueEncoder.of(type);
        Optional<ValueRange> range =
                type instanceof SourceValue source ? ValueRange.of(source.type()) : Optional.empty();
        return range.map(known -> around(known, encoder)).orElse(encoder);
    }
}
