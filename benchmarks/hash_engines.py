"""Runs the golden vectors of the hash contract on a real engine, with the functions that `ddl --hash-functions` prints.

    python3 benchmarks/hash_engines.py trino
    python3 benchmarks/hash_engines.py spark
    python3 benchmarks/hash_engines.py clickhouse --url 'http://127.0.0.1:8123/?user=…&password=…'

after `mvn -B -q -DskipTests package`. `trino` starts a server of its own, which Maven fetches once; with --url it asks
one that runs: that needs a catalog that keeps functions, named by sql.default-function-catalog and -schema, and by
sql.path. `spark` runs in this process and needs pyspark 4. Ends with 1 if a single vector differs.
"""

import argparse
import contextlib
import json
import subprocess
import sys
import urllib.error
import urllib.request
from datetime import datetime, timedelta
from pathlib import Path

from trino_server import trino

ROOT = Path(__file__).parents[1]
VECTORS = ROOT / "transforms/src/test/resources/io/vaultline/vault/hash/hash-vectors.json"
DAY = 86_400_000_000
FUNCTIONS = {"JSON": "text", "DECIMAL": "number", "NUMERIC": "number", "INT16": "integer", "INT32": "integer", "INT64": "integer"}


def clock(micros):
    """Hours, minutes and seconds of a day."""
    seconds, fraction = divmod(micros, 1_000_000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.{fraction:06}"


def moment(micros):
    """A timestamp as engines read it; years that the calendar of Python lacks are moved by cycles of 400."""
    cycle = 146_097
    days, rest = divmod(micros, DAY)
    cycles, days = divmod(days, cycle)
    date = datetime(1970, 1, 1) + timedelta(days=days)
    year = date.year + 400 * cycles
    sign = "-" if year < 0 else "+" if year > 9999 else ""
    return f"{sign}{abs(year):04}-{date:%m-%d} {clock(rest)}"


class ClickHouse:
    def __init__(self, url):
        self.url = url

    def run(self, statement):
        try:
            with urllib.request.urlopen(urllib.request.Request(self.url, statement.encode())) as answer:
                return [line.split("\t") for line in answer.read().decode().splitlines()]
        except urllib.error.HTTPError as e:
            raise SystemExit(f"{e.read().decode()}\n{statement}") from e

    hexed = "hex({})".format

    def literal(self, kind, value):
        if kind in ("TEXT", "JSON", "NUMERIC", "BYTES"):
            data = value if kind == "BYTES" else value.encode().hex()
            return f"unhex('{data}')"
        return {
            "BOOLEAN": value,
            "FLOAT32": f"toFloat32('{value}')",
            "FLOAT64": f"toFloat64('{value}')",
            "DATE": f"addDays(toDate32('1970-01-01'), {value})",
            "TIME": f"toTime64('{clock(int(value))}', 6)" if kind == "TIME" else "",
            "TIMESTAMP": f"reinterpret(toInt64('{value}'), 'DateTime64(6, \\'UTC\\')')",
            "TIMESTAMP_TZ": f"reinterpret(toInt64('{value}'), 'DateTime64(6, \\'Asia/Tokyo\\')')",
            "UUID": f"toUUID('{value}')",
            "INT16": f"toInt16('{value}')",
            "INT32": f"toInt32('{value}')",
            "INT64": f"toInt64('{value}')",
        }.get(kind) or f"CAST('{value}' AS {kind.capitalize()})"

    def null(self, kind):
        return "NULL"


class Trino:
    hexed = "to_hex({})".format

    def __init__(self, url):
        self.url = url

    def run(self, statement):
        rows = []
        request = urllib.request.Request(f"{self.url}/v1/statement", statement.encode(), {"X-Trino-User": "vaultline"})
        while True:
            with urllib.request.urlopen(request) as response:
                answer = json.load(response)
            if "error" in answer:
                raise SystemExit(f"{answer['error']['message']}\n{statement}")
            rows += answer.get("data", [])
            if "nextUri" not in answer:
                return rows
            request = answer["nextUri"]

    def type(self, kind):
        names = {"INT16": "smallint", "INT32": "integer", "INT64": "bigint", "FLOAT32": "real", "FLOAT64": "double"}
        names |= {"TIME": "time(6)", "TIMESTAMP": "timestamp(6)", "TIMESTAMP_TZ": "timestamp(6) with time zone"}
        names |= {"TEXT": "varchar", "JSON": "varchar", "NUMERIC": "varchar", "BYTES": "varbinary"}
        return names.get(kind, kind.lower())

    def literal(self, kind, value):
        if kind in ("TEXT", "JSON", "NUMERIC"):
            return f"from_utf8(X'{value.encode().hex()}')"
        if kind == "BYTES":
            return f"X'{value}'"
        if kind == "DATE":
            return f"date_add('day', {value}, DATE '1970-01-01')"
        if kind.startswith("TIMESTAMP"):
            value = moment(int(value))
            if kind == "TIMESTAMP_TZ":
                return f"(CAST('{value} UTC' AS timestamp(6) with time zone) AT TIME ZONE 'Asia/Tokyo')"
        elif kind == "TIME":
            value = clock(int(value))
        literal = f"CAST('{value}' AS {self.type(kind)})"
        return f"CAST({literal} AS varchar)" if kind.startswith("DECIMAL") else literal

    def null(self, kind):
        return f"CAST(NULL AS {'varchar' if kind.startswith('DECIMAL') else self.type(kind)})"


class Spark:
    hexed = "hex({})".format

    def __init__(self, _):
        from pyspark.sql import SparkSession

        builder = SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false")
        # not UTC, and with a gap in spring: nothing may depend on it
        self.session = builder.config("spark.sql.session.timeZone", "America/New_York").getOrCreate()
        self.session.sparkContext.setLogLevel("OFF")

    def run(self, statement):
        return [list(row) for row in self.session.sql(statement).collect()]

    def type(self, kind):
        names = {"INT16": "SMALLINT", "INT32": "INT", "INT64": "BIGINT", "FLOAT32": "FLOAT", "FLOAT64": "DOUBLE"}
        names |= {"TIME": "BIGINT", "TIMESTAMP": "TIMESTAMP_NTZ", "TIMESTAMP_TZ": "TIMESTAMP"}
        names |= {"TEXT": "STRING", "JSON": "STRING", "NUMERIC": "STRING", "UUID": "STRING", "BYTES": "BINARY"}
        return names.get(kind, kind)

    def literal(self, kind, value):
        if kind in ("TEXT", "JSON", "NUMERIC"):
            return f"decode(X'{value.encode().hex()}', 'UTF-8')"
        if kind == "BYTES":
            return f"X'{value}'"
        if kind == "DATE":
            return f"date_from_unix_date({value})"
        if kind == "TIMESTAMP_TZ":
            return f"timestamp_micros(CAST('{value}' AS BIGINT))"
        if kind == "TIMESTAMP":
            return self.wall_clock(int(value))
        literal = f"CAST('{value}' AS {self.type(kind)})"
        return f"CAST({literal} AS STRING)" if kind.startswith("DECIMAL") else literal

    def wall_clock(self, micros):
        """Summed up, since Spark reads no years beyond 9999 out of a text."""
        days, rest = divmod(abs(micros), DAY)
        sign = "-" if micros < 0 else ""
        interval = f"make_dt_interval({sign}{days}, 0, 0, {sign}{rest // 1_000_000}.{rest % 1_000_000:06})"
        return f"(TIMESTAMP_NTZ'1970-01-01 00:00:00' + {interval})"

    def null(self, kind):
        return f"CAST(NULL AS {'STRING' if kind.startswith('DECIMAL') else self.type(kind)})"


def function(kind):
    return "vault1_" + (FUNCTIONS.get(kind.split("(")[0]) or kind.lower())


def expression(engine, part):
    kind = part["type"]
    if kind == "UNAVAILABLE":
        return "vault1_unavailable()"
    if kind == "NULL":
        return f"{function(part['of'])}({engine.null(part['of'])})"
    value = engine.literal(kind, part["value"])
    for rule in part.get("rules", []):
        value = f"vault1_{rule}({value})"
    return f"{function(kind)}({value})"


def query(engine, case):
    parts = [expression(engine, part) for part in case["parts"]]
    data = parts[0] if len(parts) == 1 else f"concat({', '.join(parts)})"
    hashes = [f"vault1_{name}({data})" for name in ("hash", "hash_md5", "hash_sha256")]
    return "SELECT " + ", ".join(engine.hexed(bytes) for bytes in [data, *hashes])


def expected(case):
    return [case[name].upper() for name in ("bytes", "sha_256_128", "md5", "sha_256")]


def printed_functions(name):
    jar = ROOT / "cdc-runner/target/cdc-runner.jar"
    command = ["java", "-jar", str(jar), "ddl", "--hash-functions", name]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def run(name, url):
    """How many cases pass, differ, and are of values that the engine does not have."""
    engine = {"clickhouse": ClickHouse, "trino": Trino, "spark": Spark}[name](url)
    for statement in printed_functions(name).split(";\n"):
        if statement.strip():
            engine.run(statement)
    passed, differing, lacking = 0, 0, 0
    for case in json.loads(VECTORS.read_text(encoding="utf-8"))["cases"]:
        if name in case.get("not_in", []):
            lacking += 1
            continue
        found = engine.run(query(engine, case))[0]
        if found == expected(case):
            passed += 1
        else:
            differing += 1
            print(json.dumps(case["parts"]), found[0], "instead of", case["bytes"].upper())
    return passed, differing, lacking


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("engine", choices=["clickhouse", "trino", "spark"])
    parser.add_argument("--url", default="", help="of a server that runs already")
    arguments = parser.parse_args()
    own = arguments.engine == "trino" and not arguments.url
    with trino() if own else contextlib.nullcontext(arguments.url) as url:
        passed, differing, lacking = run(arguments.engine, url)
    print(f"{arguments.engine}: {passed} cases pass, {differing} differ, {lacking} are of values that it does not have")
    sys.exit(1 if differing else 0)


if __name__ == "__main__":
    main()
