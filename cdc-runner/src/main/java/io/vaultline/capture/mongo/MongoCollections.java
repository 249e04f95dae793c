package io.vaultline.capture.mongo;

import com.mongodb.client.MongoDatabase;
import io.vaultline.event.CollectionId;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.bson.BsonDocument;
import org.bson.BsonValue;

/** The collections that a database has now. */
final class MongoCollections {
    private final MongoDatabase database;
    private final String source;

    MongoCollections(MongoDatabase database, String source) {
        this.database = database;
        this.source = source;
    }

    /**
     * A collection of documents that change streams cover.
     *
     * @param identity what stays when it is renamed, and changes when it is dropped and made again
     * @param ordered whether it can be read in the order of {@code _id} that {@link BsonOrder} knows: not if it has a
     *     collation, or no index of its ids
     */
    record Found(CollectionId id, String identity, boolean ordered) {}

    /** All of them by name; views, time series and the server's own are not among them. */
    List<Found> list() {
        List<Found> found = new ArrayList<>();
        for (BsonDocument entry : database.listCollections(BsonDocument.class)) {
            String name = entry.getString("name").getValue();
            boolean plain = entry.getString("type").getValue().equals("collection");
            if (plain && !name.startsWith("system.")) {
                found.add(new Found(
                        new CollectionId(source, database.getName(), name), identity(entry), isOrdered(entry)));
            }
        }
        found.sort((one, other) -> one.id().compareTo(other.id()));
        return found;
    }

    private static boolean isOrdered(BsonDocument entry) {
        BsonDocument options = entry.getDocument("options", new BsonDocument());
        return !options.containsKey("collation") && !options.containsKey("clusteredIndex");
    }

    private static String identity(BsonDocument entry) {
        BsonValue uuid = entry.getDocument("info", new BsonDocument()).get("uuid");
        if (uuid == null || !uuid.isBinary()) {
            return "";
        }
        ByteBuffer bytes = ByteBuffer.wrap(uuid.asBinary().getData());
        return new UUID(bytes.getLong(), bytes.getLong()).toString();
    }
}
