package io.vaultline.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads what a source masks: {@code mask}, from patterns to actions, and {@code mask-secret}. */
final class MaskReader {
    private static final String SECRET = "mask-secret";
    private static final int LEAST_SECRET = 16;
    private static final ValueType<MaskAction> WORD = new ValueType<>(
            "keep, hash, redact, drop, { redact: text or null } or { truncate: characters }",
            true,
            new MaskAction.Keep(),
            MaskReader::word);

    private MaskReader() {}

    static Masking read(YamlMap source) {
        List<MaskRule> rules = new ArrayList<>();
        YamlMap masks = source.section("mask");
        for (String pattern : masks.keys()) {
            rules.add(new MaskRule(pattern, action(masks, pattern)));
            if (pattern.matches("[^.]+\\.[^.]+\\._id") && !keepsIdentity(rules.get(rules.size() - 1))) {
                masks.reject(pattern, "identifies the documents, so it can be hashed, but not masked otherwise");
            }
            if (!isColumn(pattern)) {
                masks.reject(pattern, "must be named " + ValueType.COLUMN_PATTERN.mustBe());
            }
        }
        Secret secret = source.optional(SECRET, ValueType.SECRET, new Secret(""));
        if (rules.stream().anyMatch(rule -> rule.action() instanceof MaskAction.Hash)
                && secret.reveal().length() < LEAST_SECRET) {
            source.reject(SECRET, "must be text of at least " + LEAST_SECRET + " characters, as mask uses hash");
        }
        return new Masking(rules, secret);
    }

    private static boolean keepsIdentity(MaskRule rule) {
        return rule.action() instanceof MaskAction.Keep || rule.action() instanceof MaskAction.Hash;
    }

    private static boolean isColumn(String pattern) {
        return ValueType.COLUMN_PATTERN.parser().apply(pattern).isPresent();
    }

    private static MaskAction action(YamlMap masks, String pattern) {
        if (!masks.isMapping(pattern)) {
            return masks.required(pattern, WORD);
        }
        YamlMap parameters = masks.section(pattern);
        MaskAction action;
        if (parameters.has("redact")) {
            action = new MaskAction.Redact(
                    parameters.isNull("redact") ? null : parameters.required("redact", ValueType.SETTING));
        } else {
            action = new MaskAction.Truncate(parameters.required("truncate", ValueType.integer(1, Integer.MAX_VALUE)));
        }
        parameters.rejectUnknownKeys();
        return action;
    }

    private static Optional<MaskAction> word(String word) {
        return switch (word) {
            case "keep" -> Optional.of(new MaskAction.Keep());
            case "hash" -> Optional.of(new MaskAction.Hash());
            case "redact" -> Optional.of(new MaskAction.Redact(MaskAction.Redact.TEXT));
            case "drop" -> Optional.of(new MaskAction.Drop());
            default -> Optional.empty();
        };
    }
}
