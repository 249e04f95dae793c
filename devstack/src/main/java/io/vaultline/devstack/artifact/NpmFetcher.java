package io.vaultline.devstack.artifact;

import io.vaultline.devstack.report.DevstackException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Fetches the archive of a Node package.
 *
 * @param specification name and version, as npm wants them
 * @param substitute brings a folder with node and npm for a machine that has no npm
 */
record NpmFetcher(String specification, Supplier<Path> substitute) implements Fetcher {
    @Override
    public String client() {
        return "npm";
    }

    @Override
    public void fetch(Path folder, ClientRun run) {
        List<String> line = new ArrayList<>(
                run.tools().find("npm").map(npm -> List.of(npm.toString())).orElseGet(this::substituted));
        line.addAll(List.of("pack", "--silent", "--pack-destination", folder.toString(), specification));
        run.run(folder, line);
    }

    private List<String> substituted() {
        try {
            Path node = substitute.get();
            return List.of(
                    node.resolve("bin/node").toString(),
                    node.resolve("lib/node_modules/npm/bin/npm-cli.js").toString());
        } catch (DevstackException e) {
            throw new DevstackException(
                    "npm is missing, and pip could not bring it: " + e.what(),
                    e.where(),
                    "install npm, for example: apt-get install npm; or " + e.remedy(),
                    e);
        }
    }
}
