package io.vaultline.capture.mongo;

import com.mongodb.ExplainVerbosity;
import com.mongodb.MongoCommandException;
import com.mongodb.client.MongoCollection;
import java.util.Optional;
import org.bson.BSONException;
import org.bson.BsonDocument;
import org.bson.RawBsonDocument;
import org.bson.json.JsonParseException;

/** Which documents of a collection are wanted: a filter of {@code find} in extended JSON, or all of them. */
final class DocumentFilter {
    private final Optional<String> where;

    DocumentFilter(Optional<String> where) {
        this.where = where;
    }

    /** Why these documents can't be read, if they can't; the server's own sentence if it has one. */
    Optional<String> problem(MongoCollection<RawBsonDocument> documents) {
        try {
            parsed().ifPresent(filter -> documents.find(filter).explain(ExplainVerbosity.QUERY_PLANNER));
            return Optional.empty();
        } catch (JsonParseException | BSONException | IllegalArgumentException e) {
            return Optional.of("The filter is no JSON document: " + e.getMessage());
        } catch (MongoCommandException e) {
            if (MongoFailures.isPassing(e)) {
                throw e;
            }
            return Optional.of("The filter can't be used: " + e.getErrorMessage());
        }
    }

    /** The filter; nothing if all documents are wanted. It was found to have no problem. */
    Optional<BsonDocument> parsed() {
        return where.map(BsonDocument::parse);
    }
}
