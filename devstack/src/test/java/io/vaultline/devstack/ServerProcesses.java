package io.vaultline.devstack;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Looks for the processes of a stack among all that run on this machine. */
final class ServerProcesses {
    private ServerProcesses() {}

    /** The command lines, working folders included, of those that work on the directory. */
    static List<String> below(Path directory) {
        return processes(directory).map(ServerProcesses::describe).toList();
    }

    /** The process ids of those that work on the directory. */
    static List<Long> pidsBelow(Path directory) {
        return processes(directory).map(ProcessHandle::pid).toList();
    }

    private static Stream<ProcessHandle> processes(Path directory) {
        return ProcessHandle.allProcesses().filter(process -> {
            String text = describe(process);
            return text.contains(directory + "/") && !text.contains(DevstackProcess.class.getName());
        });
    }

    private static String describe(ProcessHandle handle) {
        Path process = Path.of("/proc", Long.toString(handle.pid()));
        try {
            return Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1)
                    + " "
                    + Files.readSymbolicLink(process.resolve("cwd"))
                    + "/";
        } catch (IOException e) {
            return ""; // it has just ended, or belongs to somebody else
        }
    }
}
