package io.vaultline.devstack.server;

import io.vaultline.devstack.endpoint.Endpoint;
import io.vaultline.devstack.endpoint.S3Endpoint;
import io.vaultline.devstack.process.StackDirectory;
import java.io.IOException;
import java.util.List;

/**
 * An S3 server with one bucket.
 *
 * @param port port on the loopback address
 * @param accessKey access key
 * @param secretKey secret key
 */
public record S3Service(int port, String accessKey, String secretKey) implements Service {
    /** The bucket. */
    public static final String BUCKET = "lake";

    /** A service with the port and the keys that belong to the directory. */
    public static S3Service of(StackDirectory directory) {
        return new S3Service(
                directory.port("s3"), directory.secret("s3.access-key"), directory.secret("s3.secret-key"));
    }

    /** Where it is reached. */
    public String url() {
        return "http://" + StackDirectory.LOOPBACK + ":" + port;
    }

    @Override
    public boolean answers(ServerLog log) throws IOException {
        return Http.answers(url());
    }

    @Override
    public List<Endpoint> endpoints() {
        return List.of(new S3Endpoint(url(), accessKey, secretKey, BUCKET));
    }

    @Override
    public String toString() {
        return "S3Service[" + port + "]";
    }
}
