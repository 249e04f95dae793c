package io.vaultline.benchmarks;

import io.vaultline.codec.ChangeDecoder;
import io.vaultline.codec.ChangeSchema;
import io.vaultline.event.DataChangeEvent;
import io.vaultline.event.DataChangeEvent.RowUpdated;
import io.vaultline.vault.VaultMapper;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** What the loader does with each record before it has rows to send: decoding, then mapping. On one thread. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 8, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 2,
        jvmArgs = {"-Xms1g", "-Xmx1g", "-XX:+UseSerialGC"})
public class ChangeMapping {
    private final byte[][] records = ProductUpdates.records();
    private final ChangeSchema schema = ProductUpdates.schema();
    /** As the loader's catalog of schemas keeps them. */
    private final Map<Long, ChangeSchema> schemas = new HashMap<>(Map.of(schema.fingerprint(), schema));

    private final ChangeDecoder decoder =
            new ChangeDecoder(fingerprint -> Objects.requireNonNull(schemas.get(fingerprint)));
    private final VaultMapper mapper = new VaultMapper(ProductUpdates.model());
    private final DataChangeEvent[] events =
            Arrays.stream(records).map(decoder::decode).toArray(DataChangeEvent[]::new);
    private final ProductHashes hashes = new ProductHashes(ProductUpdates.PRODUCTS);
    private int next;

    /** The whole. */
    @Benchmark
    public void decodeAndMap(Blackhole sink) {
        mapper.map(decoder.decode(records[advance()]), (table, values) -> sink.consume(values));
    }

    /** The part of decoding. */
    @Benchmark
    public DataChangeEvent decode() {
        return decoder.decode(records[advance()]);
    }

    /** The part of mapping. */
    @Benchmark
    public void map(Blackhole sink) {
        mapper.map(events[advance()], (table, values) -> sink.consume(values));
    }

    /** The part of hashing, from values to hashes. */
    @Benchmark
    public void hash(Blackhole sink) {
        hashes.compute(((RowUpdated) events[advance()]).after(), sink::consume);
    }

    private int advance() {
        next = (next + 1) % ProductUpdates.COUNT;
        return next;
    }
}
