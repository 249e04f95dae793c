package io.vaultline.vault.file;

import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * The text of a YAML file as a tree. Aliases are refused before the tree is made: with them, a short text can stand for a
 * huge tree, or for one that contains itself. So are trees deeper than any file of ours.
 */
final class YamlText {
    private static final int MAX_DEPTH = 20;
    private static final int MAX_CHARACTERS = 1 << 20;
    private static final Place START = new Place(1, 1);

    private final Problems problems;
    private boolean refused;

    private YamlText(Problems problems) {
        this.problems = problems;
    }

    /** The tree; empty if the text is, or has problems. */
    static Optional<Node> compose(String text, Problems problems) {
        return new YamlText(problems).compose(text);
    }

    private Optional<Node> compose(String text) {
        if (text.length() > MAX_CHARACTERS) {
            problems.add(START, "more than " + MAX_CHARACTERS + " characters");
            return Optional.empty();
        }
        // the reader says where each of the keys stands that stand there twice
        LoadSettings settings =
                LoadSettings.builder().setAllowDuplicateKeys(true).build();
        try {
            scan(new Parse(settings).parseString(text));
            return refused ? Optional.empty() : new Compose(settings).composeString(text);
        } catch (MarkedYamlEngineException e) {
            problems.add(e.getProblemMark().map(Place::of).orElse(START), "no YAML: " + e.getProblem());
        } catch (YamlEngineException e) {
            problems.add(START, "no YAML: " + e.getMessage());
        }
        return Optional.empty();
    }

    private void scan(Iterable<Event> events) {
        int depth = 0;
        int documents = 0;
        for (Event event : events) {
            if (event instanceof AliasEvent alias) {
                refuse(event, "`*" + alias.getAlias() + "` repeats another place: write out what stands there");
            } else if (event instanceof CollectionStartEvent && ++depth > MAX_DEPTH) {
                refuse(event, "more than " + MAX_DEPTH + " lists or maps stand in each other");
                return;
            } else if (event instanceof CollectionEndEvent) {
                depth--;
            } else if (event instanceof DocumentStartEvent && ++documents > 1) {
                refuse(event, "a second document: everything must stand in one");
            }
        }
    }

    private void refuse(Event event, String what) {
        refused = true;
        problems.add(event.getStartMark().map(Place::of).orElse(START), what);
    }
}
