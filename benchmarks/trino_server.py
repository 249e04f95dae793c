"""A Trino of its own for one run: fetched by Maven once, with the memory connector, which keeps functions."""
import contextlib, pathlib, shutil, subprocess, tempfile, urllib.request
from urllib.error import URLError

from capture_bench.processes import await_that, newest_java, output, running
from capture_bench.tools import PLUGIN, free_port

VERSION = "476"
HOME = pathlib.Path.home() / f".cache/vaultline/benchmarks/trino-{VERSION}"
CONFIG = """coordinator=true
node-scheduler.include-coordinator=true
http-server.http.port={port}
discovery.uri=http://127.0.0.1:{port}
query.max-memory-per-node=256MB
sql.default-function-catalog=memory
sql.default-function-schema=default
sql.path=memory.default
catalog.config-dir={etc}/catalog
"""


def fetch():
    """190 MB; it needs a JDK of 24 or newer."""
    if HOME.exists():
        return HOME
    part = HOME.with_name("unpacking-trino")
    shutil.rmtree(part, ignore_errors=True)
    archives = part / "archives"
    archives.mkdir(parents=True)
    for artifact in (f"trino-server-core:{VERSION}:tar.gz", f"trino-memory:{VERSION}:zip"):
        coordinates = f"-Dartifact=io.trino:{artifact}"
        output(["mvn", "-B", "-q", PLUGIN + ":get", coordinates, "-Dtransitive=false"], "mvn")
        output(["mvn", "-B", "-q", PLUGIN + ":copy", coordinates, f"-DoutputDirectory={archives}"], "mvn")
    server = part / "server"
    server.mkdir()
    subprocess.run(["tar", "xzf", next(archives.glob("*.tar.gz")), "--strip-components=1", "-C", server], check=True)
    shutil.unpack_archive(next(archives.glob("*.zip")), part / "memory")
    next((part / "memory").iterdir()).rename(server / "plugin/memory")
    server.rename(HOME)
    shutil.rmtree(part)
    return HOME


@contextlib.contextmanager
def trino():
    """The address of a server that answers; it ends, and its files go, with the block."""
    home = fetch()
    with tempfile.TemporaryDirectory() as directory:
        etc, port = pathlib.Path(directory), free_port()
        (etc / "catalog").mkdir()
        (etc / "catalog/memory.properties").write_text("connector.name=memory\n")
        (etc / "config.properties").write_text(CONFIG.format(port=port, etc=etc))
        options = ["-Xmx1500m", "-XX:+UseSerialGC", "--add-modules=jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED"]
        node = ["-Dnode.environment=vectors", "-Dnode.id=one", f"-Dnode.data-dir={etc}", f"-Dconfig={etc}/config.properties"]
        command = [newest_java("java"), *options, *node, "-cp", "lib/*", "io.trino.server.TrinoServer"]
        url = f"http://127.0.0.1:{port}"
        log = HOME.with_suffix(".log")
        log.unlink(missing_ok=True)
        with running(log, command, home) as server:
            await_that(f"Trino starts, see {log}", lambda: server.check() or is_ready(url), 180, 1)
            yield url


def is_ready(url):
    try:
        with urllib.request.urlopen(f"{url}/v1/info", timeout=5) as answer:
            return b'"starting":false' in answer.read()
    except (URLError, ConnectionError, TimeoutError):
        return False
