package io.vaultline.clickhouse.load;

import io.vaultline.clickhouse.wire.OutOfRange;
import io.vaultline.clickhouse.wire.WireColumn;
import io.vaultline.config.RangeRules;
import io.vaultline.vault.model.VaultTable;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What becomes of values outside of what a column holds, and how many of them were replaced. From any thread. */
public final class RangeReport {
    private static final Logger LOG = LoggerFactory.getLogger(RangeReport.class);

    private final RangeRules rules;
    private final Map<String, LongAdder> clamped = new ConcurrentHashMap<>();
    private final LongAdder all = new LongAdder();

    private RangeReport(RangeRules rules) {
        this.rules = rules;
    }

    /** A report that begins with none. */
    public static RangeReport of(RangeRules rules) {
        return new RangeReport(rules);
    }

    /** Keys are never replaced: what a row hangs on would be another than what it says. */
    OutOfRange of(VaultTable table, WireColumn column) {
        if (table.kind() == VaultTable.Kind.HUB || table.kind() == VaultTable.Kind.LINK) {
            return OutOfRange.refuse();
        }
        return switch (rules.of(table.name(), column.name())) {
            case FAIL -> OutOfRange.refuse();
            case STRICT -> OutOfRange.refuseAll();
            case CLAMP -> OutOfRange.clamp(() -> clamped(table.name() + "." + column.name()));
        };
    }

    private void clamped(String column) {
        all.increment();
        clamped.computeIfAbsent(column, name -> {
                    LOG.warn(
                            "Column {} gets values that it can't hold; it takes the nearest ones, as configured", name);
                    return new LongAdder();
                })
                .increment();
    }

    /** How many values were replaced; those of rows that come again are counted again. */
    long count() {
        return all.sum();
    }
}
