"""The Kafka side: how far topics reach, and the independent reading of what stands in them."""
import json, pathlib, subprocess, time

from .processes import Failed, await_that, output

JAVA = pathlib.Path(__file__).parent
SILENT = {"log_level": 0}  # while a broker is away, each attempt to reach it would be a line
NOT_YET = (3, 5, 6, -185, -187, -190, -195)  # no such partition, no or another leader; timed out, brokers down, unknown, cut


class Topics:
    def __init__(self, bootstrap, java, libraries, work):
        from confluent_kafka import Consumer
        from confluent_kafka.admin import AdminClient
        self.bootstrap, self.java, self.partitions = bootstrap, java, {}
        self.admin = AdminClient({"bootstrap.servers": bootstrap, **SILENT})
        self.readers = {
            level: Consumer({"bootstrap.servers": bootstrap, "group.id": "bench", "isolation.level": level, **SILENT})
            for level in ("read_committed", "read_uncommitted")
        }
        # without logback, which would print every fetch
        jars = [str(jar) for jar in libraries.glob("*.jar") if not jar.name.startswith("logback")]
        self.classpath = ":".join([str(work / "classes"), *jars])
        subprocess.run([java + "c", "-d", work / "classes", "-cp", self.classpath, *sorted(JAVA.glob("*.java"))], check=True)

    def create(self, topic, partitions=2):
        from confluent_kafka.admin import NewTopic
        for created in self.admin.create_topics([NewTopic(topic, partitions, 1)]).values():
            created.result()

    def ends(self, topic, level="read_committed"):
        """End offset by partition; `read_committed` ends before the oldest open transaction. Empty for a topic that is not
        there yet, or has just been made."""
        from confluent_kafka import KafkaException, TopicPartition
        if topic not in self.partitions:
            known = self.admin.list_topics(topic, timeout=30).topics[topic]
            if known.error:
                return {}
            self.partitions[topic] = list(known.partitions)
        reader = self.readers[level]
        try:
            return {p: reader.get_watermark_offsets(TopicPartition(topic, p), timeout=30)[1] for p in self.partitions[topic]}
        except KafkaException as e:
            if e.args[0].code() in NOT_YET:
                return {}
            raise

    def delete_all(self, prefix):
        names = [name for name in self.admin.list_topics(timeout=30).topics if name.startswith(prefix)]
        for deleted in (self.admin.delete_topics(names) if names else {}).values():
            deleted.result()

    def run(self, main, *arguments):
        return json.loads(output([self.java, "-Dslf4j.internal.verbosity=ERROR", "-cp", self.classpath, main, self.bootstrap, *arguments], main))

    def read(self, tool, shape, start, end):
        """Rows and checksum of what a read_committed reader finds between two ends of the tool's topic."""
        def spell(ends):
            return ",".join(f"{partition}:{offset}" for partition, offset in sorted(ends.items()))
        first = {partition: start.get(partition, 0) for partition in end}
        return self.run("TopicReader", tool.kind, tool.schemas_topic, shape, tool.topic, spell(first), spell(end))


class Flow:
    """Watches a topic from one offset on: when the first row arrived, and since when all rows are readable."""
    QUIET_SECONDS = 2.0

    def __init__(self, topics, topic):
        self.topics, self.topic, self.start = topics, topic, topics.ends(topic)

    def _sum(self, level):
        return sum(self.topics.ends(self.topic, level).values()) - sum(self.start.values())

    def watch(self, process, rows, patience):
        """Returns time and CPU at the first row, and at the last one's commit."""
        def first_row():
            process.check()
            return self._sum("read_uncommitted") > 0
        await_that(f"first row in {self.topic}", first_row, patience, 0.02)
        first = (time.monotonic(), process.cpu())
        reached, last = 0, first
        deadline = time.monotonic() + patience
        while reached < rows or time.monotonic() - last[0] < self.QUIET_SECONDS:
            now = self._sum("read_committed")
            if now > reached:
                reached, last = now, (time.monotonic(), process.cpu())
            process.check()
            if time.monotonic() > deadline:
                raise Failed(f"{reached} of {rows} rows in {self.topic} after {patience} s, see {process.log}")
            time.sleep(0.02)
        return first, last
