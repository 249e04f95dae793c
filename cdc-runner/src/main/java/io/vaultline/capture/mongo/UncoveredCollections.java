package io.vaultline.capture.mongo;

import com.mongodb.client.MongoDatabase;
import io.vaultline.capture.source.CollectionFilter;
import io.vaultline.config.SourceConfig;
import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import io.vaultline.event.CollectionId;
import java.util.ArrayList;
import java.util.List;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What change streams do not tell, or not all of. */
final class UncoveredCollections {
    private static final Logger LOG = LoggerFactory.getLogger(UncoveredCollections.class);

    private final SourceConfig.Mongo config;
    private final String where;

    UncoveredCollections(SourceConfig.Mongo config, String where) {
        this.config = config;
        this.where = where;
    }

    private record Uncovered(CollectionId id, String what, boolean captured) {}

    /**
     * Warns of those that the patterns match.
     *
     * @throws PipelineException if the configuration names one that can't be captured by its full name
     */
    void check(MongoDatabase database) {
        CollectionFilter filter = CollectionFilter.of(config);
        for (Uncovered found : find(database)) {
            String name = found.id().namespace() + "." + found.id().name();
            if (!found.captured() && config.include().contains(name)) {
                throw new PipelineException(
                        ErrorCode.SOURCE_NOT_CAPTURABLE,
                        name + " can't be captured: " + found.what(),
                        where,
                        "Take " + name + " out of the source's include, or capture the collection that it is made of.");
            } else if (filter.accepts(found.id())) {
                LOG.warn("{} {}: {}", name, found.captured() ? "is captured, but" : "is left out", found.what());
            }
        }
    }

    private List<Uncovered> find(MongoDatabase database) {
        List<Uncovered> found = new ArrayList<>();
        for (BsonDocument entry : database.listCollections(BsonDocument.class)) {
            CollectionId id = new CollectionId(
                    config.name(), database.getName(), entry.getString("name").getValue());
            switch (entry.getString("type").getValue()) {
                case "view" -> found.add(new Uncovered(id, "it is a view, which has no changes of its own", false));
                case "timeseries" ->
                    found.add(
                            new Uncovered(id, "it is a time series, whose changes the server does not stream", false));
                default -> {
                    if (isCapped(entry)) {
                        found.add(new Uncovered(
                                id, "it is capped: the server does not say which documents fall out of it", true));
                    }
                }
            }
        }
        return found;
    }

    private static boolean isCapped(BsonDocument entry) {
        return entry.getDocument("options", new BsonDocument())
                .getBoolean("capped", BsonBoolean.FALSE)
                .getValue();
    }
}
