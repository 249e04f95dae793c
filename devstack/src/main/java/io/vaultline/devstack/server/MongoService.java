package io.vaultline.devstack.server;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.MongoCommandException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import io.vaultline.devstack.endpoint.Endpoint;
import io.vaultline.devstack.endpoint.MongoEndpoint;
import io.vaultline.devstack.process.StackDirectory;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.bson.Document;

/**
 * MongoDB as a replica set of one, since only a replica set has change streams. It is reached on the loopback address
 * only and asks for no password: whoever can reach it is on this machine.
 */
public final class MongoService implements Service {
    private static final String REPLICA_SET = "rs0";
    private static final int NOT_YET_INITIALIZED = 94;

    private final String address;
    private final MongoClient client;

    /** @param port port on the loopback address, which the server itself must listen on too */
    public MongoService(int port) {
        this.address = StackDirectory.LOOPBACK + ":" + port;
        this.client = MongoClients.create(direct(address));
    }

    /** Options of the server: a replica set, and little memory. */
    public static List<String> options() {
        return List.of(
                "--replSet",
                REPLICA_SET,
                "--oplogSize",
                "1024",
                "--wiredTigerCacheSizeGB",
                "0.25",
                "--setParameter",
                "diagnosticDataCollectionEnabled=false");
    }

    /** Whether the server is the primary; makes it one if it is new, or if its port is not the one of the last time. */
    @Override
    public boolean answers(ServerLog log) {
        MongoDatabase admin = client.getDatabase("admin");
        try {
            moveIfNeeded(admin);
        } catch (MongoCommandException e) {
            if (e.getErrorCode() != NOT_YET_INITIALIZED) {
                throw e;
            }
            Document member = new Document("_id", 0).append("host", address);
            admin.runCommand(new Document(
                    "replSetInitiate", new Document("_id", REPLICA_SET).append("members", List.of(member))));
        }
        return Boolean.TRUE.equals(admin.runCommand(new Document("hello", 1)).getBoolean("isWritablePrimary"));
    }

    @Override
    public List<Endpoint> endpoints() {
        return List.of(new MongoEndpoint("mongodb://" + address + "/?replicaSet=" + REPLICA_SET));
    }

    @Override
    public void close() {
        client.close();
    }

    private void moveIfNeeded(MongoDatabase admin) {
        Document config = admin.runCommand(new Document("replSetGetConfig", 1)).get("config", Document.class);
        Document member = config.getList("members", Document.class).get(0);
        if (!address.equals(member.getString("host"))) {
            member.put("host", address);
            config.put("version", config.getInteger("version") + 1);
            admin.runCommand(new Document("replSetReconfig", config).append("force", true));
        }
    }

    private static MongoClientSettings direct(String address) {
        return MongoClientSettings.builder()
                .applyConnectionString(new ConnectionString("mongodb://" + address + "/?directConnection=true"))
                .applyToClusterSettings(cluster -> cluster.serverSelectionTimeout(1, TimeUnit.SECONDS))
                .applyToServerSettings(server -> server.heartbeatFrequency(100, TimeUnit.MILLISECONDS)
                        .minHeartbeatFrequency(50, TimeUnit.MILLISECONDS))
                .build();
    }
}
