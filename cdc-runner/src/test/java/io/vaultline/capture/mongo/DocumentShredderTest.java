package io.vaultline.capture.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import io.vaultline.event.CollectionId;
import io.vaultline.event.CollectionSchema;
import io.vaultline.event.Column;
import io.vaultline.event.DataType;
import io.vaultline.event.DataType.Simple;
import io.vaultline.event.Row;
import io.vaultline.event.Unavailable;
import java.math.BigDecimal;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.bson.BsonDocument;
import org.bson.RawBsonDocument;
import org.junit.jupiter.api.Test;

class DocumentShredderTest {
    private static final CollectionId ID = new CollectionId("m", "d", "c");

    private static DocumentShredder shredder(String... sample) {
        List<RawBsonDocument> documents =
                Stream.of(sample).map(RawBsonDocument::parse).toList();
        return new DocumentShredder(
                DocumentShape.of(ID, documents, field -> !field.equals("secret")), field -> !field.equals("secret"));
    }

    private static Row row(DocumentShredder shredder, String document) {
        return shredder.row(RawBsonDocument.parse(document));
    }

    private static List<String> names(CollectionSchema shape) {
        return shape.columns().stream().map(Column::name).toList();
    }

    private static DataType type(CollectionSchema shape, String column) {
        return shape.columns().get(shape.indexOf(column).orElseThrow()).type();
    }

    @Test
    void aShapeGrowsInTheOrderOfFirstSightAndKeepsItsTypes() {
        DocumentShredder shredder = shredder("{_id: 1, a: 'x'}");
        CollectionSchema first = shredder.shape();
        row(shredder, "{_id: 2, b: 1, a: 5}");
        assertThat(names(first)).containsExactly("_id", "a", "_misfits");
        assertThat(names(shredder.shape())).containsExactly("_id", "a", "b", "_misfits");
        assertThat(type(shredder.shape(), "a")).isEqualTo(Simple.TEXT);
        CollectionSchema grown = shredder.shape();
        row(shredder, "{_id: 3, a: 'y', b: 2}");
        assertThat(shredder.shape()).isSameAs(grown);
    }

    @Test
    void aSampleOfWholeAndBrokenNumbersMakesAFloatingColumn() {
        DocumentShredder shredder = shredder("{_id: 1, n: 1}", "{_id: 2, n: 1.5}", "{_id: 3, n: {$numberLong: '7'}}");
        assertThat(type(shredder.shape(), "n")).isEqualTo(Simple.FLOAT64);
        assertThat(row(shredder, "{_id: 4, n: 2}").get("n")).isEqualTo(2.0);
        Row tooLarge = row(shredder, "{_id: 5, n: {$numberLong: '9007199254740993'}}");
        assertThat(tooLarge.get("n")).isNull();
        assertThat(tooLarge.get("_misfits")).isEqualTo("{\"n\": {\"$numberLong\": \"9007199254740993\"}}");
    }

    @Test
    void nullAndAbsentDiffer() {
        DocumentShredder shredder = shredder("{_id: 1, a: 1}");
        assertThat(row(shredder, "{_id: 2}").get("_misfits")).isNull();
        assertThat(row(shredder, "{_id: 2, a: null, b: null}").get("_misfits")).isEqualTo("{\"a\": null, \"b\": null}");
        assertThat(names(shredder.shape())).containsExactly("_id", "a", "_misfits");
    }

    @Test
    void aFieldNamedLikeTheMisfitsIsOne() {
        assertThat(row(shredder(), "{_id: 1, _misfits: 5}").get("_misfits"))
                .isEqualTo("{\"_misfits\": {\"$numberInt\": \"5\"}}");
    }

    @Test
    void anExcludedFieldIsNeitherAColumnNorAMisfit() {
        DocumentShredder shredder = shredder("{_id: 1, secret: 1}");
        Row row = row(shredder, "{_id: 2, secret: null, a: 1}");
        assertThat(names(row.schema())).containsExactly("_id", "a", "_misfits");
        assertThat(row.get("_misfits")).isNull();
    }

    @Test
    void aDecimalFitsIfItLosesNothing() {
        DocumentShredder shredder = shredder("{_id: 1, p: {$numberDecimal: '1.5'}}");
        assertThat(type(shredder.shape(), "p")).isEqualTo(new DataType.Decimal(38, 10));
        assertThat(row(shredder, "{_id: 1, p: {$numberDecimal: '1.50'}}").get("p"))
                .isEqualTo(new BigDecimal("1.5000000000"));
        assertThat(row(shredder, "{_id: 1, p: {$numberDecimal: '0.00000000010000'}}")
                        .get("p"))
                .isEqualTo(new BigDecimal("0.0000000001"));
        for (String misfit : List.of("NaN", "-0", "0.00000000001", "1E+28", "Infinity")) {
            assertThat(row(shredder, "{_id: 1, p: {$numberDecimal: '" + misfit + "'}}")
                            .get("p"))
                    .as(misfit)
                    .isNull();
        }
    }

    @Test
    void idsAreNumbersOnlyIfAllAre() {
        assertThat(type(shredder("{_id: 1}", "{_id: {$numberLong: '2'}}").shape(), "_id"))
                .isEqualTo(Simple.INT64);
        assertThat(type(shredder("{_id: 1}", "{_id: 'a'}").shape(), "_id")).isEqualTo(Simple.TEXT);
        DocumentShredder shredder = shredder("{_id: 1}");
        assertThat(row(shredder, "{_id: 'late'}").get("_id")).isEqualTo("late");
        assertThat(type(shredder.shape(), "_id")).isEqualTo(Simple.TEXT);
        assertThat(row(shredder, "{_id: {b: 1, a: 2.5}}").get("_id")).isEqualTo("{\"b\": 1, \"a\": 2.5}");
    }

    @Test
    void aRowOfWhichTheKeyIsKnownOnlyHasTheKeyOfTheWholeOne() {
        DocumentShredder shredder = shredder("{_id: 'x'}");
        for (String document : List.of("{_id: {$oid: '65a000000000000000000001'}, a: 1}", "{_id: {d: {$date: 5}}}")) {
            Row whole = row(shredder, document);
            Row key = shredder.keyOnly(RawBsonDocument.parse(document));
            assertThat(key.get("_id")).isEqualTo(whole.get("_id"));
            assertThat(key.get("_misfits")).isEqualTo(Unavailable.VALUE);
        }
    }

    @Test
    void aValueWhoseExactTypeItsColumnDoesNotTellIsNotedBesideIt() {
        DocumentShredder shredder = shredder("{_id: 1, n: 1, o: {a: 1}}");
        Row row = row(shredder, "{_id: 2, n: {$numberLong: '7'}, o: {a: {$numberLong: '5'}}}");
        assertThat(row.get("n")).isEqualTo(7L);
        assertThat(row.get("o")).isEqualTo("{\"a\": 5}");
        assertThat(row.get("_misfits"))
                .isEqualTo("{\"n\": {\"$numberLong\": \"7\"}, \"o\": {\"a\": {\"$numberLong\": \"5\"}}}");
    }

    @Test
    void anotherOrderOfFieldsIsNoted() {
        DocumentShredder shredder = shredder("{_id: 1, a: 1, b: 2}");
        assertThat(row(shredder, "{_id: 1, b: 2, a: 1}").get("_misfits"))
                .isEqualTo("{\"$order\": [\"_id\", \"b\", \"a\"]}");
        assertThat(row(shredder, "{_id: 1, b: 2}").get("_misfits")).isNull();
    }

    @Test
    void anExcludedFieldIsNotInADocumentThatIsKeptWhole() {
        DocumentShredder shredder = shredder("{_id: 1}");
        Row row = row(shredder, "{_id: 2, a: 1, a: 2, secret: 'hush'}");
        BsonDocument misfits = BsonDocument.parse((String) row.get("_misfits"));
        byte[] whole = Base64.getDecoder().decode(misfits.getString("$document").getValue());
        assertThat(new RawBsonDocument(whole).keySet()).containsExactly("_id", "a");
    }

    @Test
    void namesThatAreDataMakeNoColumnsWithoutEnd() {
        DocumentShredder shredder = shredder("{_id: 1}");
        for (int i = 0; i < DocumentShape.MOST_COLUMNS + 10; i++) {
            row(shredder, "{_id: 1, f" + i + ": " + i + "}");
        }
        assertThat(names(shredder.shape())).hasSize(DocumentShape.MOST_COLUMNS + 1);
        assertThat(row(shredder, "{_id: 1, f1005: 5}").get("_misfits"))
                .isEqualTo("{\"f1005\": {\"$numberInt\": \"5\"}}");
    }
}
