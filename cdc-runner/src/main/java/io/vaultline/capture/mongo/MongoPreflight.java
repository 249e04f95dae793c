package io.vaultline.capture.mongo;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.MongoException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import io.vaultline.capture.mongo.MongoCollections.Found;
import io.vaultline.capture.output.CaptureState;
import io.vaultline.capture.source.CollectionFilter;
import io.vaultline.check.ClockSkew;
import io.vaultline.check.Finding;
import io.vaultline.check.Findings;
import io.vaultline.check.Fix;
import io.vaultline.check.Severity;
import io.vaultline.config.SourceConfig;
import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import io.vaultline.event.CollectionId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.bson.BsonDocument;

/** Checks what a MongoDB deployment must be and grant. Changes nothing. */
public final class MongoPreflight {
    private static final int SELECTION_SECONDS = 5;
    private static final int SAMPLE = 100;

    private final SourceConfig.Mongo config;
    private final ConnectionString uri;
    private final MongoFailures failures;
    private final Findings findings;
    private final String where;

    /** @throws PipelineException with {@code CONFIG_INVALID} if the source's uri is no connection string */
    public MongoPreflight(SourceConfig.Mongo config) {
        this.config = config;
        this.uri = MongoCapture.parse(config);
        this.where = MongoCapture.where(config, uri);
        this.failures = new MongoFailures(where);
        this.findings = new Findings(ErrorCode.SOURCE_NOT_CAPTURABLE, where);
    }

    /** Refuses, with all reasons at once, to start a capture that can't work. */
    void requireCapturable() {
        try (MongoClient client = connect()) {
            if (new DeploymentChecks(client, config, findings).requirements()) {
                new UncoveredCollections(config, where).check(client.getDatabase(config.database()));
            }
        } catch (MongoException e) {
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
        try (MongoClient client = connect()) {
            DeploymentChecks deployment = new DeploymentChecks(client, config, findings);
            Instant before = Instant.now();
            Instant theirs = deployment.clock();
            ClockSkew.check(findings, before, theirs, Instant.now());
            if (deployment.requirements()) {
                new RoleChecks(client, config, findings).run();
                new OplogChecks(client, findings).run();
                collections(client);
                state.position()
                        .ifPresent(position -> MongoCapture.resumable(
                                client.getDatabase(config.database()), ClusterTime.token(position.offset())));
            }
        } catch (MongoException e) {
            findings.add(Finding.of(failures.apply(e)));
        } catch (PipelineException e) {
            findings.add(Finding.of(e));
        }
        return findings.all();
    }

    private MongoClient connect() {
        return MongoClients.create(MongoClientSettings.builder()
                .applyConnectionString(uri)
                .applyToClusterSettings(cluster -> cluster.serverSelectionTimeout(SELECTION_SECONDS, TimeUnit.SECONDS))
                .applicationName("vaultline preflight " + config.name())
                .build());
    }

    private void collections(MongoClient client) {
        CollectionFilter filter = CollectionFilter.of(config);
        List<CollectionId> included = new MongoCollections(client.getDatabase(config.database()), config.name())
                .list().stream().map(Found::id).filter(filter::accepts).toList();
        if (included.isEmpty()) {
            findings.warning(
                    "No collection of database " + config.database() + " fits include and exclude",
                    Fix.advice("Correct the source's database, include and exclude."));
        }
        preImages(client, filter);
        Set<String> names = new TreeSet<>();
        for (CollectionId id : included) {
            try {
                new DocumentMasks(id, filter.masks().paths(id));
            } catch (PipelineException e) {
                findings.add(Finding.of(e));
            }
            if (filter.masks().any()) {
                FieldNames.add(names, id, sample(client, id));
            }
        }
        filter.masks()
                .unmatched(names)
                .forEach(mask -> findings.of(
                        Severity.WARNING,
                        "mask " + mask.pattern(),
                        mask.text(),
                        mask.nearest()
                                .map(name -> Fix.config("mask: { \"" + name + "\": … }"))
                                .orElseGet(() -> Fix.advice("Correct the pattern, or take it out."))));
    }

    private void preImages(MongoClient client, CollectionFilter filter) {
        for (BsonDocument entry : client.getDatabase(config.database()).listCollections(BsonDocument.class)) {
            String name = entry.getString("name").getValue();
            BsonDocument options = entry.getDocument("options", new BsonDocument());
            boolean kept = options.getDocument("changeStreamPreAndPostImages", new BsonDocument())
                    .getBoolean("enabled", org.bson.BsonBoolean.FALSE)
                    .getValue();
            boolean plain = entry.getString("type").getValue().equals("collection") && !name.startsWith("system.");
            if (plain && !kept && filter.accepts(new CollectionId(config.name(), config.database(), name))) {
                findings.of(
                        Severity.NOTE,
                        "collection " + config.database() + "." + name,
                        "It keeps no pre-images, so changes and deletes come without what was before",
                        Fix.mongosh(Mongosh.command(
                                config.database(),
                                "{collMod: " + Mongosh.text(name)
                                        + ", changeStreamPreAndPostImages: {enabled: true}}")));
            }
        }
    }

    private List<BsonDocument> sample(MongoClient client, CollectionId id) {
        return Objects.requireNonNull(client.getDatabase(id.namespace())
                .getCollection(id.name(), BsonDocument.class)
                .find()
                .limit(SAMPLE)
                .into(new ArrayList<>()));
    }
}
