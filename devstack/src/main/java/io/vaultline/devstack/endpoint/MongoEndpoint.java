package io.vaultline.devstack.endpoint;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A MongoDB replica set, and so one with change streams; it asks for no password.
 *
 * @param uri connection string that names the replica set
 */
public record MongoEndpoint(String uri) implements Endpoint {
    @Override
    public ServerKind kind() {
        return ServerKind.MONGODB;
    }

    @Override
    public Map<String, String> toProperties() {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("mongodb.uri", uri);
        return values;
    }

    /** Without the credentials that a user's own address may hold. */
    @Override
    public String toString() {
        return "MongoEndpoint[" + uri.replaceAll("//[^@/]*@", "//***@") + "]";
    }
}
