package io.vaultline.devstack.server;

import io.vaultline.devstack.endpoint.ClickHouseEndpoint;
import io.vaultline.devstack.endpoint.Endpoint;
import io.vaultline.devstack.process.StackDirectory;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * ClickHouse with one user who may do everything.
 *
 * @param port port of the HTTP interface on the loopback address
 * @param password password of the user
 */
public record ClickHouseService(int port, String password) implements Service {
    /** The user. */
    public static final String USER = "vaultline";

    /** A service with the port and the password that belong to the directory. */
    public static ClickHouseService of(StackDirectory directory) {
        return new ClickHouseService(directory.port("clickhouse"), directory.secret("clickhouse.password"));
    }

    @Override
    public boolean answers(ServerLog log) throws IOException {
        Map<String, String> login = Map.of("X-ClickHouse-User", USER, "X-ClickHouse-Key", password);
        return Http.says(url() + "/?query=SELECT%201", login, "1");
    }

    @Override
    public List<Endpoint> endpoints() {
        return List.of(new ClickHouseEndpoint(url(), USER, password));
    }

    @Override
    public String toString() {
        return "ClickHouseService[" + port + "]";
    }

    private String url() {
        return "http://" + StackDirectory.LOOPBACK + ":" + port;
    }
}
