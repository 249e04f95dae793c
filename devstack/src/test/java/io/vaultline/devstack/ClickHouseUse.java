package io.vaultline.devstack;

import static org.assertj.core.api.Assertions.assertThat;

import io.vaultline.devstack.endpoint.ClickHouseEndpoint;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** What the pipeline does with ClickHouse: rows of which the newest of a key wins. */
final class ClickHouseUse {
    private ClickHouseUse() {}

    static void writes(ClickHouseEndpoint endpoint) throws Exception {
        query(endpoint, "CREATE DATABASE vault");
        query(
                endpoint,
                "CREATE TABLE vault.t(k Int32, v Int32, version Int64) ENGINE ReplacingMergeTree(version) ORDER BY k");
        query(endpoint, "INSERT INTO vault.t VALUES (1, 20, 2)");
        query(endpoint, "INSERT INTO vault.t VALUES (1, 10, 1)");
        finds(endpoint);
        assertThat(send(endpoint, "default", "", "SELECT * FROM vault.t").statusCode())
                .as("the user without a password")
                .isNotEqualTo(200);
        assertThat(send(endpoint, endpoint.user(), "", "SELECT 1").statusCode()).isNotEqualTo(200);
    }

    static void finds(ClickHouseEndpoint endpoint) throws Exception {
        assertThat(query(endpoint, "SELECT k, v FROM vault.t FINAL")).isEqualTo("1\t20\n");
    }

    private static String query(ClickHouseEndpoint endpoint, String text) throws Exception {
        HttpResponse<String> response = send(endpoint, endpoint.user(), endpoint.password(), text);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return response.body();
    }

    private static HttpResponse<String> send(ClickHouseEndpoint endpoint, String user, String password, String text)
            throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(endpoint.httpUrl()))
                .header("X-ClickHouse-User", user)
                .header("X-ClickHouse-Key", password)
                .POST(HttpRequest.BodyPublishers.ofString(text))
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }
}
