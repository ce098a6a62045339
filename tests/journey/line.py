"""The whole line for tests: the demonstration of installer/demo in a folder that goes again, and what stands around it.

PERSPECTIVE_PROGRAMS names the folder of the two programs (ctest sets it).
"""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(TOP / "installer" / "demo"))

import responses as responses_module  # noqa: E402
from demonstration import Demonstration  # noqa: E402

PROGRAMS = Path(os.environ.get("PERSPECTIVE_PROGRAMS", TOP / "build" / "dev" / "bin"))
ASSETS = TOP / "assets"
FIXTURES = TOP / "tests" / "fixtures"
TEMPORARY_FOLDERS = [Path(name) for name in ("/tmp", "/var/tmp", "/dev/shm") if Path(name).is_dir()]
HAS_OWN_FOLDERS = "PERSPECTIVE_HAS_OWN_FOLDERS"  # set once we stand in them


def enter_own_temporary_folders():
    """Starts this program anew with empty temporary folders that nobody else sees, where the kernel lets us: all that
    lies there at the end is then ours."""
    if HAS_OWN_FOLDERS in os.environ or any(place in (*TOP.parents, *PROGRAMS.parents) for place in TEMPORARY_FOLDERS):
        return
    unshare = ["unshare", "--mount", *([] if os.getuid() == 0 else ["--user", "--map-root-user"])]
    mount = " && ".join(f"mount -t tmpfs -o mode=1777 tmpfs {place}" for place in TEMPORARY_FOLDERS)
    try:
        is_allowed = subprocess.run([*unshare, "sh", "-c", mount], capture_output=True, check=False).returncode == 0
    except OSError:
        is_allowed = False
    if is_allowed:
        again = [*unshare, "sh", "-c", f'{mount} && exec "$@"', "sh", sys.executable, *sys.argv]
        os.execvpe(again[0], again, {**os.environ, HAS_OWN_FOLDERS: "yes"})


def responses_of(fixture):
    return responses_module.read(FIXTURES / fixture / "responses.json", ASSETS)


def openssl_decrypts(envelope, certificate, key, passphrase):
    """By the openssl program from the shell, nothing of ours. The passphrase goes by the environment of that process."""
    with tempfile.TemporaryDirectory(prefix="perspective-openssl-") as folder:
        sealed = Path(folder) / "envelope"
        sealed.write_bytes(envelope)
        done = subprocess.run(["openssl", "cms", "-decrypt", "-binary", "-inform", "DER", "-in", sealed, "-recip",
                               certificate, "-inkey", key, "-passin", "env:PASSPHRASE"], capture_output=True,
                              env={**os.environ, "PASSPHRASE": passphrase}, check=False)
    if done.returncode != 0:
        raise AssertionError(f"openssl cms -decrypt ended with {done.returncode}: {done.stderr.decode()[-400:]}")
    return json.loads(done.stdout)


def rows(database, statement):
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    try:
        return connection.execute(statement).fetchall()
    finally:
        connection.close()


class Line(unittest.TestCase):
    """One demonstration for all tests of a class; `fixture` names its responses."""

    fixture = ""

    @classmethod
    def setUpClass(cls):
        cls.began = time.time()
        cls.folder = Path(tempfile.mkdtemp(prefix="perspective-"))
        cls.said = []
        cls.addClassCleanup(shutil.rmtree, cls.folder, ignore_errors=True)
        cls.responses = cls.find_responses()
        cls.prepare_folder()
        cls.line = Demonstration(cls.folder / "demo", PROGRAMS, ASSETS, cls.say)
        cls.addClassCleanup(cls.line.__exit__)
        try:
            cls.run_line()
        except Exception:
            cls.show_logs()
            raise

    @classmethod
    def find_responses(cls):
        return responses_of(cls.fixture)

    @classmethod
    def prepare_folder(cls):
        """Before anything is written into it."""

    @classmethod
    def say(cls, text):
        cls.said.append(text)
        print(text, flush=True)

    @classmethod
    def show_logs(cls):
        for log in sorted(cls.line.logs.glob("*.log")):
            print(f"--- {log.name}\n{log.read_text(errors='replace')[-3000:]}", flush=True)

    @classmethod
    def run_line(cls):
        raise NotImplementedError

    @classmethod
    def start(cls):
        cls.line.set_up(cls.responses)
        cls.line.open_display(cls.responses.all_texts)

    @property
    def inspection(self):
        return self.responses.inspection

    def key_folder(self):
        return self.line.folder / "collector" / "keys" / "inspections" / self.inspection
