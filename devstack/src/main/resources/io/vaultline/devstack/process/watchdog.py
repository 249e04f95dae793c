"""Runs one server and ends it when its parent ends.

Usage: watchdog.py LOCK PIDFILE STOP_SIGNAL DEATH_SIGNAL GRACE_SECONDS PRIVILEGES COMMAND...

Standard input is a pipe whose other end only the parent holds. A byte on it asks for the stop signal and time to end
well; its end means that the parent is gone, also by kill -9, so the server gets the death signal. Should this process be
killed itself, the kernel passes the death signal on. While the server lives the lock is held (one that Java's file
locks see), so that whoever comes next on the same folder waits for the old server to be gone. Everything that the server
has forked ends with it.
"""
import ctypes
import fcntl
import os
import resource
import select
import signal
import sys
import time

PR_SET_PDEATHSIG = 1
PR_SET_CHILD_SUBREAPER = 36
CLONE_NEWUSER = 0x10000000
OPEN_FILES = 65536
LOCK_SECONDS = 30
DEATH_SECONDS = 5
LEFTOVER_SECONDS = 1
POLL_SECONDS = 0.02

libc = ctypes.CDLL(None, use_errno=True)


def fail(message):
    sys.stderr.write("watchdog: " + message + "\n")
    sys.stderr.flush()
    os._exit(127)


def stdin_state(timeout):
    """'quiet', 'asked' (somebody wrote) or 'ended' (nobody is left)."""
    ready, _, _ = select.select([0], [], [], timeout)
    if not ready:
        return "quiet"
    return "asked" if os.read(0, 1) else "ended"


def take_lock(path):
    lock = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    deadline = time.monotonic() + LOCK_SECONDS
    while True:
        try:
            fcntl.lockf(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return lock
        except BlockingIOError:
            if stdin_state(0.05) != "quiet":
                os._exit(0)
            if time.monotonic() > deadline:
                fail("another server still runs on this folder, its lock is " + path)


def drop_privileges():
    """PostgreSQL refuses to run as root. A user namespace without a mapping hides root and keeps access to its files."""
    if os.geteuid() != 0:
        return
    if libc.unshare(CLONE_NEWUSER) != 0:
        fail(
            "PostgreSQL refuses to run as root, and this machine forbids user namespaces ("
            + os.strerror(ctypes.get_errno())
            + "): run as an ordinary user"
        )


def raise_open_files():
    """Databases hold many files open; a login shell's soft limit is often 1024."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = OPEN_FILES if hard == resource.RLIM_INFINITY else min(hard, OPEN_FILES)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def run_child(parent, death_signal, privileges, command):
    signal.set_wakeup_fd(-1)
    for number in (signal.SIGCHLD, signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGPIPE):
        signal.signal(number, signal.SIG_DFL)
    os.setpgid(0, 0)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    raise_open_files()
    if privileges == "unprivileged":
        drop_privileges()
    libc.prctl(PR_SET_PDEATHSIG, death_signal, 0, 0, 0)
    if os.getppid() != parent:
        os._exit(127)
    try:
        os.execvp(command[0], command)
    except OSError as e:
        fail("can't run " + command[0] + ": " + e.strerror)


def descendants():
    with open("/proc/self/task/%d/children" % os.getpid()) as f:
        return [int(pid) for pid in f.read().split()]


class Server:
    def __init__(self, pid):
        self.pid = pid
        self.status = None

    def reap(self):
        """Collects whoever has ended; returns whether anybody is left."""
        while True:
            try:
                pid, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return False
            if pid == 0:
                return True
            if pid == self.pid:
                self.status = status

    def end(self, number, grace):
        """Signals the server, gives it time, then kills it."""
        deadline = time.monotonic() + grace
        if self.status is None:
            os.kill(self.pid, number)
        while self.reap() and self.status is None:
            if time.monotonic() > deadline:
                os.kill(self.pid, signal.SIGKILL)
            time.sleep(POLL_SECONDS)

    def sweep(self):
        """Kills what the server has left behind, unless it ends by itself soon."""
        deadline = time.monotonic() + LEFTOVER_SECONDS
        while self.reap():
            if time.monotonic() > deadline:
                for pid in descendants():
                    os.kill(pid, signal.SIGKILL)
            time.sleep(POLL_SECONDS)


def main():
    lock_path, pid_path, stop_signal, death_signal, grace, privileges = sys.argv[1:7]
    stop_signal, death_signal = signal.Signals[stop_signal], signal.Signals[death_signal]
    os.setsid()
    lock = take_lock(lock_path)
    libc.prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    wake_read, wake_write = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
    terminated = []
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.signal(signal.SIGTERM, lambda *_: terminated.append(True))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    signal.set_wakeup_fd(wake_write)
    parent = os.getpid()
    pid = os.fork()
    if pid == 0:
        run_child(parent, death_signal, privileges, sys.argv[7:])
    with open(pid_path, "w") as f:
        f.write(str(pid))
    server = Server(pid)
    while server.status is None:
        ready, _, _ = select.select([0, wake_read], [], [])
        if wake_read in ready:
            os.read(wake_read, 512)
            server.reap()
        if 0 in ready or terminated:
            asked = bool(terminated) or bool(os.read(0, 1))
            server.end(stop_signal if asked else death_signal, float(grace) if asked else DEATH_SECONDS)
    server.sweep()
    os.unlink(pid_path)
    os.close(lock)
    code = os.waitstatus_to_exitcode(server.status)
    sys.exit(code if code >= 0 else 128 - code)


main()
