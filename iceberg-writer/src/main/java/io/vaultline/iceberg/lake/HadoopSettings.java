package io.vaultline.iceberg.lake;

import io.vaultline.config.LakeConfig;
import org.apache.hadoop.conf.Configuration;

/** Settings of Hadoop's S3 file system: ours, unless the user says otherwise. */
final class HadoopSettings {
    private static final String S3A = "org.apache.hadoop.fs.s3a.S3AFileSystem";

    private HadoopSettings() {}

    static Configuration of(LakeConfig config) {
        Configuration settings = new Configuration();
        settings.set("fs.s3a.impl", S3A);
        settings.set("fs.s3.impl", S3A);
        settings.set("fs.s3a.bucket.probe", "0");
        // names of files are never used twice, so nothing has to be looked up before they are created or deleted
        settings.set("fs.s3a.performance.flags", "create,delete,mkdir");
        // an outage is ours to wait out: from the start, with the consumer group kept alive, and said in the log
        settings.set("fs.s3a.attempts.maximum", "3");
        settings.set("fs.s3a.retry.limit", "3");
        settings.set("fs.s3a.retry.interval", "200ms");
        settings.set("fs.s3a.connection.establish.timeout", "15s");
        if (config.hadoop().containsKey("fs.s3a.access.key")) {
            settings.set("fs.s3a.aws.credentials.provider", "org.apache.hadoop.fs.s3a.SimpleAWSCredentialsProvider");
        }
        config.hadoop().forEach((name, value) -> settings.set(name, value.reveal()));
        return settings;
    }

    /** The same settings for one question at start, which has to be answered within seconds. */
    static Configuration impatient(Configuration settings) {
        Configuration impatient = new Configuration(settings);
        impatient.set("fs.s3a.attempts.maximum", "1");
        impatient.set("fs.s3a.retry.limit", "1");
        return impatient;
    }
}
