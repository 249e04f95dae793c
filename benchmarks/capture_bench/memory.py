"""Ours in a small heap: a very large transaction, and Kafka away under load."""
import contextlib, os, pathlib, re, signal, subprocess, threading, time

from .processes import Failed, await_that, end
from .runs import PATIENCE, checked, finish, label
from .sources import Postgres
from .tools import Vaultline, streaming
from .topics import Flow

HOUR = 3600
MARGIN_SECONDS = 10


def small_heap(machine, source):
    """The tool and the folder of its logs of collections, one for each start."""
    logs = machine.work / f"{label()}-collections"
    logs.mkdir()
    heap = ["-Xmx512m", f"-Xlog:gc:file={logs}/%p.log:time:filecount=0"]
    return Vaultline(machine, source, label(), heap=heap), logs


def heap_figures(logs):
    """MiB: the highest fill of the heap before a collection, and after one."""
    text = "".join(log.read_text() for log in logs.iterdir())
    fills = [(int(before), int(after)) for before, after in re.findall(r"(\d+)M->(\d+)M\(", text)]
    return {"peak_heap_mib": max(before for before, _ in fills), "peak_live_mib": max(after for _, after in fills)}


def large_transaction(machine, topics, options):
    """One transaction of very many rows."""
    for _ in range(options.runs):
        source = Postgres(machine, label())
        tool, logs = small_heap(machine, source)
        with streaming(tool, topics, source) as process:
            flow = Flow(topics, tool.topic)
            expected = source.insert_at_once(options.transaction_rows)
            committed = time.monotonic()
            _, last = flow.watch(process, expected["rows"], HOUR)
            taken = {"rows": expected["rows"], "seconds": last[0] - committed, "peak_mib": process.peak_mib()}
        checked(topics, tool, source, flow.start, expected)
        yield "Vaultline", taken | heap_figures(logs)
        finish(topics, source, tool)
        source.close()


class Broker:
    """The devstack's Kafka, which is ended and started again with the same command."""

    def __init__(self, stack):
        self.log = stack / "logs/kafka-again.log"
        self.pid = int((stack / "run/kafka.pid").read_text())
        self.command = pathlib.Path(f"/proc/{self.pid}/cmdline").read_bytes().decode().split("\0")[:-1]
        self.again = None

    def stop(self):
        os.kill(self.pid, signal.SIGTERM)
        await_that("the end of Kafka", lambda: not pathlib.Path(f"/proc/{self.pid}").exists(), 60)

    def start(self):
        with open(self.log, "ab") as out:
            self.again = subprocess.Popen(self.command, stdout=out, stderr=out, start_new_session=True)

    def close(self):
        if self.again:
            end(self.again)


class Load(threading.Thread):
    """Inserts at a steady rate, in transactions of a tenth of a second, while the broker goes away and comes back."""

    def __init__(self, source, broker, options):
        super().__init__(daemon=True)
        self.source, self.broker, self.rate, self.seconds = source, broker, options.outage_rate, options.outage
        self.rows, self.back, self.failure, self.over = 0, 0.0, None, threading.Event()

    def run(self):
        try:
            self._insert_for(MARGIN_SECONDS)
            self.broker.stop()
            self._insert_for(self.seconds)
            self.broker.start()
            self.back = time.monotonic()
            self._insert_for(MARGIN_SECONDS)
        except Exception as failure:  # the thread that waits for this one raises it
            self.failure = failure
        self.over.set()

    def _insert_for(self, seconds):
        begun, each = time.monotonic(), self.rate // 10
        for tenth in range(seconds * 10):
            time.sleep(max(0.0, begun + tenth / 10 - time.monotonic()))
            self.source.insert(each)
            self.rows += each


def outage(machine, topics, options):
    """As a supervisor would, the tool is started again when it gives up."""
    if options.stack:
        raise Failed("outage stops the broker: it needs a devstack of its own, leave --stack out")
    with contextlib.closing(Broker(machine.stack)) as broker:
        source = Postgres(machine, label())
        tool, logs = small_heap(machine, source)
        with streaming(tool, topics, source):
            pass
        start = topics.ends(tool.topic)
        load = Load(source, broker, options)
        load.start()
        starts, peak = supervise(tool, load, lambda: sum(topics.ends(tool.topic).values()) - sum(start.values()))
        caught_up = time.monotonic() - load.back
        checked(topics, tool, source, start, source.inserted(load.rows))
        figures = {"rows": load.rows, "outage_s": options.outage, "starts": starts, "seconds": caught_up, "peak_mib": peak}
        yield "Vaultline", figures | heap_figures(logs)


def supervise(tool, load, readable):
    """Runs the tool until all of the load is readable; says how often it was started, and its most memory in MiB."""
    deadline = time.monotonic() + load.seconds + PATIENCE
    starts, peak = 0, 0
    while True:
        starts += 1
        with tool.running() as process:
            while process.popen.poll() is None:
                with contextlib.suppress(Failed, OSError):  # it has just ended
                    peak = max(peak, process.peak_mib())
                if load.failure:
                    raise load.failure
                if load.over.is_set() and readable() >= load.rows:
                    return starts, peak
                if time.monotonic() > deadline:
                    raise Failed(f"not caught up {PATIENCE} s after the outage, see {tool.log}")
                time.sleep(0.2)
