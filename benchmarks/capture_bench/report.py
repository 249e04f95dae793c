"""Single runs as lines of JSON, their medians as Markdown."""
import json, statistics

TITLES = {
    "initial": "PostgreSQL, initial load",
    "streaming": "PostgreSQL, streaming, catching up",
    "mongo-snapshot": "MongoDB, initial load",
    "mongo-stream": "MongoDB, streaming, catching up",
}
RATIOS = [  # scenario, figure, what, floor, target; a figure of rows is better when higher, of CPU when lower
    ("streaming", "cpu_s_per_million", "PostgreSQL streaming, rows per CPU-second", 1.0, 2),
    ("initial", "rows_s_with_start", "PostgreSQL initial load, rows per second, start included", 4, 10),
    ("initial", "rows_s", "PostgreSQL initial load, rows per second from the first row on", 4, 10),
    ("mongo-snapshot", "cpu_s_per_million", "MongoDB initial load, rows per CPU-second", 1.5, 3),
    ("mongo-stream", "cpu_s_per_million", "MongoDB streaming, rows per CPU-second", 1.5, 3),
]
OURS, PEER = "Vaultline, exactly-once", "Debezium Server 3.6.0, tuned"


class Results:
    """All runs by scenario and tool, in the order in which they came."""

    def __init__(self, file=None):
        self.file, self.runs, self.commits = file, {}, {}
        if file and file.exists():
            for line in file.read_text().splitlines():
                self._keep(json.loads(line))

    def _keep(self, run):
        key = (run["scenario"], run["tool"])
        self.runs.setdefault(key, []).append(run["figures"])
        self.commits.setdefault(key, set()).add(run["commit"])

    def add(self, scenario, tool, figures, commit):
        """@param commit that ours is built from"""
        run = {"scenario": scenario, "tool": tool, "figures": figures, "commit": commit}
        self._keep(run)
        if self.file:
            with self.file.open("a") as out:
                out.write(json.dumps(run) + "\n")

    def median(self, scenario, tool, figure):
        values = [run[figure] for run in self.runs.get((scenario, tool), [])]
        return statistics.median(values) if values else None

    def _commits(self, scenario, tool):
        """Those of ours; the peer has none."""
        return "" if tool == PEER else ", ".join(sorted(self.commits[scenario, tool]))

    def _of(self, scenario):
        return [(tool, len(runs)) for (known, tool), runs in self.runs.items() if known == scenario]

    def _table(self, heads, rows):
        if not rows:
            return []
        lines = ["| " + " | ".join(heads) + " |", "|" + "---|" * len(heads)]
        return lines + ["| " + " | ".join(row) + " |" for row in rows] + [""]

    def markdown(self, machine):
        return "\n".join([machine, "", *self._throughput(), *self._ratios(), *self._latency(), *self._memory()]).rstrip() + "\n"

    def _throughput(self):
        rows = []
        for scenario, title in TITLES.items():
            for tool, count in self._of(scenario):
                def m(figure):
                    return self.median(scenario, tool, figure)
                rows.append([title, tool, f"{m('rows'):,.0f}", f"{m('rows_s'):,.0f}", f"{m('rows_s_with_start'):,.0f}",
                             f"{m('cpu_s_per_million'):.1f}", f"{m('cpu_s_per_million_with_start'):.1f}", f"{m('peak_mib'):,.0f}", str(count), self._commits(scenario, tool)])
        heads = ["what", "tool", "rows", "rows/s", "with start", "CPU-s per million rows", "with start", "peak RSS, MiB", "runs", "at"]
        return self._table(heads, rows)

    def _ratios(self):
        rows = []
        for scenario, figure, what, floor, target in RATIOS:
            ours, peer = self.median(scenario, OURS, figure), self.median(scenario, PEER, figure)
            if ours and peer:
                ratio = peer / ours if figure.startswith("cpu") else ours / peer
                rows.append([what, f"{ratio:.2f}", f"{floor}", f"{target}", "yes" if ratio >= floor else "**no**", "yes" if ratio >= target else "no"])
        return self._table(["ours against Debezium Server", "times", "floor", "target", "floor reached", "target reached"], rows)

    def _latency(self):
        rows = []
        for tool, count in self._of("latency"):
            def m(figure):
                return self.median("latency", tool, figure)
            rows.append([tool, f"{m('rate'):,.0f}", f"{m('p50'):.1f}", f"{m('p95'):.1f}", f"{m('p99'):.1f}", f"{m('max'):.0f}",
                         f"{m('cpu_cores'):.2f}", f"{m('peak_mib'):,.0f}", str(count), self._commits("latency", tool)])
        heads = ["commit to readable, ms", "changes/s", "p50", "p95", "p99", "max", "cores used", "peak RSS, MiB", "runs", "at"]
        return self._table(heads, rows)

    def _memory(self):
        rows = []
        kinds = [("heap", "one transaction of {rows:,.0f} rows", "{seconds:.0f} s after its commit"),
                 ("outage", "Kafka away for {outage_s:.0f} s of a load of {rows:,.0f} rows", "{seconds:.0f} s after Kafka's return, after {starts} start(s)")]
        for scenario, what, what_then in kinds:
            for tool, _ in self._of(scenario):
                for run in self.runs[scenario, tool]:
                    rows.append([what.format(**run), str(run["peak_heap_mib"]), str(run["peak_live_mib"]), str(run["peak_mib"]), what_then.format(**run),
                                 self._commits(scenario, tool)])
        heads = ["with -Xmx512m", "most heap used, MiB", "most live after a collection, MiB", "peak RSS, MiB", "all rows readable", "at"]
        return self._table(heads, rows)


def save(readme, text, mark):
    """Puts the text between the file's markers."""
    begin, end = f"<!-- {mark}: begin -->", f"<!-- {mark}: end -->"
    before, rest = readme.read_text().split(begin)
    _, after = rest.split(end)
    readme.write_text(f"{before}{begin}\n{text}{end}{after}")
