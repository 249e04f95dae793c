package io.vaultline.devstack.local;

import io.vaultline.devstack.artifact.Packages;
import io.vaultline.devstack.endpoint.ServerKind;
import io.vaultline.devstack.process.Launcher;
import io.vaultline.devstack.process.Platform;
import io.vaultline.devstack.process.StackDirectory;
import io.vaultline.devstack.process.ToolPath;
import io.vaultline.devstack.server.Server;
import io.vaultline.devstack.server.ServerProvider;

/** Servers as processes of this machine: its own programs where their version suits, else those from packages. */
public final class NativeProvider implements ServerProvider {
    private final Home home;
    private final Packages packages;

    public NativeProvider(StackDirectory directory, ToolPath tools, Packages packages) {
        this.home = new Home(directory, new Launcher(directory, tools), tools);
        this.packages = packages;
    }

    @Override
    public Server start(ServerKind kind) {
        Platform.current().requireLinux();
        home.tools().python();
        return switch (kind) {
            case POSTGRES -> new PostgresServer(home, packages).start();
            case MONGODB -> new MongoServer(home, packages).start();
            case KAFKA -> new KafkaServer(home, packages).start();
            case CLICKHOUSE -> new ClickHouseServer(home, packages).start();
            case S3 -> new S3Server(home, packages).start();
        };
    }
}
