package io.vaultline.devstack.endpoint;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A ClickHouse server; the user may do everything.
 *
 * @param httpUrl address of the HTTP interface, without a path
 * @param user name of the user
 * @param password its password
 */
public record ClickHouseEndpoint(String httpUrl, String user, String password) implements Endpoint {
    @Override
    public ServerKind kind() {
        return ServerKind.CLICKHOUSE;
    }

    @Override
    public Map<String, String> toProperties() {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("clickhouse.http.url", httpUrl);
        values.put("clickhouse.user", user);
        values.put("clickhouse.password", password);
        return values;
    }

    @Override
    public String toString() {
        return "ClickHouseEndpoint[" + httpUrl + " " + user + "]";
    }
}
