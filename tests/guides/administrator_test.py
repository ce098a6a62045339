"""The administrator's guide, followed word for word."""

import re
import shutil
import sqlite3
import subprocess
import sys
import unittest
from pathlib import Path

from place import ASSETS, stand_apart

if __name__ == "__main__":
    stand_apart()

from follower import Follower  # noqa: E402
from mind import Mind, newest  # noqa: E402
from processes import die_with_parent  # noqa: E402
from visits import Visits  # noqa: E402

INSPECTION = "croydon-2012"
SKIPPED = {
    "apt install perspective-collector perspective-console": "tests/packages/prove",
    "apt install perspective-kiosk": "tests/packages/prove",
    "swapoff -a": "nothing: it would change the machine that tests",
    "runuser -u perspective-kiosk -- perspective-kiosk ruler --state /var/lib/perspective-kiosk": "journey_ruler",
    'systemd-ask-password -n "Passphrase of croydon-2012:" | \\\n    systemd-creds encrypt --with-key=tpm2 '
    "--name=unlock-croydon-2012 - /etc/credstore.encrypted/unlock-croydon-2012":
        "nothing: it needs a TPM. What the collector does with it: test_resources",
}


def pages_are_shown(_):
    """By a browser, which runs them: whoever has not signed in is asked to."""
    seen = subprocess.run(["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
                           "--ignore-certificate-errors", "--user-data-dir=/run/chromium", "--virtual-time-budget=10000",
                           "--dump-dom", "https://collector.example:8444/"], capture_output=True, text=True, timeout=100,
                          check=True, preexec_fn=die_with_parent)
    if "<h1" not in seen.stdout or "Sign in" not in seen.stdout:
        raise AssertionError(f"the pages do not ask who is there:\n{seen.stdout[-2000:]}\n{seen.stderr[-1000:]}")


def make_inspection(place, mind):
    """An inspector's part: guides/inspector.md."""
    folders = [word for name in ("children-and-young-people", "victims")
               for word in ("--questionnaire", ASSETS / "questionnaires" / name)]
    place.collector("inspection", "create", INSPECTION, "--area", "Croydon", "--no-tokens", "a rehearsal",
                    "--smallest-batch", "1", *folders, lines=[mind.opening] * 2 + [mind.recovery] * 2)


def two_answer(place, visits):
    for _ in range(2):
        visits.answer("victims")
    place.wait_until_all_sent()


def start_postgres(follower):
    """As Debian's package has it: a socket in /var/run/postgresql, and who is who by the user of the machine."""
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))[-1].parent
    for folder in ("/run/postgresql", "/var/lib/postgresql"):
        Path(folder).mkdir()
        shutil.chown(folder, "postgres", "postgres")
    data = "/var/lib/postgresql/main"
    subprocess.run(["runuser", "-u", "postgres", "--", programs / "initdb", "--auth=peer", "--encoding=UTF8",
                    "--locale=C.UTF-8", "--no-sync", data], check=True, stdout=subprocess.DEVNULL, cwd="/")
    processes = follower.place.processes
    processes.start("postgres", ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", programs / "postgres",
                                 "-D", data, "-c", "listen_addresses=", "-c", "unix_socket_directories=/run/postgresql"])
    processes.wait_until("PostgreSQL answers", lambda: subprocess.run(
        [programs / "pg_isready", "-q", "-h", "/run/postgresql"], check=False, preexec_fn=die_with_parent).returncode == 0)


def report_is_out(follower):
    for step in ("end-fieldwork", "draft-report", "publish"):
        follower.place.collector("inspection", step, INSPECTION)


class Administrator(unittest.TestCase):
    def test_the_guide_holds_word_for_word(self):
        mind = Mind()

        def come_to_the_kiosk(follower):
            two_answer(follower.place, visits)

        def answers_arrive_at_the_new_host(follower):
            two_answer(follower.place, visits)
            with sqlite3.connect("file:/var/lib/perspective-collector/data/collector.sqlite?mode=ro", uri=True) as store:
                self.assertEqual(store.execute("SELECT count(*) FROM envelopes").fetchone(), (4,))

        follower = Follower("administrator.md", mind, SKIPPED,
                          before={"A kiosk": lambda it: make_inspection(it.place, mind),
                                  "When the host is lost": lambda it: it.place.lose_collector_host(),
                                  "PostgreSQL": start_postgres, "The end": report_is_out},
                          after={"The pages": pages_are_shown, "A kiosk": come_to_the_kiosk,
                                 "When the host is lost": answers_arrive_at_the_new_host},
                          known={"HEAD": newest(r"^Head: (\S+)")})
        self.addCleanup(follower.end)
        visits = Visits(follower.place, mind.pin)
        count = follower.follow()
        print(f"{count} commands")


if __name__ == "__main__":
    sys.exit(unittest.main(verbosity=2))
