"""The programs that are compared, each with the settings it is measured with."""
import contextlib, json, shutil, socket, subprocess

from .processes import await_that, output, running

DEBEZIUM = "io.debezium:debezium-server-dist:3.6.0.Final:tar.gz"
# The 2.x plugin, since newer ones want the archive's parent pom, which is not published.
PLUGIN = "org.apache.maven.plugins:maven-dependency-plugin:2.10"
HEAP = ["-Xms1g", "-Xmx1g", "-XX:+UseG1GC"]


def fetch_debezium(cache):
    home = cache / "debezium-server-3.6.0.Final"
    if home.exists():
        return home
    print("fetching Debezium Server (780 MB), once", flush=True)
    archives = cache / "archives"
    output(["mvn", "-B", "-q", PLUGIN + ":get", f"-Dartifact={DEBEZIUM}", "-Dtransitive=false"], "mvn")
    output(["mvn", "-B", "-q", PLUGIN + ":copy", f"-Dartifact={DEBEZIUM}", f"-DoutputDirectory={archives}"], "mvn")
    part = cache / "unpacking"
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir()
    archive = next(archives.glob("debezium-server-dist-*.tar.gz"))
    subprocess.run(["tar", "xzf", archive, "--strip-components=1", "-C", part], check=True)
    part.rename(home)
    shutil.rmtree(archives)
    return home


def free_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


class Vaultline:
    """Our capture, as `run --roles capture` starts it."""
    kind = "vaultline"

    def __init__(self, machine, source, label, heap=HEAP):
        self.name = "Vaultline, exactly-once" if machine.engine == "native" else "Vaultline through Debezium, exactly-once"
        self.machine, self.source, self.label = machine, source, label
        self.java = [machine.java, *heap, *machine.java_options]
        self.schemas_topic, self.topic = f"{label}.__schemas", f"{label}.src.{source.namespace}.bench"
        self.slot = f"vaultline_{label}_src"
        self.directory = machine.work / label
        self.directory.mkdir()
        self.log = self.directory / "vaultline.log"
        self.port = free_port()
        self._configure()

    def _configure(self):
        endpoint = self.machine.endpoints
        lines = [f"pipeline: {self.label}", "sources:", "  src:", *("    " + line for line in self.source.vaultline()), f"    engine: {self.machine.engine}"]
        lines += ["kafka:", f"  bootstrap-servers: {endpoint['kafka.bootstrap.servers']}", "  partitions: 2", "  replication-factor: 1"]
        lines += ["clickhouse:", f"  url: {endpoint['clickhouse.http.url']}", f"  user: {endpoint['clickhouse.user']}",
                  f"  password: {json.dumps(endpoint['clickhouse.password'])}"]
        lines += ["lake:", "  catalog: lake", "  catalog-properties:", f"    uri: {endpoint['iceberg.catalog.uri']}",
                  "    warehouse: s3a://bench/", "http:", f"  port: {self.port}"]
        self.config = self.directory / "pipeline.yaml"
        self.config.write_text("\n".join(lines) + "\n")

    def prepare(self, topics):
        """Nothing: it creates its topics itself."""

    def running(self):
        command = [*self.java, "-jar", self.machine.jar, "run", "--config", self.config, "--roles", "capture"]
        return running(self.log, command)


class DebeziumServer:
    """Debezium Server, well tuned: at least once, JSON without schemas, larger batches, short polls."""
    kind, schemas_topic, name = "debezium", "-", "Debezium Server 3.6.0, tuned"

    def __init__(self, machine, source, label):
        self.machine, self.source, self.label = machine, source, label
        self.topic, self.slot = f"{label}.{source.namespace}.bench", f"{label}_slot"
        self.directory = machine.work / label
        (self.directory / "config").mkdir(parents=True)
        self.log = self.directory / "debezium.log"
        settings = {
            "debezium.sink.type": "kafka",
            "debezium.sink.kafka.producer.bootstrap.servers": machine.endpoints["kafka.bootstrap.servers"],
            "debezium.sink.kafka.producer.key.serializer": "org.apache.kafka.common.serialization.StringSerializer",
            "debezium.sink.kafka.producer.value.serializer": "org.apache.kafka.common.serialization.StringSerializer",
            "debezium.sink.kafka.producer.linger.ms": 5,
            "debezium.sink.kafka.producer.batch.size": 262144,
            "debezium.sink.kafka.producer.compression.type": "lz4",
            "debezium.format.key.schemas.enable": "false",
            "debezium.format.value.schemas.enable": "false",
            "debezium.source.topic.prefix": label,
            "debezium.source.offset.storage.file.filename": self.directory / "offsets.dat",
            "debezium.source.offset.flush.interval.ms": 1000,
            "debezium.source.poll.interval.ms": 10,
            "debezium.source.snapshot.fetch.size": 20480,
            "debezium.source.tombstones.on.delete": "false",
            "quarkus.http.host": "127.0.0.1",
            "quarkus.http.port": 0,
            "quarkus.log.console.json": "false",
        }
        settings |= {"debezium.source." + key: value for key, value in source.debezium(label, self.slot).items()}
        text = "".join(f"{key}={value}\n" for key, value in settings.items())
        (self.directory / "config/application.properties").write_text(text)

    def prepare(self, topics):
        topics.create(self.topic)

    def running(self):
        home = self.machine.debezium
        runner = next(home.glob("debezium-server-dist-*-runner.jar"))
        classpath = f"{runner}:{home}/config/lib:{home}/lib/*"
        return running(self.log, [self.machine.peer_java, *HEAP, "--add-opens=java.base/java.lang=ALL-UNNAMED", "-cp", classpath, "io.debezium.server.Main"], self.directory)


@contextlib.contextmanager
def streaming(tool, topics, source, seeds=3):
    """The tool at work: some changes that are made now have come through."""
    with tool.running() as process:
        for number in range(seeds):
            before = sum(topics.ends(tool.topic).values())

            def through():
                process.check()
                return sum(topics.ends(tool.topic).values()) > before
            source.seed()
            await_that(f"a first change through {tool.name}, see {tool.log}", through, 120)
        yield process
