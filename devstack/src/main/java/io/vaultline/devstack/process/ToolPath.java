package io.vaultline.devstack.process;

import io.vaultline.devstack.report.DevstackException;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The programs that the machine offers.
 *
 * @param value folders, separated as in the variable PATH
 */
public record ToolPath(String value) {
    /** The PATH of this process. */
    public static ToolPath ofEnvironment() {
        return new ToolPath(System.getenv().getOrDefault("PATH", ""));
    }

    /** The program of this name, if there is one that may be run. */
    public Optional<Path> find(String name) {
        return Pattern.compile(File.pathSeparator, Pattern.LITERAL)
                .splitAsStream(value)
                .filter(folder -> !folder.isBlank())
                .map(folder -> Path.of(folder).resolve(name))
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .findFirst();
    }

    /**
     * The program of this name.
     *
     * @param remedy how to install it
     * @throws DevstackException if it is missing
     */
    public Path require(String name, String remedy) {
        return find(name).orElseThrow(() -> new DevstackException(name + " is missing", "PATH: " + value, remedy));
    }

    /** Python 3, which watches over every server. */
    public Path python() {
        return require("python3", "install Python 3.9 or newer, for example: apt-get install python3 python3-pip");
    }
}
