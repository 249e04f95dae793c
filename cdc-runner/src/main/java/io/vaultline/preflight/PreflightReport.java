package io.vaultline.preflight;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vaultline.check.Finding;
import io.vaultline.check.Fix;
import io.vaultline.check.Severity;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What was found.
 *
 * @param found by system, in the order of the report; also those in which nothing was found
 */
record PreflightReport(Map<String, List<Finding>> found) {
    private static final ObjectMapper JSON = new ObjectMapper();

    PreflightReport {
        found = Collections.unmodifiableMap(new LinkedHashMap<>(found));
    }

    /** Whether the pipeline can run. */
    boolean ok() {
        return count(Severity.ERROR) == 0;
    }

    long count(Severity severity) {
        return found.values().stream()
                .flatMap(List::stream)
                .filter(finding -> finding.severity() == severity)
                .count();
    }

    /** {@code {"ok", "errors", "warnings", "notes", "findings": [{system, severity, code, what, where, fix, fixKind, then}]}}. */
    String toJson() {
        ObjectNode report = JSON.createObjectNode()
                .put("ok", ok())
                .put("errors", count(Severity.ERROR))
                .put("warnings", count(Severity.WARNING))
                .put("notes", count(Severity.NOTE));
        ArrayNode findings = report.putArray("findings");
        found.forEach((system, all) -> all.forEach(finding -> findings.addObject()
                .put("system", system)
                .put("severity", lower(finding.severity()))
                .put("code", finding.code().name())
                .put("what", finding.what())
                .put("where", finding.where())
                .put("fixKind", lower(finding.fix().kind()))
                .put("fix", finding.fix().text())
                .put("then", finding.fix().then())));
        return report.toPrettyString();
    }

    /** The report for people: errors first within each system, each with its remedy. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        found.forEach((system, all) -> {
            lines.add(system + (all.isEmpty() ? ": nothing to remark" : ""));
            for (Severity severity : Severity.values()) {
                all.stream()
                        .filter(finding -> finding.severity() == severity)
                        .forEach(finding -> lines.addAll(lines(finding)));
            }
        });
        lines.add(count(Severity.ERROR) + " errors, " + count(Severity.WARNING) + " warnings, " + count(Severity.NOTE)
                + " notes.");
        return lines;
    }

    private static List<String> lines(Finding finding) {
        String label = "  %-8s".formatted(lower(finding.severity()));
        List<String> lines = new ArrayList<>(List.of(label + finding.what(), "          where: " + finding.where()));
        lines.add("          " + name(finding.fix().kind()) + ": "
                + finding.fix().whole().replace("\n", "\n            "));
        return lines;
    }

    private static String name(Fix.Kind kind) {
        return switch (kind) {
            case SQL -> "SQL";
            case MONGOSH -> "mongosh";
            case CLICKHOUSE -> "ClickHouse";
            case SHELL -> "shell";
            case CONFIG -> "configuration";
            case ADVICE -> "to do";
        };
    }

    private static String lower(Enum<?> name) {
        return name.name().toLowerCase(Locale.ROOT);
    }
}
