package io.vaultline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class CommandLineTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final CommandLine commands = Main.commandLine(new PrintWriter(out, true), new PrintWriter(err, true));

    static Stream<List<String>> everyCommand() {
        CommandLine root = Main.commandLine(new PrintWriter(new StringWriter()), new PrintWriter(new StringWriter()));
        return Stream.concat(
                Stream.of(List.<String>of()),
                root.getSubcommands().keySet().stream().map(List::of));
    }

    @ParameterizedTest
    @MethodSource("everyCommand")
    void everyCommandExplainsItself(List<String> command) {
        List<String> arguments = new ArrayList<>(command);
        arguments.add("--help");

        assertThat(commands.execute(arguments.toArray(String[]::new))).isZero();
        assertThat(out.toString()).contains("Usage: ", "--debug", "Exit codes:");
        assertThat(err.toString()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("everyCommand")
    void everyCommandRefusesAnOptionThatItDoesNotKnow(List<String> command) {
        List<String> arguments = new ArrayList<>(command);
        arguments.add("--no-such-option");

        assertThat(commands.execute(arguments.toArray(String[]::new))).isEqualTo(2);
        assertThat(err.toString()).startsWith("error: ").contains("--help").doesNotContain("\tat ");
        assertThat(out.toString()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "devstack"})
    void aMissingOptionIsNamed(String command) {
        assertThat(commands.execute(command)).isEqualTo(2);
        assertThat(err.toString()).contains("Missing required option");
    }

    @Test
    void noCommandAtAllListsTheCommands() {
        assertThat(commands.execute()).isEqualTo(2);
        assertThat(err.toString()).contains("Missing command", "run", "devstack");
    }

    @Test
    void deadLettersAreListedReplayedOrDropped() {
        assertThat(commands.execute("dlq")).isEqualTo(2);
        assertThat(err.toString()).contains("list, show, replay, fix, drop or log");
        assertThat(commands.execute("dlq", "drop", "--help")).isZero();
        assertThat(out.toString()).contains("LOST");
        assertThat(commands.execute("dlq", "drop", "--config", "x")).isEqualTo(2);
    }

    @Test
    void aMistypedCommandGetsASuggestion() {
        assertThat(commands.execute("devstak")).isEqualTo(2);
        assertThat(err.toString()).contains("devstack");
    }

    @Test
    void anUnknownRoleIsRefusedWithTheKnownOnes() {
        assertThat(commands.execute("run", "--config", "x", "--roles", "capture,lod"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("CAPTURE, LOAD, ARCHIVE");
    }

    @Test
    void ddlWantsAPipelineOrAnEngine() {
        assertThat(commands.execute("ddl")).isEqualTo(2);
        assertThat(err.toString()).contains("--config", "--hash-functions");
        assertThat(commands.execute("ddl", "--hash-functions", "oracle")).isEqualTo(2);
        assertThat(err.toString()).contains("CLICKHOUSE, TRINO, SPARK");
    }

    @Test
    void imagesWithoutContainersAreRefused() {
        assertThat(commands.execute("devstack", "--dir", "x", "--image", "kafka=mine"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("--image needs --containers");
    }

    @Test
    void aWrongConfigurationExitsWith2AndListsItsProblemsWithoutAStackTrace(@TempDir Path directory)
            throws IOException {
        Path config = Files.writeString(directory.resolve("pipeline.yaml"), "pipelin: dev\n");

        assertThat(commands.execute("run", "--config", config.toString())).isEqualTo(2);
        assertThat(err.toString())
                .contains(
                        "pipeline.yaml:1:1 pipelin: unknown key; did you mean pipeline?", "where: " + config, "to do: ")
                .doesNotContain("\tat ");
    }

    @Test
    void debugShowsTheStackTrace(@TempDir Path directory) {
        String config = directory.resolve("none.yaml").toString();

        assertThat(commands.execute("--debug", "run", "--config", config)).isEqualTo(2);
        assertThat(err.toString()).contains("There is no such file", "\tat ");
    }

    @Test
    void theSchemaOfTheVaultModelFileNeedsNoPipeline() {
        assertThat(commands.execute("infer", "--schema")).isZero();
        assertThat(out.toString()).startsWith("{").contains("json-schema.org", "\"collision-code\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--schema --config x", "--config x --diagram --merge y", "--diagram", ""})
    void whatInferCanNotPrintTogetherIsRefused(String options) {
        List<String> arguments = new ArrayList<>(List.of("infer"));
        Stream.of(options.split(" ", -1)).filter(option -> !option.isEmpty()).forEach(arguments::add);

        assertThat(commands.execute(arguments.toArray(String[]::new))).isEqualTo(2);
        assertThat(out.toString()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"infer", "ddl"})
    void aWrongVaultModelFileExitsWith2AndEveryProblemsPlace(String command, @TempDir Path directory)
            throws IOException {
        Path model =
                Files.writeString(directory.resolve("vault.yaml"), "links:\n  - {form: a, path: b, to: c}\nhub: []\n");
        Path config = Files.writeString(directory.resolve("pipeline.yaml"), """
                pipeline: dev
                sources: {pg: {type: postgres, url: "jdbc:postgresql://127.0.0.1:1/app", user: a, password: b}}
                kafka: {bootstrap-servers: "127.0.0.1:1", replication-factor: 1}
                clickhouse: {url: "http://127.0.0.1:1", user: a, password: b}
                lake: {catalog-properties: {uri: "jdbc:postgresql://127.0.0.1:1/app", warehouse: "s3a://b/"}}
                vault: {model: vault.yaml}
                """);

        assertThat(commands.execute(command, "--config", config.toString())).isEqualTo(2);
        assertThat(err.toString())
                .contains(
                        "line 2, column 6: unknown key `form`; did you mean `from`?",
                        "line 3, column 1: unknown key `hub`; did you mean `hubs`?",
                        "where: " + model)
                .doesNotContain("\tat ");
    }
}
