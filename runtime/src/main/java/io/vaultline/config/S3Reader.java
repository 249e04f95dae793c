package io.vaultline.config;

import java.util.LinkedHashMap;
import java.util.Map;

/** Reads the {@code s3} section and spells it as the settings of Hadoop's S3 file system. */
final class S3Reader {
    private static final String FILE_SYSTEM = "org.apache.hadoop.fs.s3a.S3AFileSystem";
    private static final String STATIC_KEYS = "org.apache.hadoop.fs.s3a.SimpleAWSCredentialsProvider";

    private S3Reader() {}

    /** The settings; none of the keys' values when the section is absent, so that the cloud's own sign-in is used. */
    static Map<String, Secret> read(YamlMap s3) {
        Map<String, Secret> settings = new LinkedHashMap<>();
        settings.put("fs.s3.impl", new Secret(FILE_SYSTEM));
        settings.put("fs.s3a.bucket.probe", new Secret("0"));
        if (s3.has("endpoint")) {
            settings.put("fs.s3a.endpoint", new Secret(s3.required("endpoint", ValueType.HTTP_URL)));
        }
        if (s3.has("access-key") || s3.has("secret-key")) {
            settings.put("fs.s3a.access.key", s3.required("access-key", ValueType.SECRET));
            settings.put("fs.s3a.secret.key", s3.required("secret-key", ValueType.SECRET));
            settings.put("fs.s3a.aws.credentials.provider", new Secret(STATIC_KEYS));
        }
        settings.put("fs.s3a.endpoint.region", new Secret(s3.optional("region", ValueType.TEXT, "us-east-1")));
        boolean pathStyle = s3.optional("path-style", ValueType.FLAG, s3.has("endpoint"));
        settings.put("fs.s3a.path.style.access", new Secret(Boolean.toString(pathStyle)));
        s3.rejectUnknownKeys();
        return settings;
    }
}
