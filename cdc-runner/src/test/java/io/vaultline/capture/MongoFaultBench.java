package io.vaultline.capture;

import com.mongodb.ConnectionString;
import com.mongodb.ServerAddress;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import io.vaultline.capture.output.CrashPoint.Place;
import io.vaultline.config.Secret;
import io.vaultline.config.SourceConfig;
import io.vaultline.devstack.endpoint.ServerKind;
import io.vaultline.event.DataChangeEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.bson.Document;

/** MongoDB, where the writer itself notes each change. */
final class MongoFaultBench extends FaultBench {
    private static final int TRANSACTION_SECONDS = 300;

    private final MongoClient client;
    private final DocumentLoad load;
    private int large;

    private MongoFaultBench(
            CaptureStack stack, String name, Path log, TcpProxy network, SourceConfig source, long seed) {
        super(stack, name, log, network, source);
        this.client = MongoClients.create(stack.devstack().endpoints().mongodb().uri());
        this.load = new DocumentLoad(client, client.getDatabase(name).getCollection("ledger"), seed);
    }

    /** Begins to write to a database. */
    static FaultBench of(CaptureStack stack, String name, Path log, long seed) {
        SourceConfig.Mongo direct = stack.mongo(name);
        ConnectionString uri = new ConnectionString(direct.uri().reveal());
        ServerAddress address = new ServerAddress(uri.getHosts().get(0));
        TcpProxy network = TcpProxy.to(address.getHost(), address.getPort());
        SourceConfig.Mongo source = new SourceConfig.Mongo(
                        direct.name(),
                        new Secret("mongodb://127.0.0.1:" + network.port() + "/?directConnection=true&replicaSet="
                                + uri.getRequiredReplicaSetName()),
                        name,
                        List.of(),
                        List.of(),
                        List.of(),
                        Duration.ofSeconds(1))
                .by(FaultRounds.engine(seed));
        return new MongoFaultBench(stack, name, log, network, source, seed);
    }

    @Override
    ServerKind database() {
        return ServerKind.MONGODB;
    }

    @Override
    Writing load() {
        return load.writing();
    }

    @Override
    long position() {
        return CaptureStack.newest(client);
    }

    @Override
    void insertMany(int rows) {
        load.insertMany(rows);
        large += rows >= LARGE ? 1 : 0;
    }

    /** The server ends transactions after a minute, which may be too soon on a small machine. */
    @Override
    void withOpenTransaction(Step step) throws Exception {
        client.getDatabase("admin")
                .runCommand(
                        new Document("setParameter", 1).append("transactionLifetimeLimitSeconds", TRANSACTION_SECONDS));
        load.withOpenTransaction(step);
    }

    @Override
    Crash betweenParts() {
        return Crash.at(Place.AFTER_COMMIT, 1, LARGEST);
    }

    @Override
    void compare(List<DataChangeEvent> changes) {
        load.compare(changes);
    }

    @Override
    int large() {
        return large;
    }

    @Override
    public void close() {
        super.close();
        client.close();
    }
}
