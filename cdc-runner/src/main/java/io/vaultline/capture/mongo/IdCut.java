package io.vaultline.capture.mongo;

import io.vaultline.capture.output.SnapshotParts.Range;
import java.util.List;
import java.util.Objects;
import org.bson.BsonDocument;
import org.bson.BsonMaxKey;
import org.bson.BsonMinKey;
import org.bson.BsonValue;
import org.bson.json.JsonMode;
import org.bson.json.JsonWriterSettings;

/**
 * A place between the {@code _id}s of a collection, in the server's order.
 *
 * @param after whether the place is behind the id, not before it
 */
record IdCut(BsonValue id, boolean after) implements Comparable<IdCut> {
    /** Before every id. */
    static final IdCut BEGINNING = new IdCut(new BsonMinKey(), false);

    /** Behind every id. */
    static final IdCut END = new IdCut(new BsonMaxKey(), true);

    private static final BsonOrder ORDER = new BsonOrder();
    private static final JsonWriterSettings EXACT =
            JsonWriterSettings.builder().outputMode(JsonMode.EXTENDED).build();
    private static final String AFTER = "after";

    IdCut {
        Objects.requireNonNull(id, "id");
    }

    static IdCut before(BsonValue id) {
        return new IdCut(id, false);
    }

    static IdCut after(BsonValue id) {
        return new IdCut(id, true);
    }

    /** As it stands in a mark: nothing at the ends; else the id in a document, and a word if the place is behind it. */
    List<String> texts() {
        if (equals(BEGINNING) || equals(END)) {
            return List.of();
        }
        String text = new BsonDocument("", id).toJson(EXACT);
        return after ? List.of(text, AFTER) : List.of(text);
    }

    /** Where a range of a mark begins. */
    static IdCut from(Range range) {
        return range.from().isEmpty() ? BEGINNING : of(range.from());
    }

    /** Where a range of a mark ends. */
    static IdCut to(Range range) {
        return range.to().isEmpty() ? END : of(range.to());
    }

    private static IdCut of(List<String> texts) {
        BsonValue id = Objects.requireNonNull(BsonDocument.parse(texts.get(0)).get(""), "an id");
        return new IdCut(id, texts.size() > 1);
    }

    @Override
    public int compareTo(IdCut other) {
        int byId = ORDER.compare(id, other.id);
        return byId != 0 ? byId : Boolean.compare(after, other.after);
    }
}
