package io.vaultline.devstack.local;

import io.vaultline.devstack.artifact.Packages;
import io.vaultline.devstack.process.Command;
import io.vaultline.devstack.server.S3Service;
import io.vaultline.devstack.server.Server;
import java.nio.file.Path;
import java.util.List;

/** S3Proxy over a folder, as a process: a JVM of its own; a bucket is a folder in that folder. */
final class S3Server {
    private final Home home;
    private final Packages packages;

    S3Server(Home home, Packages packages) {
        this.home = home;
        this.packages = packages;
    }

    Server start() {
        Path jars = packages.s3proxy();
        Path buckets = home.directory().folder("s3/buckets");
        home.directory().folder("s3/buckets/" + S3Service.BUCKET);
        S3Service service = S3Service.of(home.directory());
        Path settings = home.directory().write("s3/s3proxy.conf", settings(service, buckets));
        Path logging = home.directory().write("s3/logback.xml", Home.resource("s3-logback.xml"));
        return home.serve(
                Command.of(
                        "s3",
                        List.of(
                                home.java(),
                                "-Xmx192m",
                                "-XX:+UseSerialGC",
                                "-Dlogback.configurationFile=" + logging,
                                "-cp",
                                jars + "/*",
                                "org.gaul.s3proxy.Main",
                                "--properties",
                                settings.toString())),
                service);
    }

    private static String settings(S3Service service, Path buckets) {
        return String.join(
                "\n",
                "s3proxy.endpoint=" + service.url(),
                "s3proxy.authorization=aws-v2-or-v4",
                "s3proxy.identity=" + service.accessKey(),
                "s3proxy.credential=" + service.secretKey(),
                "jclouds.provider=filesystem-nio2",
                "jclouds.filesystem.basedir=" + Escape.properties(buckets.toString()),
                "");
    }
}
