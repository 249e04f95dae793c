"""What is measured: each run with ours and the peer one after the other on the same data, and its rows checked."""
import itertools, os, pathlib, re, shutil, signal, subprocess, threading, time

from .processes import Failed, await_that, end
from .sources import Mongo, Postgres
from .tools import DebeziumServer, Vaultline, streaming
from .topics import Flow

PATIENCE = 900
SMALL_HEAP = ["-Xmx512m"]
numbers = itertools.count(1)


def label():
    return f"b{os.getpid()}x{next(numbers)}"


def checked(topics, tool, source, start, expected):
    found = topics.read(tool, source.shape, start, topics.ends(tool.topic))
    if found != expected:
        raise Failed(f"{tool.name}: rows differ: expected {dict(expected)}, found {found} in {tool.topic}")


def figures(rows, process, first, last, cpu_before=0.0):
    million = rows / 1e6
    return {
        "rows": rows,
        "rows_s": rows / (last[0] - first[0]),
        "rows_s_with_start": rows / (last[0] - process.started),
        "cpu_s_per_million": (last[1] - first[1]) / million,
        "cpu_s_per_million_with_start": (last[1] - cpu_before) / million,
        "peak_mib": process.peak_mib(),
    }


def in_turn(tools, run):
    return tools if run % 2 == 0 else tools[::-1]


def finish(topics, source, tool):
    source.forget(tool)
    topics.delete_all(tool.label)
    shutil.rmtree(tool.directory)


def work_off(tool, topics, source, expected):
    """The tool, started before what waits for it in the database."""
    flow = Flow(topics, tool.topic)
    with tool.running() as process:
        first, last = flow.watch(process, expected["rows"], PATIENCE)
        taken = figures(expected["rows"], process, first, last)
    checked(topics, tool, source, flow.start, expected)
    return taken


def catch_up(machine, topics, options, kind):
    """Changes that were made while both were stopped."""
    source = kind(machine, label())
    tools = [tool(machine, source, label()) for tool in (Vaultline, DebeziumServer)]
    for tool in tools:
        tool.prepare(topics)
        with streaming(tool, topics, source):
            pass
    warm = source.change(options.warm)
    for tool in tools:
        work_off(tool, topics, source, warm)
    for run in range(options.runs):
        expected = source.change(options.rows)
        for tool in in_turn(tools, run):
            yield tool.name, work_off(tool, topics, source, expected)
    for tool in tools:
        finish(topics, source, tool)
    source.close()


def snapshot(machine, topics, options, kind):
    """Rows that stood in the database before the tool came."""
    source = kind(machine, label())
    expected = source.fill(options.rows)
    for run in range(options.runs):
        for make in in_turn([Vaultline, DebeziumServer], run):
            tool = make(machine, source, label())
            tool.prepare(topics)
            yield tool.name, work_off(tool, topics, source, expected)
            finish(topics, source, tool)
    source.close()


def latency(machine, topics, options):
    """Single commits at a steady rate, until a read_committed consumer has them."""
    source = Postgres(machine, label())
    os.environ |= {"BENCH_USER": source.user, "BENCH_PASSWORD": source.password}
    tools = [tool(machine, source, label()) for tool in (Vaultline, DebeziumServer)]
    for tool in tools:
        tool.prepare(topics)
        with streaming(tool, topics, source):
            pass
    for run in range(options.runs):
        for tool in in_turn(tools, run):
            yield tool.name, one_latency(tool, topics, source, options)
    for tool in tools:
        finish(topics, source, tool)
    source.close()


def one_latency(tool, topics, source, options):
    with streaming(tool, topics, source) as process:
        time.sleep(1)  # what the other tool's run left behind has come through
        before, clock = process.cpu(), time.monotonic()
        taken = topics.run("CommitLatency", tool.kind, tool.topic, source.url, source.last + 1, options.rate, options.warm_seconds, options.seconds)
        taken["cpu_cores"] = (process.cpu() - before) / (time.monotonic() - clock)
        taken["peak_mib"] = process.peak_mib()
    source.last += options.rate * (options.warm_seconds + options.seconds)
    if taken["missing"] or taken["twice"]:
        raise Failed(f"{tool.name}: rows differ: {taken}")
    return taken


def heap_tool(machine, source):
    name = label()
    log = machine.work / f"{name}-gc.log"
    tool = Vaultline(machine, source, name, heap=SMALL_HEAP, options=[f"-Xlog:gc:file={log}"], name="Vaultline, -Xmx512m")
    return tool, log


def heap_figures(log):
    """MiB: the highest fill of the heap before a collection, and after one."""
    collections = re.findall(r"(\d+)M->(\d+)M\(", log.read_text())
    before, after = zip(*((int(b), int(a)) for b, a in collections))
    return {"peak_heap_mib": max(before), "peak_live_mib": max(after)}


def large_transaction(machine, topics, options):
    """One transaction of very many rows, in a small heap."""
    for _ in range(options.runs):
        source = Postgres(machine, label())
        tool, log = heap_tool(machine, source)
        with streaming(tool, topics, source) as process:
            flow, cpu = Flow(topics, tool.topic), process.cpu()
            expected = source.insert_at_once(options.transaction_rows)
            committed = time.monotonic()
            first, last = flow.watch(process, expected["rows"], 3600)
            taken = figures(expected["rows"], process, (committed, first[1]), last, cpu)
        checked(topics, tool, source, flow.start, expected)
        yield tool.name, taken | heap_figures(log)
        finish(topics, source, tool)
        source.close()


class KafkaServer:
    """The devstack's broker, which can be away for a while."""

    def __init__(self, stack):
        self.log = stack / "logs/kafka-restarted.log"
        self.pid = int((stack / "run/kafka.pid").read_text())
        self.popen = None
        self.command = pathlib.Path(f"/proc/{self.pid}/cmdline").read_bytes().decode().split("\0")[:-1]

    def stop(self):
        if self.popen:
            end(self.popen)
        else:
            os.kill(self.pid, signal.SIGTERM)
            await_that("the end of Kafka", lambda: not pathlib.Path(f"/proc/{self.pid}").exists(), 60)

    def start(self):
        with open(self.log, "ab") as out:
            self.popen = subprocess.Popen(self.command, stdout=out, stderr=out, start_new_session=True)


class Load(threading.Thread):
    """Inserts at a steady rate, in transactions of a tenth of a second, until told to end."""

    def __init__(self, source, rate):
        super().__init__(daemon=True)
        self.source, self.rate, self.ended, self.rows, self.failure = source, rate, threading.Event(), 0, None

    def run(self):
        try:
            begun = time.monotonic()
            while not self.ended.wait(max(0.0, begun + self.rows / self.rate - time.monotonic())):
                self.source.insert(self.rate // 10)
                self.rows += self.rate // 10
        except Exception as e:  # told by the thread that waits for this one
            self.failure = e

    def end(self):
        self.ended.set()
        self.join()
        if self.failure:
            raise self.failure


def outage(machine, topics, options):
    """Kafka is away under load. As a supervisor would, the tool is started again when it gives up."""
    for _ in range(options.runs):
        source = Postgres(machine, label())
        tool, log = heap_tool(machine, source)
        start, starts, peak = None, 0, 0
        kafka = KafkaServer(machine.stack)
        load = Load(source, options.outage_rate)
        with streaming(tool, topics, source):
            start = topics.ends(tool.topic)
        load.start()
        away, back, over = time.monotonic() + 10, None, None
        down = False
        while over is None:
            starts += 1
            with tool.running() as process:
                while process.popen.poll() is None and over is None:
                    time.sleep(0.2)
                    now = time.monotonic()
                    peak = max(peak, process.peak_mib() if process.popen.poll() is None else 0)
                    if back is None and not down and now > away:
                        kafka.stop()
                        down, back = True, now + options.outage
                    elif down and now > back:
                        kafka.start()
                        down = False
                        away = float("inf")
                    elif not down and back and now > back + 10:
                        if load.is_alive():
                            load.end()
                        if sum(topics.ends(tool.topic).values()) - sum(start.values()) >= load.rows:
                            over = now - back
                    if back and now > back + PATIENCE:
                        raise Failed(f"not caught up {PATIENCE} s after the outage, see {tool.log}")
        expected = source.inserted(load.rows)
        checked(topics, tool, source, start, expected)
        yield tool.name, {"rows": load.rows, "outage_s": options.outage, "starts": starts, "caught_up_s": over, "peak_mib": peak} | heap_figures(log)
        finish(topics, source, tool)
        source.close()


SCENARIOS = {
    "initial": lambda *given: snapshot(*given, Postgres),
    "streaming": lambda *given: catch_up(*given, Postgres),
    "mongo-snapshot": lambda *given: snapshot(*given, Mongo),
    "mongo-stream": lambda *given: catch_up(*given, Mongo),
    "latency": latency,
    "heap": large_transaction,
    "outage": outage,
}
