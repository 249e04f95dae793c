package io.vaultline.iceberg.lake;

import io.vaultline.config.LakeConfig;
import io.vaultline.config.Secret;
import io.vaultline.devstack.endpoint.CatalogEndpoint;
import io.vaultline.devstack.endpoint.Endpoints;
import io.vaultline.devstack.endpoint.S3Endpoint;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** The configuration of a lake over a local stack. */
public final class TestLake {
    private TestLake() {}

    /** As a user would write it. */
    public static LakeConfig config(Endpoints stack, Duration commitInterval) {
        return config(stack, Map.of(), Map.of(), commitInterval);
    }

    /** With some settings changed. */
    public static LakeConfig config(
            Endpoints stack, Map<String, String> catalog, Map<String, String> hadoop, Duration commitInterval) {
        return new LakeConfig(
                "lake",
                "history",
                secrets(catalogProperties(stack), catalog),
                secrets(s3(stack.s3()), hadoop),
                commitInterval,
                100_000);
    }

    private static Map<String, String> catalogProperties(Endpoints stack) {
        CatalogEndpoint catalog = stack.catalog();
        return Map.of(
                "uri",
                catalog.uri(),
                "jdbc.user",
                catalog.user(),
                "jdbc.password",
                catalog.password(),
                "warehouse",
                "s3a://" + stack.s3().bucket() + "/");
    }

    private static Map<String, String> s3(S3Endpoint s3) {
        return Map.of(
                "fs.s3a.endpoint",
                s3.endpoint(),
                "fs.s3a.endpoint.region",
                "us-east-1",
                "fs.s3a.path.style.access",
                "true",
                "fs.s3a.access.key",
                s3.accessKey(),
                "fs.s3a.secret.key",
                s3.secretKey());
    }

    private static Map<String, Secret> secrets(Map<String, String> values, Map<String, String> changes) {
        Map<String, String> all = new HashMap<>(values);
        all.putAll(changes);
        Map<String, Secret> secrets = new HashMap<>();
        all.forEach((name, value) -> secrets.put(name, new Secret(value)));
        return secrets;
    }
}
