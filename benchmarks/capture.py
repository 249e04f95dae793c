#!/usr/bin/env python3
"""Measures capture into Kafka against Debezium Server, on real servers, with the same data, one after the other.

    python3 benchmarks/capture.py [--only initial,streaming,mongo-snapshot,mongo-stream,latency,heap,outage]
                                  [--engine native|debezium] [--rows 1000000] [--runs 5] [--results FILE] [--save]

Every run is checked: an independent reader takes all rows from Kafka, and their number and checksum have to be those of
the database. Needs the built jar, Maven (which fetches Debezium Server once, 780 MB) and pip. benchmarks/README.md says
more.
"""
import argparse, contextlib, os, pathlib, signal, subprocess, sys, tempfile, types

from capture_bench import processes, report, scenarios, tools, topics

ROOT = pathlib.Path(__file__).resolve().parents[1]
JAR = ROOT / "cdc-runner/target/cdc-runner.jar"
CACHE = pathlib.Path(os.environ.get("VAULTLINE_CACHE", pathlib.Path.home() / ".cache/vaultline")) / "benchmarks"
LIBRARIES = ["psycopg[binary]==3.2.10", "confluent-kafka==2.16.1", "pymongo==4.16.0"]


def in_venv():
    venv = CACHE / "venv"
    python = venv / "bin/python"
    if pathlib.Path(sys.executable) == python:
        return
    if not (venv / "complete").exists():
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(venv)], check=True)
        subprocess.run([str(venv / "bin/pip"), "install", "-q", *LIBRARIES], check=True)
        (venv / "complete").touch()
    os.execv(str(python), [str(python), *sys.argv])


def options():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default=",".join(scenarios.SCENARIOS), help="what is measured, with commas between")
    parser.add_argument("--rows", type=int, default=1_000_000, help="rows or changes of a run")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--warm", type=int, default=100_000, help="rows or changes before the first run, which warm the broker up")
    parser.add_argument("--rate", type=int, default=1000, help="latency: commits a second")
    parser.add_argument("--seconds", type=int, default=60, help="latency: how long")
    parser.add_argument("--warm-seconds", type=int, default=10, help="latency: how long before that")
    parser.add_argument("--transaction-rows", type=int, default=10_000_000, help="heap: rows of the one transaction")
    parser.add_argument("--outage", type=int, default=600, help="outage: seconds without Kafka")
    parser.add_argument("--outage-rate", type=int, default=1000, help="outage: rows a second")
    parser.add_argument("--engine", choices=["native", "debezium"], default="native", help="what reads the sources' streams for ours")
    parser.add_argument("--java", default="java", help="runs ours")
    parser.add_argument("--java-option", action="append", default=[], help="one more for ours, such as a flight recording")
    parser.add_argument("--peer-java", help="runs the peer; default: JAVA25_HOME, or the newest JDK beside the other")
    parser.add_argument("--stack", type=pathlib.Path, help="directory of a devstack that runs; default: one of its own")
    parser.add_argument("--results", type=pathlib.Path, help="runs are added to this file, and those in it count too")
    parser.add_argument("--report", action="store_true", help="measure nothing, print what --results holds")
    parser.add_argument("--save", action="store_true", help="write the tables into benchmarks/README.md")
    chosen = parser.parse_args()
    chosen.only = chosen.only.split(",")
    unknown = set(chosen.only) - set(scenarios.SCENARIOS)
    if unknown:
        parser.error(f"unknown: {', '.join(sorted(unknown))}; there are {', '.join(scenarios.SCENARIOS)}")
    return chosen


@contextlib.contextmanager
def stack(given, work):
    """Directory and endpoints of real servers."""
    directory = given or work / "stack"
    endpoints = directory / "endpoints.properties"

    def read():
        return dict(line.split("=", 1) for line in endpoints.read_text().splitlines() if "=" in line)
    if given:
        yield directory, read()
        return
    with processes.running(work / "devstack.log", ["java", "-Xmx256m", "-jar", JAR, "devstack", "--dir", directory]) as devstack:
        def ready():
            devstack.check()
            return endpoints.exists()
        processes.await_that("the devstack", ready, 600)
        yield directory, read()


def machine_line(java, peer_java):
    cpu = next(line.split(":")[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name"))
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (f"{os.cpu_count()} cores ({cpu}), {memory:.0f} GiB, servers on the same machine; ours, at the commits named, on JDK "
            f"{processes.java_version(java)}, Debezium Server on JDK {processes.java_version(peer_java)}, each with 1 GB heap and G1.")


def commit():
    return subprocess.run(["git", "-C", ROOT, "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=True).stdout.strip()


def measure(chosen, peer_java, results):
    with tempfile.TemporaryDirectory(prefix="vaultline-bench-") as name, contextlib.ExitStack() as open_things:
        work = pathlib.Path(name)
        directory, endpoints = open_things.enter_context(stack(chosen.stack, work))
        machine = types.SimpleNamespace(java=chosen.java, java_options=chosen.java_option, engine=chosen.engine, peer_java=peer_java, jar=JAR, work=work, stack=directory,
                                        endpoints=endpoints, debezium=tools.fetch_debezium(CACHE))
        kafka = topics.Topics(endpoints["kafka.bootstrap.servers"], chosen.java, JAR.parent / "lib", work)
        try:
            for scenario in chosen.only:
                for tool, figures in scenarios.SCENARIOS[scenario](machine, kafka, chosen):
                    print(f"{scenario}: {tool}: " + ", ".join(f"{k} {v:,.1f}" for k, v in figures.items()), flush=True)
                    results.add(scenario, tool, figures, commit())
        except BaseException:
            keep_logs(work)
            raise


def keep_logs(work):
    kept = pathlib.Path(tempfile.mkdtemp(prefix="vaultline-bench-logs-"))
    for log in [*work.glob("*/*.log"), *work.glob("*.log")]:
        (kept / f"{log.parent.name}-{log.name}").write_bytes(log.read_bytes())
    print(f"logs: {kept}", file=sys.stderr)


def main():
    chosen = options()
    CACHE.mkdir(parents=True, exist_ok=True)
    in_venv()
    if not JAR.exists():
        sys.exit("no jar: run `mvn -B -q -DskipTests package` first")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("ended"))
    peer_java = chosen.peer_java or processes.newest_java(chosen.java)
    results = report.Results(chosen.results)
    try:
        if not chosen.report:
            measure(chosen, peer_java, results)
    except processes.Failed as failure:
        sys.exit(f"failed: {failure}")
    except KeyboardInterrupt:
        sys.exit("interrupted")
    text = results.markdown(machine_line(chosen.java, peer_java))
    print(text)
    if chosen.save:
        report.save(ROOT / "benchmarks/README.md", text, "capture")


if __name__ == "__main__":
    main()
