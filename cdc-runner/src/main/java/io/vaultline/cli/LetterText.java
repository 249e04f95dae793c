package io.vaultline.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vaultline.letter.DeadLetter;
import io.vaultline.letter.LetterAnswer;
import io.vaultline.letter.LetterRequest;
import io.vaultline.letter.Reason;
import io.vaultline.screen.TextTable;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Dead letters as text, without the data of their rows. */
final class LetterText {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int ROW_DIGITS = 8;

    private LetterText() {}

    /** For programs. */
    static String json(List<DeadLetter> letters) {
        ObjectNode report = JSON.createObjectNode();
        report.put("refused", letters.stream().filter(DeadLetter::isRefused).count());
        report.put("waiting", letters.size());
        ArrayNode array = report.putArray("changes");
        for (DeadLetter letter : letters) {
            ObjectNode node = array.addObject()
                    .put("id", letter.id())
                    .put("role", letter.role())
                    .put("source", letter.collection().source())
                    .put("table", table(letter))
                    .put("row", letter.row())
                    .put("commitPosition", letter.order().commitPosition())
                    .put("ordinal", letter.order().ordinal())
                    .put("committed", time(letter));
            letter.place()
                    .ifPresent(place -> node.put("topic", place.topic())
                            .put("partition", place.partition())
                            .put("offset", place.offset()));
            letter.reason()
                    .ifPresent(reason -> node.put("error", reason.code().name())
                            .put("errorClass", reason.code().errorClass().name())
                            .put("what", reason.what())
                            .put("where", reason.where())
                            .put("remedy", reason.remedy()));
        }
        return report.toPrettyString();
    }

    /** For people. */
    static List<String> lines(List<DeadLetter> letters) {
        if (letters.isEmpty()) {
            return List.of("No change waits.");
        }
        TextTable text = new TextTable("id", "source", "table", "row", "committed", "position", "state");
        for (DeadLetter letter : letters) {
            text.row(List.of(
                    letter.id(),
                    letter.collection().source(),
                    table(letter),
                    letter.row().substring(0, ROW_DIGITS),
                    time(letter),
                    letter.order().commitPosition() + "/" + letter.order().ordinal(),
                    letter.reason().map(reason -> reason.code().name()).orElse("waits")));
        }
        List<String> lines = new ArrayList<>(text.lines());
        lines.add("");
        for (DeadLetter letter : letters) {
            letter.reason().ifPresent(reason -> lines.add(letter.id() + ": " + sentence(reason)));
        }
        lines.add(String.format(
                Locale.ROOT,
                "%,d letters, and %,d changes behind them. To try again: dlq replay; to give one up: dlq drop ID.",
                letters.stream().filter(DeadLetter::isRefused).count(),
                letters.stream().filter(letter -> !letter.isRefused()).count()));
        return lines;
    }

    /** Who asked for what, for people. The values of a fix are not shown. */
    static List<String> log(Map<LetterRequest, Optional<LetterAnswer>> log) {
        if (log.isEmpty()) {
            return List.of("Nobody asked for anything.");
        }
        TextTable text = new TextTable("when", "who", "what", "change", "columns", "answer", "why");
        log.forEach((request, answer) -> text.row(List.of(
                request.author().micros() == 0 ? "" : time(request.author().micros()),
                request.author().name(),
                request.action().name().toLowerCase(Locale.ROOT),
                request.letter().orElse("all of " + request.partition().orElse(request.source())),
                String.join(", ", new TreeSet<>(request.values().keySet())),
                answer.map(LetterText::answer).orElse("none yet"),
                request.author().reason())));
        return text.lines();
    }

    private static String answer(LetterAnswer answer) {
        return answer.done() ? answer.delivered() + " delivered, " + answer.waiting() + " wait" : "refused";
    }

    private static String sentence(Reason reason) {
        return reason.what() + " (" + reason.where() + "). " + reason.remedy();
    }

    private static String table(DeadLetter letter) {
        return letter.collection().namespace() + "." + letter.collection().name();
    }

    private static String time(DeadLetter letter) {
        return time(letter.commitMicros());
    }

    private static String time(long micros) {
        return Instant.EPOCH
                .plus(micros, ChronoUnit.MICROS)
                .truncatedTo(ChronoUnit.SECONDS)
                .toString();
    }
}
