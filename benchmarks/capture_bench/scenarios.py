"""What is measured: each run with ours and the peer one after the other on the same data, and its rows checked."""
import os, time

from .memory import large_transaction, outage
from .processes import Failed
from .runs import PATIENCE, checked, figures, finish, label
from .sources import Mongo, Postgres
from .tools import DebeziumServer, Vaultline, streaming
from .topics import Flow


def in_turn(tools, run):
    return tools if run % 2 == 0 else tools[::-1]


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
    """Rows that stood in the database before the tool came; a small table goes through both first, for the broker."""
    for rows, runs, counts in ((options.warm, 1, False), (options.rows, options.runs, True)):
        source = kind(machine, label())
        expected = source.fill(rows)
        for run in range(runs):
            for make in in_turn([Vaultline, DebeziumServer], run):
                tool = make(machine, source, label())
                tool.prepare(topics)
                taken = work_off(tool, topics, source, expected)
                if counts:
                    yield tool.name, taken
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


SCENARIOS = {
    "initial": lambda *given: snapshot(*given, Postgres),
    "streaming": lambda *given: catch_up(*given, Postgres),
    "mongo-snapshot": lambda *given: snapshot(*given, Mongo),
    "mongo-stream": lambda *given: catch_up(*given, Mongo),
    "latency": latency,
    "heap": large_transaction,
    "outage": outage,
}
