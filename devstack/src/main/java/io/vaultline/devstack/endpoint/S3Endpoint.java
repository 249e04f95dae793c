package io.vaultline.devstack.endpoint;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An S3 service with one bucket that exists; buckets are addressed by path.
 *
 * @param endpoint address of the service
 * @param accessKey access key
 * @param secretKey secret key
 * @param bucket name of the bucket
 */
public record S3Endpoint(String endpoint, String accessKey, String secretKey, String bucket) implements Endpoint {
    @Override
    public ServerKind kind() {
        return ServerKind.S3;
    }

    @Override
    public Map<String, String> toProperties() {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("s3.endpoint", endpoint);
        values.put("s3.access-key", accessKey);
        values.put("s3.secret-key", secretKey);
        values.put("s3.bucket", bucket);
        return values;
    }

    @Override
    public String toString() {
        return "S3Endpoint[" + endpoint + " " + accessKey + " " + bucket + "]";
    }
}
