package io.vaultline.capture.mongo;

import io.vaultline.capture.mask.ColumnMask;
import io.vaultline.capture.mask.PathMasks;
import io.vaultline.capture.mask.PathMasks.Step;
import io.vaultline.config.MaskAction;
import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import io.vaultline.event.CollectionId;
import io.vaultline.event.DataType;
import io.vaultline.event.DataType.Simple;
import io.vaultline.vault.hash.CanonicalValue;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonNull;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.json.JsonMode;
import org.bson.json.JsonWriterSettings;

/** Masks the documents of one collection, right after they are read: nothing else gets to see them unmasked. */
final class DocumentMasks {
    private static final BsonDocumentCodec CODEC = new BsonDocumentCodec();
    private static final JsonWriterSettings EXACT =
            JsonWriterSettings.builder().outputMode(JsonMode.EXTENDED).build();

    private final CollectionId id;
    private final PathMasks paths;

    /** @throws PipelineException with {@code CONFIG_INVALID} if ids would no longer differ */
    DocumentMasks(CollectionId id, PathMasks paths) {
        this.id = id;
        this.paths = paths;
        checkKey(paths.at(DocumentShape.ID).mask(), DocumentShape.ID);
    }

    /** Whether ids leave the source as they are. */
    boolean keepIds() {
        Step step = paths.at(DocumentShape.ID);
        return !step.mask().changes() && !step.enters();
    }

    /** The document as it may leave the source. */
    RawBsonDocument of(RawBsonDocument document) {
        return paths.any() ? raw(fields(document.decode(CODEC), "")) : document;
    }

    private static RawBsonDocument raw(BsonDocument document) {
        return new RawBsonDocument(document, CODEC);
    }

    private BsonDocument fields(BsonDocument document, String above) {
        BsonDocument masked = new BsonDocument(document.size());
        document.forEach((name, value) -> field(value, above + name).ifPresent(kept -> masked.append(name, kept)));
        return masked;
    }

    private Optional<BsonValue> field(BsonValue value, String path) {
        Step step = paths.at(path);
        if (path.startsWith(DocumentShape.ID + ".")) {
            checkKey(step.mask(), path);
        }
        if (step.mask().drops()) {
            return Optional.empty();
        } else if (step.mask().changes()) {
            return Optional.of(masked(step.mask(), value));
        }
        return Optional.of(step.enters() ? inside(value, path, step) : value);
    }

    private BsonValue inside(BsonValue value, String path, Step step) {
        if (value.isDocument()) {
            return fields(value.asDocument(), path + ".");
        } else if (value.isArray()) {
            BsonArray masked = new BsonArray();
            value.asArray().forEach(element -> masked.add(inside(element, path, step)));
            return masked;
        }
        boolean suspect = step.expectsDocument() && !value.isNull() && !path.equals(DocumentShape.ID);
        return suspect ? new BsonString(MaskAction.Redact.TEXT) : value;
    }

    private static BsonValue masked(ColumnMask mask, BsonValue value) {
        if (value.isNull()) {
            return value;
        } else if (mask.action() instanceof MaskAction.Redact redact) {
            return redact.text() == null ? BsonNull.VALUE : new BsonString(redact.text());
        } else if (value.isArray()) {
            BsonArray elements = new BsonArray();
            value.asArray().forEach(element -> elements.add(masked(mask, element)));
            return elements;
        } else if (mask.action() instanceof MaskAction.Truncate truncate) {
            return new BsonString(
                    value.isString()
                            ? ColumnMask.start(value.asString().getValue(), truncate.characters())
                            : MaskAction.Redact.TEXT);
        }
        return new BsonString(mask.hash(canonical(value)));
    }

    /** The same bytes for a value as a column of a table would have it; a whole number is one, however it is stored. */
    private static byte[] canonical(BsonValue value) {
        BsonCursor at = BsonCursor.of(raw(new BsonDocument("v", value)));
        at.next();
        Object whole = BsonColumns.fit(Simple.INT64, at);
        if (whole != null) {
            return CanonicalValue.bytes(Simple.INT64, whole);
        }
        DataType type = BsonColumns.column("v", at).type();
        Object fitting = BsonColumns.fit(type, at);
        return fitting == null
                ? new BsonDocument("v", value).toJson(EXACT).getBytes(StandardCharsets.UTF_8)
                : CanonicalValue.bytes(type, fitting);
    }

    private void checkKey(ColumnMask mask, String path) {
        if (!mask.keepsIdentity()) {
            throw new PipelineException(
                    ErrorCode.CONFIG_INVALID,
                    "A mask would make documents with different ids the same",
                    "mask, field " + id + "." + path,
                    "Mask it with hash, which keeps ids apart, or put \"" + id.namespace() + "." + id.name() + "."
                            + path + "\": keep before the mask.");
        }
    }
}
