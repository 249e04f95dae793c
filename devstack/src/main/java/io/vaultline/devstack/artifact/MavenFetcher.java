package io.vaultline.devstack.artifact;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Fetches jars with everything that they need at run time.
 *
 * @param coordinates group, artifact and version of each, separated by colons
 */
record MavenFetcher(List<String> coordinates) implements Fetcher {
    private static final String COPY = "org.apache.maven.plugins:maven-dependency-plugin:3.11.0:copy-dependencies";

    @Override
    public String client() {
        return "mvn";
    }

    @Override
    public void fetch(Path folder, ClientRun run) {
        Path mvn = run.tools().require("mvn", "install Maven 3.8 or newer, for example: apt-get install maven");
        try {
            Path project = Files.createTempDirectory("vaultline-fetch");
            Path pom = Files.writeString(project.resolve("pom.xml"), pom());
            run.run(
                    project,
                    List.of(
                            mvn.toString(),
                            "-B",
                            "-q",
                            "-f",
                            pom.toString(),
                            COPY,
                            "-DincludeScope=runtime",
                            "-DoutputDirectory=" + folder));
            Files.delete(pom);
            Files.delete(project);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String pom() {
        return coordinates.stream()
                .map(coordinate -> coordinate.split(":"))
                .map(part ->
                        "<dependency><groupId>%s</groupId><artifactId>%s</artifactId><version>%s</version></dependency>"
                                .formatted((Object[]) part))
                .collect(Collectors.joining("\n", """
                                <project xmlns="http://maven.apache.org/POM/4.0.0">
                                <modelVersion>4.0.0</modelVersion>
                                <groupId>io.vaultline</groupId><artifactId>fetch</artifactId><version>1</version>
                                <packaging>pom</packaging>
                                <dependencies>
                                """, "\n</dependencies>\n</project>\n"));
    }
}
