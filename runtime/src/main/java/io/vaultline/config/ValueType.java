package io.vaultline.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a value must look like.
 *
 * @param mustBe completes the sentence "must be …"
 * @param shown whether a wrong value may be repeated in a message; never for what can hold a secret
 * @param standIn what the reading goes on with after a problem; nobody gets to see it
 * @param parser empty for a wrong value
 */
record ValueType<T>(String mustBe, boolean shown, T standIn, Function<String, Optional<T>> parser) {
    private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");

    static final ValueType<String> TEXT = text("text that is not empty", true, value -> !value.isBlank());

    /** Passwords and keys: anything, and never shown. */
    static final ValueType<Secret> SECRET =
            new ValueType<>("text", false, new Secret(""), v -> Optional.of(new Secret(v)));

    static final ValueType<String> SETTING = text("text", false, value -> true);

    static final ValueType<String> FILE = text("a file's path", true, ValueType::isPath);

    static final ValueType<Boolean> FLAG = new ValueType<>(
            "true or false",
            true,
            false,
            value -> List.of("true", "false").contains(value) ? Optional.of(Boolean.valueOf(value)) : Optional.empty());

    static final ValueType<String> JDBC_URL = text(
            "jdbc:postgresql://host:port/database", false, Pattern.compile("jdbc:postgresql://[^/]+/[^/?]+(\\?.*)?"));

    static final ValueType<Secret> MONGO_URI = secret(
            "mongodb://host:port/?replicaSet=name or mongodb+srv://host/",
            Pattern.compile("mongodb(\\+srv)?://[^/]+(/.*)?"));

    static final ValueType<String> HTTP_URL =
            text("http://host:port or https://host:port", false, ValueType::isHttpUrl);

    static final ValueType<String> HOSTS = text(
            "host:port, several of them with commas between",
            true,
            Pattern.compile("[^\\s:,/]+:[0-9]{1,5}(,\\s*[^\\s:,/]+:[0-9]{1,5})*"));

    static final ValueType<String> ADDRESS =
            text("an address of this machine, such as 127.0.0.1 or 0.0.0.0", true, Pattern.compile("[A-Za-z0-9.:-]+"));

    static final ValueType<String> PIPELINE_NAME = text(
            "up to 40 letters, digits, - and _, a letter first, as it begins every topic's name",
            true,
            Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,39}"));

    static final ValueType<String> SLOT =
            text("up to 63 lower case letters, digits and _", true, Pattern.compile("[a-z0-9_]{1,63}"));

    static final ValueType<String> NAME =
            text("up to 63 letters, digits and _, a letter first", true, Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,62}"));

    static final ValueType<String> COLLECTION_PATTERN =
            text("namespace.collection, where * stands for anything", true, Pattern.compile("[^.]+\\.[^.].*"));

    static final ValueType<String> COLUMN_PATTERN = text(
            "namespace.collection.column, where * stands for anything",
            true,
            Pattern.compile("[^.]+\\.[^.]+\\.[^.].*"));

    private static ValueType<String> text(String mustBe, boolean shown, Pattern pattern) {
        return text(mustBe, shown, value -> pattern.matcher(value).matches());
    }

    private static ValueType<String> text(String mustBe, boolean shown, Function<String, Boolean> check) {
        return new ValueType<>(mustBe, shown, "", v -> check.apply(v) ? Optional.of(v) : Optional.empty());
    }

    private static ValueType<Secret> secret(String mustBe, Pattern pattern) {
        return new ValueType<>(
                mustBe,
                false,
                new Secret(""),
                v -> pattern.matcher(v).matches() ? Optional.of(new Secret(v)) : Optional.empty());
    }

    /** A whole number of a range, both ends included. */
    static ValueType<Integer> integer(int least, int most) {
        String mustBe = most == Integer.MAX_VALUE
                ? "a whole number, at least " + least
                : "a whole number from " + least + " to " + most;
        return new ValueType<>(mustBe, true, least, value -> parseInteger(value, least, most));
    }

    /** A length of time, at least the given one. */
    static ValueType<Duration> duration(String least) {
        Duration shortest = parseDuration(least).orElseThrow();
        String mustBe = "a number and a unit (ms, s, m, h, d) such as 500ms or 7d, at least " + least;
        return new ValueType<>(
                mustBe, true, shortest, value -> parseDuration(value).filter(d -> d.compareTo(shortest) >= 0));
    }

    private static Optional<Integer> parseInteger(String value, int least, int most) {
        if (!value.matches("[+-]?[0-9][0-9_]{0,12}")) {
            return Optional.empty();
        }
        long number = Long.parseLong(value.replace("_", ""));
        return number >= least && number <= most ? Optional.of((int) number) : Optional.empty();
    }

    private static Optional<Duration> parseDuration(String value) {
        Matcher parts = DURATION.matcher(value);
        if (!parts.matches()) {
            return Optional.empty();
        }
        long number = Long.parseLong(parts.group(1));
        return Optional.of(
                switch (parts.group(2)) {
                    case "ms" -> Duration.ofMillis(number);
                    case "s" -> Duration.ofSeconds(number);
                    case "m" -> Duration.ofMinutes(number);
                    case "h" -> Duration.ofHours(number);
                    default -> Duration.ofDays(number);
                });
    }

    private static boolean isPath(String value) {
        try {
            return !Path.of(value).toString().isEmpty();
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private static boolean isHttpUrl(String value) {
        try {
            URI uri = new URI(value);
            boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            return http && uri.getHost() != null;
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
