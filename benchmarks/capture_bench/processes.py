"""Processes of their own group, watched from outside: what they used, and their end."""
import contextlib, os, pathlib, re, shutil, signal, subprocess, sys, time

TICKS = os.sysconf("SC_CLK_TCK")


class Failed(Exception):
    """A measurement that can't be taken, or whose rows differ."""


def await_that(what, condition, seconds, every=0.05):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        result = condition()
        if result:
            return result
        time.sleep(every)
    raise Failed(f"gave up after {seconds} s: {what}")


class Watched:
    """A running process. CPU is user and system time of all its threads, in seconds; memory is in MiB."""

    def __init__(self, popen, log):
        self.popen, self.log, self.started = popen, log, time.monotonic()

    def check(self):
        if self.popen.poll() is not None:
            raise Failed(f"ended with {self.popen.returncode}, see {self.log}")

    def cpu(self):
        self.check()
        fields = pathlib.Path(f"/proc/{self.popen.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def peak_mib(self):
        self.check()
        status = pathlib.Path(f"/proc/{self.popen.pid}/status").read_text()
        found = re.search(r"VmHWM:\s+(\d+)", status)
        if not found:
            raise Failed(f"just ended, see {self.log}")
        return int(found.group(1)) // 1024


@contextlib.contextmanager
def running(log, command, cwd=None):
    """The process leads a group of its own, which is ended as a whole."""
    with open(log, "ab") as out:
        popen = subprocess.Popen([str(part) for part in command], stdout=out, stderr=out, cwd=cwd, start_new_session=True)
    try:
        yield Watched(popen, log)
    finally:
        end(popen)


def end(popen):
    for sent, patience in ((signal.SIGTERM, 60), (signal.SIGKILL, 10)):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(popen.pid, sent)
        with contextlib.suppress(subprocess.TimeoutExpired):
            popen.wait(patience)
            return


def output(command, what):
    """What a program prints, in a group of its own as well."""
    popen = subprocess.Popen([str(part) for part in command], stdout=subprocess.PIPE, text=True, start_new_session=True)
    try:
        text, _ = popen.communicate(timeout=900)
    finally:
        if popen.poll() is None:
            end(popen)
    if popen.returncode != 0:
        raise Failed(f"{what} failed with {popen.returncode}")
    return text


def java_version(java):
    text = subprocess.run([java, "-version"], capture_output=True, text=True, check=True).stderr
    return re.search(r'version "([^"]+)"', text).group(1)


def newest_java(default):
    """JAVA25_HOME, else the newest JDK that stands beside the default one."""
    homes = [pathlib.Path(os.environ["JAVA25_HOME"])] if "JAVA25_HOME" in os.environ else []
    home = pathlib.Path(shutil.which(default) or sys.exit("no java in PATH")).resolve().parents[1]
    homes += sorted(path for path in home.parent.iterdir() if (path / "bin/java").exists())
    return max((str(path / "bin/java") for path in homes), key=lambda java: int(java_version(java).split(".")[0]), default=default)
