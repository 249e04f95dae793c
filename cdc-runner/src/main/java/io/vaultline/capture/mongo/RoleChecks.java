package io.vaultline.capture.mongo;

import com.mongodb.client.MongoClient;
import io.vaultline.check.Findings;
import io.vaultline.check.Fix;
import io.vaultline.config.SourceConfig;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonValue;

/** Checks what the user may do. */
final class RoleChecks {
    private static final List<String> NEEDED = List.of("find", "changeStream", "listCollections");

    private final MongoClient client;
    private final SourceConfig.Mongo config;
    private final Findings findings;

    RoleChecks(MongoClient client, SourceConfig.Mongo config, Findings findings) {
        this.client = client;
        this.config = config;
        this.findings = findings;
    }

    void run() {
        BsonDocument status = client.getDatabase("admin")
                .runCommand(
                        new BsonDocument("connectionStatus", new BsonInt32(1))
                                .append("showPrivileges", BsonBoolean.TRUE),
                        BsonDocument.class)
                .getDocument("authInfo");
        BsonArray users = status.getArray("authenticatedUsers", new BsonArray());
        if (users.isEmpty()) {
            findings.note(
                    "The capture signs in as nobody",
                    Fix.advice("Where the servers ask for no login, anybody who reaches them can read and change all"
                            + " data; docs/privileges.md has the user that a capture needs."));
            return;
        }
        BsonDocument user = users.get(0).asDocument();
        Set<String> allowed = allowed(status.getArray("authenticatedUserPrivileges", new BsonArray()));
        List<String> missing =
                NEEDED.stream().filter(action -> !allowed.contains(action)).toList();
        if (!missing.isEmpty()) {
            findings.error(
                    "The user may not " + String.join(", ", missing) + " in database " + config.database(),
                    Fix.mongosh(Mongosh.command(
                            user.getString("db").getValue(),
                            "{grantRolesToUser: "
                                    + Mongosh.text(user.getString("user").getValue())
                                    + ", roles: [{role: \"read\", db: " + Mongosh.text(config.database()) + "}]}")));
        }
    }

    private Set<String> allowed(BsonArray privileges) {
        Set<String> allowed = new HashSet<>();
        for (BsonValue value : privileges) {
            BsonDocument privilege = value.asDocument();
            if (covers(privilege.getDocument("resource"))) {
                privilege
                        .getArray("actions")
                        .forEach(action -> allowed.add(action.asString().getValue()));
            }
        }
        return allowed;
    }

    /** Whether a privilege holds for all plain collections of the captured database. */
    private boolean covers(BsonDocument resource) {
        if (resource.containsKey("anyResource")) {
            return true;
        }
        return Optional.ofNullable(resource.get("db"))
                .map(db -> db.asString().getValue())
                .filter(db -> db.isEmpty() || db.equals(config.database()))
                .filter(db -> resource.getString("collection").getValue().isEmpty())
                .isPresent();
    }
}
