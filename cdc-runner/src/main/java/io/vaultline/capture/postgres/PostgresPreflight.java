package io.vaultline.capture.postgres;

import io.vaultline.capture.output.CaptureState;
import io.vaultline.capture.postgres.CatalogTable.Listing;
import io.vaultline.capture.source.CollectionFilter;
import io.vaultline.check.Finding;
import io.vaultline.check.Findings;
import io.vaultline.check.Fix;
import io.vaultline.check.Severity;
import io.vaultline.config.SourceConfig;
import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import io.vaultline.event.CollectionSchema;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Checks what a PostgreSQL server must be and grant. Changes nothing. */
public final class PostgresPreflight {
    private final SourceConfig.Postgres config;
    private final PostgresConnections connections;
    private final PostgresFailures failures;
    private final Findings findings;

    public PostgresPreflight(SourceConfig.Postgres config) {
        this.config = config;
        this.connections = new PostgresConnections(config);
        String where = "source " + config.name() + " at " + connections.address();
        this.failures = new PostgresFailures(where);
        this.findings = new Findings(ErrorCode.SOURCE_NOT_CAPTURABLE, where);
    }

    /** Refuses, with all reasons at once, to start a capture that can't work. */
    void requireCapturable() {
        try (Connection connection = connections.open()) {
            new ServerChecks(connection, config, findings).requirements();
        } catch (SQLException e) {
            throw failures.apply(e);
        }
        findings.throwErrors();
    }

    /**
     * Everything that is found.
     *
     * @param state how far the source was captured
     */
    public List<Finding> check(CaptureState state) {
        try (Connection connection = connections.open()) {
            CollectionFilter filter = CollectionFilter.of(config);
            PostgresCatalog catalog = new PostgresCatalog(config);
            ServerChecks server = new ServerChecks(connection, config, findings);
            server.requirements();
            server.advice();
            new TableChecks(connection, catalog, filter, findings).run();
            new PublicationChecks(connection, config.publication(), findings).run(catalog.tables(connection));
            new SlotChecks(connection, config.slot(), findings).run(state);
            masks(connection, catalog, filter);
        } catch (SQLException e) {
            findings.add(Finding.of(failures.apply(e)));
        } catch (PipelineException e) {
            findings.add(Finding.of(e));
        }
        return findings.all();
    }

    /** The shapes of the tables that are included; none while the server gives none, which {@link #check} tells. */
    public List<CollectionSchema> shapes() {
        List<CollectionSchema> shapes = new ArrayList<>();
        try (Connection connection = connections.open()) {
            PostgresCatalog catalog = new PostgresCatalog(config);
            for (Listing table : catalog.tables(connection)) {
                shapes.add(catalog.read(connection, table).shape());
            }
        } catch (SQLException | PipelineException e) {
            return List.of();
        }
        return shapes;
    }

    private void masks(Connection connection, PostgresCatalog catalog, CollectionFilter filter) throws SQLException {
        if (filter.masks().any()) {
            filter.masks()
                    .unmatched(catalog.columnNames(connection))
                    .forEach(mask -> findings.of(
                            Severity.WARNING,
                            "mask " + mask.pattern(),
                            mask.text(),
                            mask.nearest()
                                    .map(name -> Fix.config("mask: { \"" + name + "\": … }"))
                                    .orElseGet(() -> Fix.advice("Correct the pattern, or take it out."))));
        }
    }
}
