"""What all scenarios share: names, the check of the rows, the figures of a run, and what is cleared away after it."""
import itertools, os, shutil

from .processes import Failed

PATIENCE = 900
numbers = itertools.count(1)


def label():
    """A name that no other run on these servers has."""
    return f"b{os.getpid()}x{next(numbers)}"


def checked(topics, tool, source, start, expected):
    found = topics.read(tool, source.shape, start, topics.ends(tool.topic))
    if found != expected:
        raise Failed(f"{tool.name}: rows differ: expected {dict(expected)}, found {found} in {tool.topic}")


def figures(rows, process, first, last):
    """From time and CPU at the first row, and at the last one's commit."""
    return {
        "rows": rows,
        "rows_s": rows / (last[0] - first[0]),
        "rows_s_with_start": rows / (last[0] - process.started),
        "cpu_s_per_million": (last[1] - first[1]) / rows * 1e6,
        "cpu_s_per_million_with_start": last[1] / rows * 1e6,
        "peak_mib": process.peak_mib(),
    }


def finish(topics, source, tool):
    source.forget(tool)
    topics.delete_all(tool.label)
    shutil.rmtree(tool.directory)
