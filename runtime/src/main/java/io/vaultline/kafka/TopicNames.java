package io.vaultline.kafka;

import io.vaultline.event.CollectionId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * The names of a pipeline's topics.
 *
 * <p>Kafka allows letters, digits, dot, underscore and hyphen, 249 characters at most. Anything else in a table's name
 * is spelled {@code -xx} for each of its bytes, and a name that is longer ends in a digest of the whole, so that two
 * tables never share a topic.
 */
public final class TopicNames {
    private static final int LONGEST = 249;
    /** Characters at the end of a shortened name: two hyphens and a digest. */
    private static final int MARK = 34;

    private final String pipeline;

    public TopicNames(String pipeline) {
        this.pipeline = Objects.requireNonNull(pipeline, "pipeline");
    }

    /** The topic of a collection's changes: {@code <pipeline>.<source>.<namespace>.<collection>}. */
    public String changes(CollectionId id) {
        String name = pipeline + "." + safe(id.source()) + "." + safe(id.namespace()) + "." + safe(id.name());
        return name.length() <= LONGEST ? name : name.substring(0, LONGEST - MARK) + "--" + digest(name);
    }

    /** No name that is short enough has two hyphens in a row. */
    private static String digest(String name) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(hash, 0, (MARK - 2) / 2);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Compacted: schemas by fingerprint. */
    public String schemas() {
        return pipeline + ".__schemas";
    }

    /** Compacted: how far each source's capture has come, written in the transaction of the changes it covers. */
    public String offsets() {
        return pipeline + ".__offsets";
    }

    /** Compacted: changes that could not be handled, and those that wait behind them. */
    public String deadLetters() {
        return pipeline + ".__dlq";
    }

    /** Compacted: the newest watermark of each source, by source. */
    public String control() {
        return pipeline + ".__control";
    }

    /** Compacted: what people ask the running pipeline for, and its answers. */
    public String requests() {
        return pipeline + ".__requests";
    }

    /** What all of them begin with. */
    public String prefix() {
        return pipeline + ".";
    }

    /** Matches every change topic of the pipeline and none of the others. */
    public Pattern changePattern() {
        return Pattern.compile(Pattern.quote(pipeline + ".") + "(?!__).+");
    }

    private static String safe(String name) {
        StringBuilder safe = new StringBuilder();
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xFF);
            boolean plain = c < 128 && (Character.isLetterOrDigit(c) || c == '_');
            if (plain) {
                safe.append(c);
            } else {
                safe.append('-').append(Character.forDigit(b >> 4 & 0xF, 16)).append(Character.forDigit(b & 0xF, 16));
            }
        }
        return safe.toString();
    }
}
