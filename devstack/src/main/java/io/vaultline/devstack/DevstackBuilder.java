package io.vaultline.devstack;

import io.vaultline.devstack.artifact.Packages;
import io.vaultline.devstack.container.ContainerImages;
import io.vaultline.devstack.container.ContainerProvider;
import io.vaultline.devstack.endpoint.ExternalEndpoints;
import io.vaultline.devstack.endpoint.ServerKind;
import io.vaultline.devstack.local.NativeProvider;
import io.vaultline.devstack.process.StackDirectory;
import io.vaultline.devstack.process.ToolPath;
import io.vaultline.devstack.report.Progress;
import io.vaultline.devstack.report.SilentProgress;
import io.vaultline.devstack.server.ServerProvider;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Describes a stack before it starts. */
public final class DevstackBuilder {
    private @Nullable Path directory;
    private Path cache = Packages.defaultFolder();
    private Progress progress = new SilentProgress();
    private Map<String, String> external = Map.of();
    private Set<ServerKind> servers = EnumSet.allOf(ServerKind.class);
    private @Nullable ContainerImages images;
    private ToolPath tools = ToolPath.ofEnvironment();

    DevstackBuilder() {}

    /** Where everything of the stack is kept; created if need be, used by one stack at a time. Must be given. */
    public DevstackBuilder directory(Path folder) {
        this.directory = folder;
        return this;
    }

    /** Where fetched programs are kept; by default the variable VAULTLINE_CACHE, else {@code ~/.cache/vaultline}. */
    public DevstackBuilder cache(Path folder) {
        this.cache = folder;
        return this;
    }

    /** Who hears of downloads and starts; by default nobody. */
    public DevstackBuilder progress(Progress listener) {
        this.progress = listener;
        return this;
    }

    /**
     * Endpoints of the user's own servers under the keys of an endpoints file; a server whose keys are given is not
     * started. An S3 bucket, and a database for the catalog, must exist there.
     */
    public DevstackBuilder external(Map<String, String> endpoints) {
        this.external = Map.copyOf(endpoints);
        return this;
    }

    /** The servers that are started; by default all. */
    public DevstackBuilder servers(Set<ServerKind> kinds) {
        this.servers = Set.copyOf(kinds);
        return this;
    }

    /** Starts the servers as containers of these images instead of as processes of this machine. */
    public DevstackBuilder containers(ContainerImages names) {
        this.images = names;
        return this;
    }

    /** Where programs and package clients are looked for; by default the variable PATH. */
    DevstackBuilder tools(ToolPath path) {
        this.tools = path;
        return this;
    }

    /**
     * Starts the servers and returns when all of them answer.
     *
     * @throws io.vaultline.devstack.report.DevstackException if the directory is in use or can't be used, something that
     *     is needed is missing, or a server does not start; then none is left running
     */
    public Devstack start() {
        ExternalEndpoints given = ExternalEndpoints.of(external);
        StackDirectory home = StackDirectory.open(Objects.requireNonNull(directory, "directory"));
        Devstack stack = new Devstack(home, provider(home), given, progress);
        stack.start(servers.stream().filter(kind -> !given.replaces(kind)).collect(Collectors.toUnmodifiableSet()));
        return stack;
    }

    private ServerProvider provider(StackDirectory home) {
        return images == null
                ? new NativeProvider(home, tools, new Packages(cache, tools, progress))
                : new ContainerProvider(home, images);
    }
}
