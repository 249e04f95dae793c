package io.vaultline.devstack.endpoint;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The source database in PostgreSQL; the user is a superuser and may replicate.
 *
 * @param jdbcUrl JDBC address of the database {@code app}
 * @param user name of the user
 * @param password its password
 */
public record PostgresEndpoint(String jdbcUrl, String user, String password) implements Endpoint {
    @Override
    public ServerKind kind() {
        return ServerKind.POSTGRES;
    }

    @Override
    public Map<String, String> toProperties() {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("postgres.jdbc.url", jdbcUrl);
        values.put("postgres.user", user);
        values.put("postgres.password", password);
        return values;
    }

    @Override
    public String toString() {
        return "PostgresEndpoint[" + jdbcUrl + " " + user + "]";
    }
}
