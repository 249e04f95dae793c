package io.vaultline.capture.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import io.vaultline.codec.ChangeDecoder;
import io.vaultline.codec.ChangeEncoder;
import io.vaultline.codec.ChangeSchema;
import io.vaultline.event.ChangeHeader;
import io.vaultline.event.CollectionId;
import io.vaultline.event.CommitOrder;
import io.vaultline.event.DataChangeEvent.RowRead;
import io.vaultline.event.Row;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.bson.BsonBinary;
import org.bson.BsonDbPointer;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonObjectId;
import org.bson.BsonRegularExpression;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.json.JsonMode;
import org.bson.json.JsonWriterSettings;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/** What stands in Kafka can be turned back to the source's document, to the byte. */
class DocumentRoundTripTest {
    private static final CollectionId ID = new CollectionId("m", "d", "c");
    private static final BsonDocumentCodec CODEC = new BsonDocumentCodec();

    private final ChangeEncoder encoder = new ChangeEncoder();

    @Provide
    Arbitrary<List<BsonDocument>> collections() {
        return BsonArbitraries.documents().list().ofMinSize(1).ofMaxSize(6);
    }

    @Provide
    Arbitrary<BsonDocument> anyDocument() {
        return BsonArbitraries.documents();
    }

    @Property(tries = 150, edgeCases = EdgeCasesMode.NONE)
    void everyDocumentComesBack(@ForAll("collections") List<BsonDocument> collection) {
        List<RawBsonDocument> documents =
                collection.stream().map(DocumentRoundTripTest::raw).toList();
        DocumentShredder shredder = shredder(documents.subList(0, documents.size() / 2));
        for (RawBsonDocument document : documents) {
            assertComesBack(shredder, document);
        }
    }

    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    void jsonIsSpelledAsTheDriverSpellsIt(@ForAll("anyDocument") BsonDocument document) {
        StringBuilder relaxed = new StringBuilder();
        StringBuilder canonical = new StringBuilder();
        byte[] bytes = bytes(raw(document));
        ExtendedJson.canonical(canonical).document(bytes, 0);
        assertThat(canonical.toString()).isEqualTo(json(document, JsonMode.EXTENDED));
        ExtendedJson.relaxed(relaxed).document(bytes, 0);
        if (!canonical.toString().contains("$dbPointer")) {
            assertThat(relaxed.toString()).isEqualTo(json(document, JsonMode.RELAXED));
        }
    }

    @Example
    void aDocumentWhoseFieldsComeTwiceComesBack() {
        assertComesBack(shredder(List.of()), RawBsonDocument.parse("{_id: 1, a: 1, a: 'x', b: {c: 1, c: 2}}"));
        assertComesBack(shredder(List.of()), RawBsonDocument.parse("{_id: 1, a: null, a: null}"));
        assertComesBack(shredder(List.of()), RawBsonDocument.parse("{_id: 1, a: null, b: 1, a: null}"));
    }

    @Example
    void aDocumentThatLooksLikeExtendedJsonComesBack() {
        BsonDocument date = new BsonDocument("$date", new BsonString("2020-01-01T00:00:00Z"));
        assertComesBack(shredder(List.of()), raw(new BsonDocument("_id", new BsonInt32(1)).append("like", date)));
        BsonDocument own = new BsonDocument("_id", new BsonInt32(1))
                .append("$order", new BsonString("a"))
                .append("$document", new BsonInt64(5))
                .append("$$x", new BsonInt32(1))
                .append("_misfits", new BsonInt32(2));
        assertComesBack(shredder(List.of()), raw(own));
        assertComesBack(
                shredder(List.of(RawBsonDocument.parse("{_id: 1, n: 5}"))),
                raw(new BsonDocument("_id", new BsonInt32(2)).append("n", date)));
    }

    @Example
    void bytesThatAreNoUtf8ComeBack() {
        byte[] text = {5, 0, 0, 0, 'a', (byte) 0xC3, (byte) 0x28, (byte) 0xFF, 0};
        assertComesBack(shredder(List.of()), element(2, "s", text));
        assertComesBack(shredder(List.of(RawBsonDocument.parse("{_id: 1, s: 'x'}"))), element(2, "s", text));
        assertComesBack(shredder(List.of()), element(10, "\u00FF".repeat(2) + "x", new byte[0]));
    }

    @Example
    void valuesThatTheDriverWouldChangeComeBack() {
        assertComesBack(shredder(List.of()), element(11, "r", "a\0xi\0".getBytes(StandardCharsets.UTF_8)));
        ByteBuffer nan = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(0x7ff8000000000001L);
        assertComesBack(shredder(List.of()), element(1, "n", nan.array()));
        assertComesBack(shredder(List.of()), element(19, "d", decimalNanWithPayload()));
        byte[] wrongLength = {6, 0, 0, 0, 2, 9, 0, 0, 0, 'a', 'b'};
        assertComesBack(shredder(List.of()), element(5, "b", wrongLength));
        byte[] array = {14, 0, 0, 0, 10, 'x', 0, 10, 'y', 0, 10, 'z', 0, 0};
        assertComesBack(shredder(List.of()), element(4, "a", array));
    }

    @Example
    void idsThatTheServerTellsApartHaveTwoKeys() {
        ObjectId object = new ObjectId();
        List<BsonValue> ids = List.of(
                new BsonInt32(5),
                new BsonString("5"),
                new BsonObjectId(object),
                new BsonString(object.toHexString()),
                new BsonString("{\"$oid\": \"" + object.toHexString() + "\"}"),
                new BsonString("{\"$numberLong\": \"5\"}"),
                BsonDocument.parse("{a: 1}"),
                new BsonString("{\"a\": 1}"),
                new BsonString("true"),
                org.bson.BsonBoolean.TRUE,
                org.bson.BsonNull.VALUE,
                new BsonString("null"),
                new BsonBinary(new byte[] {1}));
        for (int first = 0; first < ids.size(); first++) {
            DocumentShredder shredder = shredder(List.of(raw(new BsonDocument("_id", ids.get(first)))));
            shredder.keyOnly(raw(new BsonDocument("_id", new BsonString("text, so that the column holds all"))));
            List<? extends @Nullable Object> keys = ids.stream()
                    .map(id ->
                            shredder.keyOnly(raw(new BsonDocument("_id", id))).get("_id"))
                    .toList();
            assertThat(keys).as("first %s", first).doesNotHaveDuplicates();
        }
    }

    @Example
    void deprecatedTypesComeBackFromColumnsOfTheirOwn() {
        BsonDocument first = new BsonDocument("_id", new BsonInt32(1))
                .append("p", new BsonDbPointer("db.c", new ObjectId()))
                .append("r", new BsonRegularExpression("a/\"b", "im"));
        DocumentShredder shredder = shredder(List.of(raw(first)));
        Row row = assertComesBack(shredder, raw(first));
        assertThat(row.get("_misfits")).isNull();
    }

    @Example
    void aDocumentOfItsColumnsTypesHasNoMisfits() {
        RawBsonDocument document = RawBsonDocument.parse("{_id: {$oid: '65a000000000000000000001'}, s: 'x', n: 1,"
                + " l: {$numberLong: '7'}, d: 1.5, t: {$date: 5}, p: {$numberDecimal: '19.99'}, a: [{q: 1, r: 2.5}],"
                + " f: true, o: {$oid: '65a000000000000000000002'}, u: {$uuid: '01020304-0506-0708-090a-0b0c0d0e0f10'},"
                + " b: {$binary: {base64: 'AQI=', subType: '00'}}}");
        assertThat(assertComesBack(shredder(List.of(document)), document).get("_misfits"))
                .isNull();
    }

    private static byte[] decimalNanWithPayload() {
        return ByteBuffer.allocate(16)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(1)
                .putLong(0x7c00000000000000L)
                .array();
    }

    /** A document with an {@code _id} and one element more, as the server may hold it. */
    private static RawBsonDocument element(int type, String latinName, byte[] value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {16, '_', 'i', 'd', 0, 1, 0, 0, 0, (byte) type});
        out.writeBytes(latinName.getBytes(StandardCharsets.ISO_8859_1));
        out.write(0);
        out.writeBytes(value);
        out.write(0);
        byte[] bytes = ByteBuffer.allocate(4 + out.size())
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(4 + out.size())
                .put(out.toByteArray())
                .array();
        return new RawBsonDocument(bytes);
    }

    private static DocumentShredder shredder(List<RawBsonDocument> sample) {
        return new DocumentShredder(DocumentShape.of(ID, sample, field -> true), field -> true);
    }

    private Row assertComesBack(DocumentShredder shredder, RawBsonDocument document) {
        Row row = shredder.row(document);
        ChangeSchema schema = ChangeSchema.of(row.schema());
        byte[] encoded = encoder.encode(
                schema, new RowRead(new ChangeHeader(row.schema(), new CommitOrder(1, 0), 0, null), row));
        Row read = ((RowRead) new ChangeDecoder(fingerprint -> schema).decode(encoded)).after();
        RawBsonDocument back = DocumentAssembler.document(read);
        assertThat(bytes(back)).as("%s of %s", read.get("_misfits"), document).isEqualTo(bytes(document));
        return read;
    }

    private static RawBsonDocument raw(BsonDocument document) {
        return new RawBsonDocument(document, CODEC);
    }

    private static byte[] bytes(RawBsonDocument document) {
        ByteBuffer buffer = document.getByteBuffer().asNIO();
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    private static String json(BsonDocument document, JsonMode mode) {
        return document.toJson(JsonWriterSettings.builder().outputMode(mode).build());
    }
}
