package io.vaultline.devstack.server;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The few questions that a starting server is asked over HTTP. */
final class Http {
    private static final int TIMEOUT_MILLIS = 2_000;

    private Http() {}

    /** Whether anything answers at all, be it a refusal. */
    static boolean answers(String url) throws IOException {
        return get(url, Map.of()).getResponseCode() > 0;
    }

    /** Whether the answer is a success with this text. */
    static boolean says(String url, Map<String, String> headers, String text) throws IOException {
        HttpURLConnection connection = get(url, headers);
        if (connection.getResponseCode() != HttpURLConnection.HTTP_OK) {
            throw new IOException("HTTP status " + connection.getResponseCode());
        }
        try (InputStream body = connection.getInputStream()) {
            return new String(body.readAllBytes(), StandardCharsets.UTF_8)
                    .strip()
                    .equals(text);
        }
    }

    private static HttpURLConnection get(String url, Map<String, String> headers) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(url).toURL().openConnection();
        connection.setConnectTimeout(TIMEOUT_MILLIS);
        connection.setReadTimeout(TIMEOUT_MILLIS);
        headers.forEach(connection::setRequestProperty);
        return connection;
    }
}
