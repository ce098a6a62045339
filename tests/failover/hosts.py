"""Machines for a test, as network namespaces: each with an address and a link of its own to one bridge, where the test
is. All of it is in namespaces of the test's own (network, mounts, processes) and goes with it, whatever becomes of it.

Promise: enter() starts this program anew in such namespaces, once; without the right to, it skips by name, and where CI
is set and we are root it fails.
"""

import os
import subprocess
import sys
import unittest

INSIDE = "PERSPECTIVE_IS_IN_NAMESPACES"
NETWORK = "10.77.0"
OURS = f"{NETWORK}.254"
LIMIT_S = 30


def enter():
    if INSIDE in os.environ:
        return
    unshare = ["unshare", "--net", "--mount", "--pid", "--fork", "--mount-proc", "--kill-child"]
    try:
        refused = subprocess.run([*unshare, "true"], capture_output=True, text=True, check=False).stderr.strip()
    except OSError as error:
        refused = error.strerror
    if refused:
        if "CI" in os.environ and os.getuid() == 0:
            sys.exit(f"namespaces are not to be had, and CI tests fail-over in them: {refused}")
        print(f"skipped: namespaces are not to be had here (run it as root): {refused}")
        sys.exit(77)
    # The first process of a namespace has to bury the children of those who died: a shell does. Else a database that was
    # killed would seem to run still.
    again = ["sh", "-c", '"$@"; exit $?', "sh", sys.executable, *sys.argv]
    os.execvpe(unshare[0], [*unshare, *again], {**os.environ, INSIDE: "yes"})


def ip(*words):
    done = subprocess.run(["ip", *words], capture_output=True, text=True, timeout=LIMIT_S, check=False)
    if done.returncode != 0:
        raise unittest.SkipTest(f"ip {' '.join(words)}: {done.stderr.strip()}")


def open_network():
    """The bridge, on which we have an address too. Names of namespaces are ours alone: their folder is."""
    os.makedirs("/run/netns", exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", "tmpfs", "/run/netns"], timeout=LIMIT_S, check=True)
    ip("link", "set", "lo", "up")
    ip("link", "add", "hub", "type", "bridge")
    ip("addr", "add", f"{OURS}/24", "dev", "hub")
    ip("link", "set", "hub", "up")


class Host:
    def __init__(self, name, number):
        self.name = name
        self.address = f"{NETWORK}.{number}"
        ip("netns", "add", name)
        ip("link", "add", f"to-{name}", "type", "veth", "peer", "name", "eth0", "netns", name)
        ip("link", "set", f"to-{name}", "master", "hub", "up")
        ip("-n", name, "link", "set", "lo", "up")
        ip("-n", name, "addr", "add", f"{self.address}/24", "dev", "eth0")
        ip("-n", name, "link", "set", "eth0", "up")

    def at(self, *words):
        """The command, as it runs on that host."""
        return ["ip", "netns", "exec", self.name, *map(str, words)]

    def processes(self):
        listed = subprocess.run(["ip", "netns", "pids", self.name], capture_output=True, text=True, timeout=LIMIT_S,
                                check=True)
        return [int(pid) for pid in listed.stdout.split()]

    def cut(self):
        """Its link goes, as when somebody pulls the cable: nobody is told."""
        ip("link", "set", f"to-{self.name}", "down")

    def mend(self):
        ip("link", "set", f"to-{self.name}", "up")
