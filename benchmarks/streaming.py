#!/usr/bin/env python3
"""Measures how fast PostgreSQL's changes are captured into Kafka, exactly once, and how fast by the same engine when its
output is discarded after it was encoded.

    python3 benchmarks/streaming.py [--rows 3000000] [--per-transaction 1000] [--runs 5] [--engines native,debezium]

A table of ten columns (about 120 bytes a row) is updated in transactions of so many rows; each run then works the same
changes off, every engine with and without Kafka in turn, from a slot of its own. Rows and CPU are counted after the first
tenth. CPU is that of the capture's process. A run that does not count warms the broker up. After a run into Kafka the
committed records are counted. Needs the compiled tests (`mvn -B -q -DskipTests package`); psycopg comes through pip into
a venv of its own.
"""
import argparse, contextlib, json, os, pathlib, platform, statistics, subprocess, sys, tempfile

import hops

CLASSES = hops.ROOT / "cdc-runner/target"
CLASSPATH = f"{CLASSES}/test-classes:{CLASSES}/classes:{CLASSES}/lib/*"


def capture(endpoints, pipeline, engine, output, rows, options):
    command = ["java", *options.java.split(), "-cp", CLASSPATH, "io.vaultline.capture.StreamSpeed", endpoints["postgres.jdbc.url"],
               endpoints["postgres.user"], endpoints["postgres.password"], endpoints["kafka.bootstrap.servers"], pipeline, engine, output, str(rows)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, timeout=options.timeout, check=True)
    return json.loads(done.stdout.strip().splitlines()[-1])


def committed_records(endpoints, pipeline):
    command = ["java", "-cp", CLASSPATH, "io.vaultline.capture.CommittedRecords", endpoints["kafka.bootstrap.servers"], f"{pipeline}.pg.public.bench"]
    return int(subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout.strip().splitlines()[-1])


def publish(connection, name):
    connection.execute(f"create publication {name} for table bench with (publish_via_partition_root = true)")


@contextlib.contextmanager
def slot(connection, name):
    """A slot of its own with the same changes."""
    connection.execute("select pg_copy_logical_replication_slot('changes', %s)", (name,))
    yield
    free = "select active_pid is null from pg_replication_slots where slot_name = %s"
    hops.await_that(f"the end of {name}", lambda: connection.execute(free, (name,)).fetchone()[0], 60)
    connection.execute("select pg_drop_replication_slot(%s)", (name,))


def update_all(connection, rows, per_transaction):
    if per_transaction == 1:
        connection.execute("set synchronous_commit = off")
        connection.execute("create or replace procedure one_by_one(n bigint) language plpgsql as $$ begin"
                           " for i in 1..n loop update bench set a = a + 1, g = now() where id = i; commit; end loop; end $$")
        connection.execute("call one_by_one(%s)", (rows,))
        return
    for first in range(0, rows, per_transaction):
        connection.execute("update bench set a = a + 1, g = now() where id > %s and id <= %s", (first, first + per_transaction))


def measured(options):
    """The figures of each run by way; every run takes its ways in another order."""
    ways = [(engine, output) for engine in options.engines.split(",") for output in options.outputs.split(",")]
    runs = [{} for _ in range(options.runs)]
    with tempfile.TemporaryDirectory(prefix="vaultline-bench-") as parent:
        with hops.devstack(pathlib.Path(parent) / "stack") as endpoints, hops.database(endpoints) as connection:
            connection.execute(hops.CREATE)
            connection.execute(hops.FILL.replace("n * 7919", "n::bigint * 7919"), (options.rows,))
            turns = [("warm", {}, "native", "kafka")]
            for number, results in enumerate(runs):
                turns += [(f"{engine}_{output}_{number}", results, engine, output) for engine, output in (ways if number % 2 == 0 else ways[::-1])]
            for name, *_ in turns:
                publish(connection, name)
            connection.execute("select pg_create_logical_replication_slot('changes', 'pgoutput')")
            update_all(connection, options.rows, options.per_transaction)
            for name, results, engine, output in turns:
                with slot(connection, name):
                    results[f"{engine}, {output}"] = capture(endpoints, name, engine, output, options.rows, options)
                print(name, results[f"{engine}, {output}"], file=sys.stderr)
                if output == "kafka" and committed_records(endpoints, name) != options.rows:
                    sys.exit(f"{name}: {committed_records(endpoints, name)} records in Kafka instead of {options.rows}")
    return runs


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=3_000_000)
    parser.add_argument("--per-transaction", type=int, default=1000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--engines", default="native")
    parser.add_argument("--outputs", default="kafka,discard")
    parser.add_argument("--java", default="-Xmx512m", help="options of the capture's Java")
    parser.add_argument("--timeout", type=int, default=900, help="seconds")
    options = parser.parse_args()
    hops.in_venv()
    runs = measured(options)
    print(f"{os.cpu_count()} cores, {platform.machine()}, {options.rows} rows, {options.per_transaction} a transaction, median of {options.runs}, {options.java}\n")
    print("| engine and output | rows/s | lowest | highest | CPU-s per million rows |\n|---|---|---|---|---|")
    for way in runs[0]:
        speeds = [run[way]["rows_s"] for run in runs]
        cpu = statistics.median(run[way]["cpu_s_per_million"] for run in runs)
        print(f"| {way} | {statistics.median(speeds):,.0f} | {min(speeds):,.0f} | {max(speeds):,.0f} | {cpu:.1f} |")
    for engine in options.engines.split(",") if {"kafka", "discard"} <= set(options.outputs.split(",")) else []:
        shares = sorted(run[f"{engine}, kafka"]["rows_s"] / run[f"{engine}, discard"]["rows_s"] for run in runs)
        print(f"\n{engine}: into Kafka {statistics.median(shares):.2f} of the speed without; the pairs: {', '.join(f'{share:.2f}' for share in shares)}")


if __name__ == "__main__":
    main()
