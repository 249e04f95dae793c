package io.vaultline.devstack.process;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * How a server is run, and how it is ended.
 *
 * @param name name of its log file, lock and process id file
 * @param arguments the program and its arguments; no passwords, since every user of the machine can read them
 * @param environment variables beside the inherited ones
 * @param stopSignal what asks it to end well, such as {@code SIGTERM}
 * @param deathSignal what ends it when its parent is gone
 * @param grace time to end well before it is killed
 * @param unprivileged whether it refuses to run as root
 */
public record Command(
        String name,
        List<String> arguments,
        Map<String, String> environment,
        String stopSignal,
        String deathSignal,
        Duration grace,
        boolean unprivileged) {

    /** A command that ends on SIGTERM, which no write that it has acknowledged depends on. */
    public static Command of(String name, List<String> arguments) {
        return new Command(name, arguments, Map.of(), "SIGTERM", "SIGTERM", Duration.ofSeconds(20), false);
    }

    /** The same with other signals. */
    public Command signals(String stop, String death) {
        return new Command(name, arguments, environment, stop, death, grace, unprivileged);
    }

    /** The same without the rights of root. */
    public Command withoutRoot() {
        return new Command(name, arguments, environment, stopSignal, deathSignal, grace, true);
    }

    /** The same with these variables. */
    public Command with(Map<String, String> variables) {
        return new Command(name, arguments, variables, stopSignal, deathSignal, grace, unprivileged);
    }
}
