package io.vaultline.devstack.artifact;

import io.vaultline.devstack.report.DevstackException;
import java.nio.file.Path;
import java.util.List;

/**
 * Fetches a Python wheel without what it depends on.
 *
 * @param requirement name and version, as pip wants them
 */
record PipFetcher(String requirement) implements Fetcher {
    @Override
    public String client() {
        return "pip";
    }

    @Override
    public void fetch(Path folder, ClientRun run) {
        String python = run.tools().python().toString();
        if (!run.succeeds(List.of(python, "-m", "pip", "--version"))) {
            throw new DevstackException(
                    "pip is missing", python + " -m pip", "install pip, for example: apt-get install python3-pip");
        }
        run.run(
                folder,
                List.of(
                        python,
                        "-m",
                        "pip",
                        "download",
                        "--quiet",
                        "--disable-pip-version-check",
                        "--no-deps",
                        "--only-binary=:all:",
                        "--dest",
                        folder.toString(),
                        requirement));
    }
}
