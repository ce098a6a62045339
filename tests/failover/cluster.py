"""PostgreSQL on two hosts under Patroni, with etcd on a third: Debian's packages as they are, a synchronous standby, TLS.

Promise: every wait is bounded; what runs, runs as the unprivileged user postgres and ends with the test.
"""

import json
import os
import shutil
import signal
import subprocess
import time
import unittest
import urllib.error
import urllib.request
from pathlib import Path

import postgres_server
from hosts import Host
from processes import Processes

LIMIT_S = 120
TTL_S = 20  # the least that Patroni takes: so long a primary that says nothing is still the primary
USER, DATABASE = "perspective", "perspective"
OWNER = ["setpriv", "--reuid", "postgres", "--regid", "postgres", "--clear-groups"]


def need_programs():
    missing = [program for program in ("patroni", "etcd", "ip", "setpriv") if not shutil.which(program)]
    if not postgres_server.programs():
        missing.append("postgres")
    if missing:
        raise unittest.SkipTest(f"not installed: {', '.join(missing)} (installer/install-dependencies builds test)")


def patroni_says(node, path):
    """None: nobody answers."""
    try:
        with urllib.request.urlopen(f"http://{node.host.address}:8008/{path}", timeout=5) as answer:
            return json.load(answer)
    except urllib.error.HTTPError as error:
        return json.load(error)
    except (OSError, ValueError):
        return None


class Node:
    def __init__(self, cluster, number):
        self.host = Host(f"db{number}", number)
        self.name = f"db{number}"
        self.cluster = cluster
        self.folder = cluster.folder / self.name
        self.folder.mkdir()
        os.chmod(self.folder, 0o700)
        shutil.chown(self.folder, "postgres", "postgres")

    def configuration(self):
        address, trusted = self.host.address, "10.77.0.0/24"
        parameters = {"fsync": "on", "synchronous_commit": "on", "shared_buffers": "32MB", "max_connections": 60,
                      "wal_log_hints": "on", "unix_socket_directories": str(self.folder), "ssl": "on",
                      "ssl_cert_file": str(self.cluster.certificate), "ssl_key_file": str(self.cluster.key)}
        access = ["local all all trust", f"hostssl all {USER} {trusted} trust", f"host all postgres {trusted} trust",
                  f"host replication postgres {trusted} trust"]
        return {
            "scope": "perspective", "name": self.name,
            "restapi": {"listen": f"{address}:8008", "connect_address": f"{address}:8008"},
            "etcd3": {"host": f"{self.cluster.keeper.address}:2379"},
            "bootstrap": {"dcs": {"ttl": TTL_S, "loop_wait": 2, "retry_timeout": 3, "maximum_lag_on_failover": 1048576,
                                  "synchronous_mode": True, "postgresql": {"use_pg_rewind": True}},
                          "initdb": [{"encoding": "UTF8"}, {"locale": "C.UTF-8"}, "no-sync"]},
            "postgresql": {"listen": f"{address}:5432", "connect_address": f"{address}:5432",
                           "data_dir": str(self.folder / "data"), "bin_dir": str(postgres_server.programs()),
                           "pgpass": str(self.folder / "pgpass"), "parameters": parameters, "pg_hba": access,
                           "authentication": {"superuser": {"username": "postgres"},
                                              "replication": {"username": "postgres"},
                                              "rewind": {"username": "postgres"}}}}

    def start(self):
        file = self.folder / "patroni.yml"
        file.write_text(json.dumps(self.configuration()))  # JSON is YAML
        shutil.chown(file, "postgres", "postgres")
        self.cluster.processes.start(self.name, self.host.at(*OWNER, "patroni", file))

    def kill(self):
        """All that runs on the host, at once, without a word: as when the power goes."""
        pids = self.host.processes()
        for pid in pids:
            os.kill(pid, signal.SIGKILL)
        self.cluster.processes.end(self.name, signal.SIGKILL)
        return len(pids)

    def role(self):
        said = patroni_says(self, "patroni")
        return (said or {}).get("role"), (said or {}).get("state")

    def is_primary(self):
        return self.role() in (("master", "running"), ("primary", "running"))

    def column(self, statement):
        done = subprocess.run([*OWNER, postgres_server.programs() / "psql", "-XAtq", "-h", self.folder, "-U", "postgres",
                               "-d", DATABASE, "-c", statement], text=True, capture_output=True, timeout=60, check=False)
        if done.returncode != 0:
            raise AssertionError(f"psql at {self.name}: {done.stderr[-500:]}")
        return done.stdout.split("\n")[:-1]


class Cluster:
    def __init__(self, folder, logs, environment):
        self.folder = folder
        folder.mkdir()
        os.chmod(folder, 0o755)
        self.processes = Processes(logs, environment)
        self.certificate, self.key = folder / "server.pem", folder / "server.key"
        self.keeper = Host("etcd", 10)
        self.nodes = [Node(self, number) for number in (1, 2)]

    def make_certificate(self):
        names = ",".join(f"IP:{node.host.address}" for node in self.nodes)
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                        "-days", "2", "-subj", "/CN=database", "-addext", f"subjectAltName={names}", "-keyout", self.key,
                        "-out", self.certificate], capture_output=True, timeout=60, check=True)
        for file in (self.certificate, self.key):
            shutil.chown(file, "postgres", "postgres")
        os.chmod(self.key, 0o600)

    def start(self):
        self.make_certificate()
        here = f"http://{self.keeper.address}"
        data = self.folder / "etcd"
        data.mkdir()
        shutil.chown(data, "postgres", "postgres")
        self.processes.start("etcd", self.keeper.at(
            *OWNER, "etcd", "--name", "keeper", "--data-dir", data, "--listen-client-urls", f"{here}:2379",
            "--advertise-client-urls", f"{here}:2379", "--listen-peer-urls", f"{here}:2380",
            "--initial-advertise-peer-urls", f"{here}:2380", "--initial-cluster", f"keeper={here}:2380"))
        self.nodes[0].start()
        self.wait_until("the first database is the primary", self.nodes[0].is_primary)
        self.nodes[1].start()
        self.wait_for_standby()
        programs = postgres_server.programs()
        for words in (["createuser", USER], ["createdb", "--owner", USER, DATABASE]):
            subprocess.run([*OWNER, programs / words[0], "-h", self.nodes[0].folder, "-U", "postgres", *words[1:]],
                           timeout=60, check=True)

    def wait_until(self, what, is_so, limit_s=LIMIT_S):
        end = time.monotonic() + limit_s
        while not is_so():
            for name in self.processes.running:
                self.processes.must_run(name)
            if time.monotonic() > end:
                raise AssertionError(f"waited {limit_s} s in vain until {what}")
            time.sleep(0.2)

    def primary(self):
        """None: there is none now."""
        return next((node for node in self.nodes if node.name in self.processes.running and node.is_primary()), None)

    def wait_for_standby(self):
        """Until a commit waits for the other one, and all know that it may take over."""
        def is_there():
            members = [member for node in self.nodes for member in (patroni_says(node, "cluster") or {}).get("members", [])]
            return any(member["role"] == "sync_standby" and member["state"] in ("running", "streaming") for member in members)
        self.wait_until("there is a synchronous standby", is_there)

    def url(self):
        hosts = ",".join(node.host.address for node in self.nodes)
        return f"postgresql://{USER}@{hosts}/{DATABASE}?sslrootcert={str(self.certificate).replace('/', '%2F')}"
