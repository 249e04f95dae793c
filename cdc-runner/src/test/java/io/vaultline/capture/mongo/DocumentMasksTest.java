package io.vaultline.capture.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vaultline.capture.mask.Masks;
import io.vaultline.config.MaskAction;
import io.vaultline.config.MaskRule;
import io.vaultline.config.Masking;
import io.vaultline.config.Secret;
import io.vaultline.config.SourceConfig;
import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import io.vaultline.event.CollectionId;
import java.time.Duration;
import java.util.List;
import org.bson.BsonDocument;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.junit.jupiter.api.Test;

class DocumentMasksTest {
    private static final CollectionId PURCHASES = new CollectionId("mongo", "shop", "purchases");
    private static final MaskAction HASH = new MaskAction.Hash();
    private static final MaskAction KEEP = new MaskAction.Keep();
    private static final MaskAction DROP = new MaskAction.Drop();
    private static final MaskAction REDACT = new MaskAction.Redact(MaskAction.Redact.TEXT);

    private static DocumentMasks masks(MaskRule... rules) {
        SourceConfig source = new SourceConfig.Mongo(
                        "mongo", new Secret("u"), "shop", List.of(), List.of(), List.of(), Duration.ofSeconds(1))
                .masked(new Masking(List.of(rules), new Secret("a secret of the test")));
        return new DocumentMasks(PURCHASES, Masks.of(source).paths(PURCHASES));
    }

    private static MaskRule rule(String path, MaskAction action) {
        return new MaskRule("shop.purchases." + path, action);
    }

    private static BsonDocument masked(DocumentMasks masks, String document) {
        return masks.of(RawBsonDocument.parse(document)).decode(new BsonDocumentCodec());
    }

    @Test
    void pathsReachIntoDocumentsAndIntoTheElementsOfArrays() {
        DocumentMasks masks = masks(
                rule("address.street", REDACT), rule("items.note", new MaskAction.Truncate(2)), rule("card", DROP));

        assertThat(masked(
                        masks,
                        "{_id: 1, card: 'x', address: {street: 'Elm 1', city: 'B'},"
                                + " items: [{note: 'abc', n: 1}, [{note: 'xyz'}], 7]}"))
                .isEqualTo(BsonDocument.parse("{_id: 1, address: {street: '[redacted]', city: 'B'},"
                        + " items: [{note: 'ab', n: 1}, [{note: 'xy'}], '[redacted]']}"));
    }

    @Test
    void aPlainValueWhereAMaskExpectsADocumentIsRedacted() {
        DocumentMasks masks = masks(rule("address.street", HASH));

        assertThat(masked(masks, "{_id: 1, address: 'Elm 1, B'}"))
                .isEqualTo(BsonDocument.parse("{_id: 1, address: '[redacted]'}"));
        assertThat(masked(masks, "{_id: 1, address: null}")).isEqualTo(BsonDocument.parse("{_id: 1, address: null}"));
    }

    @Test
    void aNameWithADotInItIsFoundByTheSamePath() {
        assertThat(masked(masks(rule("address.street", DROP)), "{_id: 1, 'address.street': 'Elm 1'}"))
                .isEqualTo(BsonDocument.parse("{_id: 1}"));
    }

    @Test
    void hashesAreEqualWhereValuesAreEqualWhateverTheirNumberType() {
        DocumentMasks masks = masks(rule("a", HASH), rule("b", HASH), rule("tags", HASH));

        BsonDocument hashed = masked(masks, "{_id: 1, a: 42, b: {$numberLong: '42'}, tags: ['x', 'y', 'x', null]}");

        assertThat(hashed.get("a")).isEqualTo(hashed.get("b"));
        assertThat(hashed.getString("a").getValue()).hasSize(64);
        assertThat(hashed.getArray("tags").get(0))
                .isEqualTo(hashed.getArray("tags").get(2));
        assertThat(hashed.getArray("tags").get(0))
                .isNotEqualTo(hashed.getArray("tags").get(1));
        assertThat(hashed.getArray("tags").get(3).isNull()).isTrue();
    }

    @Test
    void whatIsKeptBeforeAWiderMaskStaysWhole() {
        DocumentMasks masks = masks(
                rule("_id", KEEP),
                rule("total", KEEP),
                rule("place.city", KEEP),
                rule("place.*", DROP),
                rule("*", REDACT));

        assertThat(masked(masks, "{_id: 1, total: 5, name: 'Ann', place: {city: 'B', zip: '1'}}"))
                .isEqualTo(BsonDocument.parse("{_id: 1, total: 5, name: '[redacted]', place: '[redacted]'}"));
    }

    @Test
    void anIdIsMaskedAloneAsInItsDocument() {
        DocumentMasks masks = masks(rule("_id", HASH));

        assertThat(masked(masks, "{_id: 7}").get("_id"))
                .isEqualTo(masked(masks, "{_id: 7, a: 1}").get("_id"));
    }

    @Test
    void aMaskThatMakesIdsTheSameIsRefused() {
        assertThat(catchThrowableOfType(PipelineException.class, () -> masks(rule("_id", REDACT)))
                        .code())
                .isEqualTo(ErrorCode.CONFIG_INVALID);
        DocumentMasks inside = masks(rule("_id.mail", DROP));
        assertThat(catchThrowableOfType(PipelineException.class, () -> masked(inside, "{_id: {mail: 'a', n: 1}}"))
                        .where())
                .contains("_id.mail");
    }
}
