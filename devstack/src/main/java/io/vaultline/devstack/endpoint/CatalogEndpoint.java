package io.vaultline.devstack.endpoint;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The database of Iceberg's JDBC catalog, kept apart from the source's data.
 *
 * @param uri JDBC address of the catalog's database
 * @param user name of the user
 * @param password its password
 */
public record CatalogEndpoint(String uri, String user, String password) implements Endpoint {
    @Override
    public ServerKind kind() {
        return ServerKind.POSTGRES;
    }

    @Override
    public Map<String, String> toProperties() {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("iceberg.catalog.uri", uri);
        values.put("iceberg.catalog.user", user);
        values.put("iceberg.catalog.password", password);
        return values;
    }

    @Override
    public String toString() {
        return "CatalogEndpoint[" + uri + " " + user + "]";
    }
}
