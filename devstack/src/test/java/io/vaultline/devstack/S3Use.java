package io.vaultline.devstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vaultline.devstack.endpoint.S3Endpoint;
import java.net.URI;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** What the pipeline does with S3: objects in the bucket. */
final class S3Use {
    private S3Use() {}

    static void writes(S3Endpoint endpoint) {
        try (S3Client client = client(endpoint, endpoint.secretKey())) {
            client.putObject(
                    request -> request.bucket(endpoint.bucket()).key("a/b"), RequestBody.fromString("content"));
        }
        try (S3Client client = client(endpoint, "wrong")) {
            assertThatThrownBy(() -> client.getObjectAsBytes(
                            request -> request.bucket(endpoint.bucket()).key("a/b")))
                    .isInstanceOf(S3Exception.class);
        }
        finds(endpoint);
    }

    static void finds(S3Endpoint endpoint) {
        try (S3Client client = client(endpoint, endpoint.secretKey())) {
            assertThat(client.getObjectAsBytes(
                                    request -> request.bucket(endpoint.bucket()).key("a/b"))
                            .asUtf8String())
                    .isEqualTo("content");
        }
    }

    private static S3Client client(S3Endpoint endpoint, String secretKey) {
        return S3Client.builder()
                .endpointOverride(URI.create(endpoint.endpoint()))
                .forcePathStyle(true)
                .region(Region.US_EAST_1)
                .httpClientBuilder(ApacheHttpClient.builder())
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create(endpoint.accessKey(), secretKey)))
                .build();
    }
}
