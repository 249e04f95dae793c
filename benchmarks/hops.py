#!/usr/bin/env python3
"""Measures each hop of the pipeline by itself, on real servers: rows per second and CPU-seconds per million rows.

    python3 benchmarks/hops.py [--rows 200000] [--runs 3] [--save]

A table of ten columns (about 120 bytes a row) is read in by the capture's snapshot, then updated whole in transactions
of 1,000 rows; the loader and the archive then work off what stands in Kafka, each alone in its process. CPU is that of
the pipeline's process, not of the servers. Needs the built jar; psycopg comes through pip into a venv of its own.
"""
import argparse, contextlib, json, os, pathlib, platform, re, signal, statistics, subprocess, sys, tempfile, time
import urllib.request

from capture_bench import report

ROOT = pathlib.Path(__file__).resolve().parents[1]
JAR = ROOT / "cdc-runner/target/cdc-runner.jar"
TICKS = os.sysconf("SC_CLK_TCK")


def in_venv():
    venv = pathlib.Path(tempfile.gettempdir()) / "vaultline-bench-venv"
    python = venv / "bin/python"
    if pathlib.Path(sys.executable) == python:
        return
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(venv)], check=True)
        subprocess.run([str(venv / "bin/pip"), "install", "-q", "psycopg[binary]==3.2.10"], check=True)
    os.execv(str(python), [str(python), *sys.argv])


def await_that(what, condition, seconds, worker=None):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        result = condition()
        if result:
            return result
        time.sleep(0.02)
    log = worker.last_words() if worker else ""
    sys.exit(f"gave up after {seconds} s: {what}{log}")


@contextlib.contextmanager
def process(log, *arguments):
    with open(log, "ab") as out:
        started = subprocess.Popen(["java", "-Xmx768m", "-jar", str(JAR), *arguments], stdout=out, stderr=out)
        try:
            yield started
        finally:
            started.send_signal(signal.SIGTERM)
            started.wait(60)


@contextlib.contextmanager
def devstack(directory):
    endpoints = directory / "endpoints.properties"
    with process(directory.parent / "devstack.log", "devstack", "--dir", str(directory)) as stack:
        await_that("the devstack", lambda: endpoints.exists() or stack.poll() is not None, 600)
        if stack.poll() is not None:
            sys.exit(f"the devstack did not start, see {directory.parent / 'devstack.log'}")
        yield dict(line.split("=", 1) for line in endpoints.read_text().splitlines() if "=" in line)


class Role:
    """One role in a process of its own, watched from outside."""

    def __init__(self, name, running, url, log):
        self.name, self.running, self.url, self.log = name, running, url, log

    def check(self):
        if self.running.poll() is not None:
            sys.exit(f"{self.name} ended with exit code {self.running.returncode}{self.last_words()}")

    def last_words(self):
        return ", its log:\n" + self.log.read_text()[-4000:]

    def changes(self):
        try:
            with urllib.request.urlopen(self.url + "/status", timeout=2) as answer:
                progress = json.load(answer)["progress"]
        except OSError:
            return 0
        return sum(p["changes"] for p in progress if p["role"] == self.name)

    def ready(self):
        try:
            return urllib.request.urlopen(self.url + "/ready", timeout=2).status == 200
        except OSError:
            return False

    def cpu_seconds(self):
        fields = pathlib.Path(f"/proc/{self.running.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def peak_mib(self):
        status = pathlib.Path(f"/proc/{self.running.pid}/status").read_text()
        return int(re.search(r"VmHWM:\s+(\d+)", status).group(1)) // 1024


@contextlib.contextmanager
def role(name, config, directory, port):
    log = directory.parent / f"{name}.log"
    arguments = ("run", "--config", str(config), "--roles", name, "--http-port", str(port))
    with process(log, *arguments) as running:
        yield Role(name, running, f"http://127.0.0.1:{port}", log)


def measure(worker, rows, begin):
    """Time and CPU from `begin` until the role has made `rows` further changes durable."""
    before, cpu, clock = worker.changes(), worker.cpu_seconds(), time.monotonic()
    begin()
    await_that(f"{rows} rows through {worker.name}", lambda: worker.check() or worker.changes() - before >= rows, 120, worker)
    seconds = time.monotonic() - clock
    return {"rows_s": rows / seconds, "cpu_s_per_million": (worker.cpu_seconds() - cpu) / rows * 1e6, "peak_mib": worker.peak_mib()}


def database(endpoints):
    import psycopg
    host = re.match(r"jdbc:postgresql://([^:]+):(\d+)/(\w+)", endpoints["postgres.jdbc.url"])
    return psycopg.connect(host=host[1], port=host[2], dbname=host[3], user=endpoints["postgres.user"], password=endpoints["postgres.password"], autocommit=True)


CREATE = "create table bench(id bigint primary key, a int not null, b int, c bigint, d numeric(12,2), e text, f text, g timestamptz, h boolean, i date)"
FILL = """insert into bench select n, n %% 1000, n %% 77, n * 7919, (n %% 100000) / 100.0, 'name ' || n, md5(n::text),
          timestamptz '2026-01-01' + n * interval '1 second', n %% 2 = 0, date '2026-01-01' + (n %% 365)::int from generate_series(1, %s) n"""


def update_all(connection, rows):
    for first in range(0, rows, 1000):
        connection.execute("update bench set a = a + 1, g = now() where id > %s and id <= %s", (first, first + 1000))


def one_run(rows, port):
    with tempfile.TemporaryDirectory(prefix="vaultline-bench-") as parent:
        directory = pathlib.Path(parent) / "stack"
        results = {}
        with devstack(directory) as endpoints, database(endpoints) as connection:
            config = directory / "pipeline.yaml"
            connection.execute(CREATE)
            connection.execute(FILL, (rows,))
            with role("capture", config, directory, port) as capture:
                results["snapshot to Kafka, with the start of Java"] = measure(capture, rows, lambda: None)
                await_that("capture ready", capture.ready, 60)
                results["streaming to Kafka"] = measure(capture, rows, lambda: update_all(connection, rows))
            for name, what in (("load", "Kafka to vault"), ("archive", "Kafka to history")):
                with role(name, config, directory, port) as worker:
                    results[what + ", with the start of Java"] = measure(worker, 2 * rows, lambda: None)
        return results


def table(runs, rows):
    commit = subprocess.run(["git", "-C", str(ROOT), "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=True).stdout.strip()
    lines = [f"{os.cpu_count()} cores, {platform.machine()}, heap 768 MiB, {rows:,} rows, medians of {len(runs)}, at {commit}:", "",
             "| hop | rows/s | CPU-s per million rows | peak RSS, MiB |", "|---|---|---|---|"]
    for hop in runs[0]:
        middle = {figure: statistics.median(run[hop][figure] for run in runs) for figure in runs[0][hop]}
        lines.append(f"| {hop} | {middle['rows_s']:,.0f} | {middle['cpu_s_per_million']:.1f} | {middle['peak_mib']:.0f} |")
    return "\n".join(lines) + "\n"


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--rows", type=int, default=200_000)
    options.add_argument("--runs", type=int, default=3)
    options.add_argument("--save", action="store_true", help="write the table into benchmarks/README.md")
    options.add_argument("--port", type=int, default=18790, help="loopback port for the role under measurement")
    chosen = options.parse_args()
    in_venv()
    if not JAR.exists():
        sys.exit("no jar: run `mvn -B -q -DskipTests package` first")
    runs = [one_run(chosen.rows, chosen.port) for _ in range(chosen.runs)]
    text = table(runs, chosen.rows)
    print(text)
    if chosen.save:
        report.save(ROOT / "benchmarks/README.md", text, "hops")


if __name__ == "__main__":
    main()
