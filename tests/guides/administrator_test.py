"""The administrator's guide, followed word for word."""

import re
import shutil
import sqlite3
import subprocess
import sys
import unittest
from pathlib import Path

from place import TOP, stand_apart

if __name__ == "__main__":
    stand_apart()

from follower import Follower  # noqa: E402
from processes import die_with_parent  # noqa: E402
from visits import Visits  # noqa: E402

INSPECTION = "croydon-2012"
SKIPPED = {
    "apt install perspective-collector": "installer/packages",
    "apt install perspective-kiosk": "installer/packages",
    "swapoff -a": "nothing: it would change the machine that tests",
    "runuser -u perspective-kiosk -- perspective-kiosk ruler --state /var/lib/perspective-kiosk": "journey_ruler",
    'systemd-ask-password -n "Passphrase of croydon-2012:" | \\\n    systemd-creds encrypt --with-key=tpm2 '
    "--name=unlock-croydon-2012 - /etc/credstore.encrypted/unlock-croydon-2012":
        "nothing: it needs a TPM. What the collector does with it: test_resources",
}


class Memory:
    """What whoever follows the guide has in mind."""
    opening, recovery = "grey tin ladder north", "seven wet pianos south"
    password, pin = "a long walk in the rain", "482907"
    last = invite = link = ""


def answers(memory):
    def gives(text):
        def given(_):
            memory.last = text() if callable(text) else text
            return memory.last
        return given

    def newly(name, text):
        def given(_):
            setattr(memory, name, text)
            memory.last = text
            return text
        return given
    return [(r"Link: $", gives(lambda: memory.link)),
            (r"Password of \S+ 15 characters or more: $", gives(memory.password)),
            (r"The same again: $", lambda _: memory.last),
            (r"Paste the invite, then press Enter: $", gives(lambda: memory.invite)),
            (r"PIN: $", gives(memory.pin)),
            (r"New recovery passphrase: $", newly("recovery", "nine dry cellos west")),
            (r"Passphrase of the inspection: $", gives(lambda: memory.opening)),
            (r"Recovery passphrase: $", gives(lambda: memory.recovery)),
            (r"Enter pass phrase for inspection.key:$", gives(lambda: memory.opening)),
            (r"Verifying - Enter Encryption Password:$", lambda _: memory.last),
            (r"Enter Encryption Password:$", newly("opening", "green tin ladder east"))]


def newest(pattern):
    return lambda said: re.findall(pattern, said, re.MULTILINE)[-1]


def make_inspection(follower, memory):
    """An inspector's part: guides/inspector.md."""
    folders = [word for name in ("children-and-young-people", "victims")
               for word in ("--questionnaire", f"/run/assets/questionnaires/{name}")]
    follower.place.processes.run("inspection create", [
        "/run/programs/perspective-collector", "inspection", "create", INSPECTION, "--area", "Croydon", "--no-tokens",
        "a rehearsal", "--smallest-batch", "1", *folders],
        [memory.opening] * 2 + [memory.recovery] * 2)


def answer(follower, visits):
    """Two people, whose answers leave at once."""
    for _ in range(2):
        visits.answer("victims")
    processes = follower.place.processes
    processes.wait_until("all is sent", lambda: is_all_sent(processes), "kiosk", 90)


def is_all_sent(processes):
    status = ["runuser", "-u", "perspective-kiosk", "--", "/run/programs/perspective-kiosk", "status", "--state",
              "/var/lib/perspective-kiosk"]
    return processes.run("status", status, accept=(0, 10, 11)).startswith("all sent")


def say(follower, *words):
    return follower.place.processes.run(words[0], ["/run/programs/perspective-collector", *words])


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
        say(follower, "inspection", step, INSPECTION)


class Administrator(unittest.TestCase):
    def test_the_guide_holds_word_for_word(self):
        memory = Memory()

        class Reader(Follower):
            def carry_out(self, command):
                for name, pattern in (("invite", r"^perspective://\S+"), ("link", r"https://\S+/join#\S+")):
                    found = re.findall(pattern, self.said, re.MULTILINE)
                    if found:
                        setattr(memory, name, found[-1])
                super().carry_out(command)
        def come_to_the_kiosk(follower):
            answer(follower, visits)

        def answers_arrive_at_the_new_host(follower):
            answer(follower, visits)
            with sqlite3.connect("file:/var/lib/perspective-collector/data/collector.sqlite?mode=ro", uri=True) as store:
                self.assertEqual(store.execute("SELECT count(*) FROM envelopes").fetchone(), (4,))

        follower = Reader("administrator.md", answers(memory), SKIPPED,
                          before={"A kiosk": lambda it: make_inspection(it, memory),
                                  "When the host is lost": lambda it: it.place.lose_collector_host(),
                                  "PostgreSQL": start_postgres, "The end": report_is_out},
                          after={"A kiosk": come_to_the_kiosk, "When the host is lost": answers_arrive_at_the_new_host},
                          known={"HEAD": newest(r"^Head: (\S+)")})
        self.addCleanup(follower.end)
        visits = Visits(follower.place, memory.pin)
        count = follower.follow()
        print(f"{count} commands")


if __name__ == "__main__":
    sys.exit(unittest.main(verbosity=2))
