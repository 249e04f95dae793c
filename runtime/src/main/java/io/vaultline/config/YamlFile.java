package io.vaultline.config;

import io.vaultline.error.ErrorCode;
import io.vaultline.error.PipelineException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.ComposerException;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads a YAML file into nodes that know their places. Bounded: size, depth and aliases. */
final class YamlFile {
    private static final int MAX_CHARACTERS = 1_000_000;
    private static final int MAX_ALIASES = 20;
    private static final String REMEDY = "Correct the file; docs/configuration.md holds a complete example.";

    private YamlFile() {}

    /** @throws PipelineException with {@code CONFIG_UNREADABLE} if the file is missing or is no YAML */
    static Node read(Path file) {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(file.toString())
                .setCodePointLimit(MAX_CHARACTERS)
                .setMaxAliasesForCollections(MAX_ALIASES)
                .setAllowRecursiveKeys(false)
                .build();
        try {
            return new Compose(settings)
                    .composeString(Files.readString(file))
                    .orElseThrow(() -> unreadable("The file is empty", file.toString(), REMEDY, null));
        } catch (MarkedYamlEngineException e) {
            throw unreadable("The file is no YAML: " + problem(e), place(file, e), REMEDY, null);
        } catch (YamlEngineException e) {
            throw unreadable(
                    "The file is no YAML, or too large or too deep for a configuration", file.toString(), REMEDY, null);
        } catch (NoSuchFileException e) {
            throw unreadable("There is no such file", file.toString(), "Give an existing file with --config.", e);
        } catch (CharacterCodingException e) {
            throw unreadable("The file is not UTF-8 text", file.toString(), "Save it as UTF-8.", e);
        } catch (IOException e) {
            String why = "The file can't be read: " + e.getClass().getSimpleName();
            throw unreadable(why, file.toString(), "Check that it is a file and that you may read it.", e);
        }
    }

    /** The parser's own words, unless they repeat a word of the file, which may be a password. */
    private static String problem(MarkedYamlEngineException e) {
        String words = e.getProblem();
        if (e instanceof ComposerException || words.contains("tag handle")) {
            return "a value that begins with *, & or ! must stand in quotes, and a file holds one document";
        }
        return words;
    }

    private static String place(Path file, MarkedYamlEngineException e) {
        return e.getProblemMark()
                .map(mark -> file + ", line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1))
                .orElse(file.toString());
    }

    private static PipelineException unreadable(String what, String where, String remedy, @Nullable Exception cause) {
        return new PipelineException(ErrorCode.CONFIG_UNREADABLE, what, where, remedy, cause);
    }
}
