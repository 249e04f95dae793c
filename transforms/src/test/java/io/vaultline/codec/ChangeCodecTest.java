package io.vaultline.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vaultline.event.CollectionId;
import io.vaultline.event.CollectionKind;
import io.vaultline.event.CollectionSchema;
import io.vaultline.event.Column;
import io.vaultline.event.DataChangeEvent;
import io.vaultline.event.DataChangeEvent.RowRead;
import io.vaultline.event.DataType;
import io.vaultline.event.Row;
import io.vaultline.event.UniqueKey;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.junit.jupiter.api.Test;

class ChangeCodecTest {
    private static final int HEADER = 10;

    @Provide
    Arbitrary<DataChangeEvent> events() {
        return ChangeArbitraries.events();
    }

    @Provide
    Arbitrary<DataChangeEvent> truncations() {
        return ChangeArbitraries.truncations();
    }

    @Property(tries = 2000)
    void everyChangeComesBackAsItWas(@ForAll("events") DataChangeEvent event) {
        ChangeSchema schema = ChangeSchema.of(event.schema());

        byte[] bytes = new ChangeEncoder().encode(schema, event);

        assertThat(new ChangeDecoder(fingerprint -> schema).decode(bytes)).isEqualTo(event);
    }

    @Property(tries = 50)
    void aTruncationComesBackAsItWas(@ForAll("truncations") DataChangeEvent event) {
        ChangeSchema schema = ChangeSchema.of(event.schema());

        byte[] bytes = new ChangeEncoder().encode(schema, event);

        assertThat(new ChangeDecoder(fingerprint -> schema).decode(bytes)).isEqualTo(event);
    }

    @Property(tries = 500)
    void avrosOwnReaderReadsTheSameBytes(@ForAll("events") DataChangeEvent event) throws IOException {
        ChangeSchema schema = ChangeSchema.of(event.schema());
        byte[] bytes = new ChangeEncoder().encode(schema, event);

        BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(bytes, HEADER, bytes.length - HEADER, null);
        GenericRecord record = new GenericDatumReader<GenericRecord>(schema.valueSchema()).read(null, decoder);

        assertThat(decoder.isEnd()).isTrue();
        assertThat(record.get("commit_position")).isEqualTo(event.order().commitPosition());
        assertThat(record.get("commit_ordinal")).isEqualTo(event.order().ordinal());
        assertThat(record.get("commit_ts")).isEqualTo(event.header().commitMicros());
    }

    @Property(tries = 500)
    void rowsOfOneIdentityHaveOneRecordKey(@ForAll("events") DataChangeEvent event) {
        Row row = event instanceof DataChangeEvent.RowDeleted deleted ? deleted.before() : null;
        if (row == null) {
            return;
        }
        ChangeSchema schema = ChangeSchema.of(event.schema());

        assertThat(new ChangeEncoder().encodeKey(schema, row))
                .isEqualTo(new ChangeEncoder().encodeKey(schema, row.keyOnly()));
    }

    @Property(tries = 500)
    void aSchemaComesBackFromItsJsonWithItsFingerprint(@ForAll("events") DataChangeEvent event) {
        ChangeSchema schema = ChangeSchema.of(event.schema());

        ChangeSchema parsed = ChangeSchema.parse(schema.valueJson()).orElseThrow();

        assertThat(parsed.collection()).isEqualTo(schema.collection());
        assertThat(parsed.fingerprint()).isEqualTo(schema.fingerprint());
        assertThat(parsed.keyFingerprint()).isEqualTo(schema.keyFingerprint());
        assertThat(ChangeSchema.parse(schema.keyJson())).isEmpty();
    }

    @Test
    void shapesThatDifferInAScaleAloneHaveDifferentFingerprints() {
        assertThat(ChangeSchema.of(prices(new DataType.Decimal(12, 2))).fingerprint())
                .isNotEqualTo(
                        ChangeSchema.of(prices(new DataType.Decimal(12, 3))).fingerprint());
    }

    @Test
    void aNewColumnLeavesTheRecordKeysAsTheyAre() {
        CollectionSchema narrow = prices(new DataType.Decimal(12, 2));
        CollectionSchema wide = new CollectionSchema(
                narrow.id(),
                narrow.kind(),
                List.of(
                        narrow.columns().get(0),
                        narrow.columns().get(1),
                        new Column("note", DataType.Simple.TEXT, "text", true)),
                narrow.key(),
                List.of());

        assertThat(new ChangeEncoder().encodeKey(ChangeSchema.of(wide), new Row(wide, 7L, null, null)))
                .isEqualTo(new ChangeEncoder().encodeKey(ChangeSchema.of(narrow), new Row(narrow, 7L, null)));
    }

    @Test
    void aValueOfTheWrongClassIsRefusedByColumnAndWithoutItsText() {
        CollectionSchema schema = prices(new DataType.Decimal(12, 2));
        Row row = new Row(schema, "sensitive", null);

        assertThatThrownBy(() -> new ChangeEncoder().encodeKey(ChangeSchema.of(schema), row))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("pg.public.prices.id")
                .hasMessageNotContaining("sensitive");
    }

    @Property(tries = 300)
    void aTruncatedRecordIsRefusedNotGuessed(@ForAll("events") DataChangeEvent event) {
        ChangeSchema schema = ChangeSchema.of(event.schema());
        byte[] bytes = new ChangeEncoder().encode(schema, event);
        byte[] cut = Arrays.copyOf(bytes, bytes.length - 1);

        assertThatThrownBy(() -> new ChangeDecoder(fingerprint -> schema).decode(cut))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Property(tries = 300)
    void aValueOfAnyTypeComesBackFromItsText(@ForAll("events") DataChangeEvent event) {
        if (event instanceof RowRead read) {
            for (int i = 0; i < event.schema().columns().size(); i++) {
                DataType type = event.schema().columns().get(i).type();
                Object value = read.after().get(i);
                if (value != null) {
                    assertThat(ValueText.fits(type, value)).isTrue();
                    assertThat(ValueText.parse(type, ValueText.of(value)).orElseThrow())
                            .isEqualTo(value);
                }
            }
        }
    }

    @Test
    void aTextOfNoValueIsNone() {
        assertThat(ValueText.parse(new DataType.Decimal(10, 2), "NaN")).isEmpty();
        assertThat(ValueText.parse(new DataType.Decimal(4, 2), "100.00")).isEmpty();
        assertThat(ValueText.parse(new DataType.Decimal(4, 2), "1.234")).isEmpty();
        assertThat(ValueText.parse(DataType.Simple.DATE, "5874898-01-01")).isEmpty();
        assertThat(ValueText.parse(DataType.Simple.BOOLEAN, "perhaps")).isEmpty();
        assertThat(ValueText.fits(new DataType.Decimal(10, 2), new BigDecimal("1.2")))
                .isFalse();
        assertThat(ValueText.fits(DataType.Simple.INT32, 1L)).isFalse();
    }

    @Test
    void aShapeWithoutUniqueKeysIsWrittenAsBeforeThereWereAny() {
        CollectionSchema plain = prices(DataType.Simple.INT64);
        CollectionSchema unique = new CollectionSchema(
                plain.id(),
                plain.kind(),
                plain.columns(),
                plain.key(),
                plain.foreignKeys(),
                List.of(new UniqueKey("prices_price_key", List.of("price")), new UniqueKey("gone", List.of("sku"))));

        assertThat(ChangeSchema.of(plain).valueJson()).doesNotContain("uniqueKeys");
        assertThat(ChangeSchema.parse(ChangeSchema.of(unique).valueJson())
                        .orElseThrow()
                        .collection())
                .isEqualTo(unique)
                .extracting(CollectionSchema::uniqueKeys)
                .isEqualTo(List.of(new UniqueKey("prices_price_key", List.of("price"))));
        assertThat(ChangeSchema.of(unique).fingerprint())
                .isNotEqualTo(ChangeSchema.of(plain).fingerprint());
    }

    private static CollectionSchema prices(DataType price) {
        return new CollectionSchema(
                new CollectionId("pg", "public", "prices"),
                CollectionKind.TABLE,
                List.of(
                        new Column("id", DataType.Simple.INT64, "bigint", false),
                        new Column("price", price, "numeric", true)),
                List.of("id"),
                List.of());
    }
}
