"""The two programs as this demonstration uses them: their commands, their folders, their passphrases on stdin."""

import json
import re
import secrets
import shutil
import socket
from pathlib import Path

from failure import Failure

COLLECTOR, KIOSK = "collector", "kiosk"
STATUS_CODES = (0, 10, 11)  # all sent, some waiting, full


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def drawn_passphrase():
    """For a demonstration alone: 20 letters and digits without those that look alike."""
    letters = "abcdefghjkmnpqrstuvwxyz23456789"
    return "-".join("".join(secrets.choice(letters) for _ in range(5)) for _ in range(4))


class Collector:
    def __init__(self, processes, program, data):
        self.processes = processes
        self.program = program
        self.data = data
        self.options = []  # of serve
        self.passphrases = (drawn_passphrase(), drawn_passphrase())  # inspection, recovery

    def command(self, *arguments, lines=(), limit_s=60):
        return self.processes.run(f"perspective-collector {arguments[0]}",
                                  [self.program, "--data", self.data, *arguments], lines, limit_s)

    def init(self, port):
        self.command("init", "--host", "127.0.0.1", "--port", str(port))

    def start(self):
        """Opened answers must not reach a swap; those of a demonstration are invented, so here they may."""
        allow = ["--allow-swap"] if swap_is_on() else []
        self.processes.start(COLLECTOR, [self.program, "--data", self.data, "serve", *allow, *self.options])

    def serve(self):
        self.start()
        self.processes.wait_until("the collector answers", self.answers, COLLECTOR)

    def answers(self):
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
            return probe.connect_ex(str(self.data / "admin.sock")) == 0

    def stop(self):
        self.processes.end(COLLECTOR)

    def create(self, inspection, area, questionnaires, why_no_tokens="a demonstration", smallest_batch=1):
        folders = [argument for folder in questionnaires for argument in ("--questionnaire", folder)]
        languages = sorted({language for folder in questionnaires for language in languages_of(folder)},
                           key=lambda language: (language != "en", language))
        first, second = self.passphrases
        # Each answer goes at once: whoever watches a demonstration wants to see it arrive.
        self.command("inspection", "create", inspection, "--area", area, *folders, "--languages", ",".join(languages),
                     "--smallest-batch", str(smallest_batch), "--ask-worker",
                     *(["--no-tokens", why_no_tokens] if why_no_tokens else []),
                     lines=(first, first, second, second))

    def issue_tokens(self, inspection, count):
        """As they stand on their slips."""
        sheet = self.command("inspection", "tokens", inspection, "--count", str(count))
        return re.findall(r"^ {8}(\w{4} \w{4} \w{4})$", sheet, re.MULTILINE)

    def tokens_json(self, inspection):
        return json.loads(self.command("inspection", "tokens", inspection, "--json"))

    def unlock(self, inspection, limit_s=60):
        self.command("inspection", "unlock", inspection, lines=(self.passphrases[0],), limit_s=limit_s)

    def invite(self, inspection, name):
        found = re.search(r"perspective://\S+", self.command("kiosk", "invite", "--inspection", inspection,
                                                             "--name", name))
        if not found:
            raise Failure("perspective-collector kiosk invite printed no invite")
        return found.group()

    def import_bundle(self, bundle):
        return self.command("import-bundle", bundle)

    def withdraw(self, inspection, words):
        return self.command("withdraw", inspection, lines=(" ".join(words),))

    def comments(self, inspection):
        answer = json.loads(self.command("comments", "list", inspection, "--json"))
        return answer["comments"] if isinstance(answer, dict) else answer

    def choose(self, inspection, comment, is_sic):
        self.command("comments", "choose", inspection, comment["reference"], *(["--sic"] if is_sic else []))

    # Fieldwork may still be open, and no answer is a person's.
    REASON = ("--reason", "a demonstration")

    def tally(self, inspection):
        return self.command("tally", inspection, *self.REASON)

    def tally_json(self, inspection):
        return json.loads(self.command("tally", inspection, "--json", *self.REASON))

    def section(self, inspection, language="en"):
        return self.command("section", inspection, "--full", "--language", language, *self.REASON)


def swap_is_on():
    try:
        return len(Path("/proc/swaps").read_text().splitlines()) > 1
    except OSError:
        return False


def languages_of(questionnaire):
    return json.loads((questionnaire / "definition.json").read_text())["languages"]


class Kiosk:
    def __init__(self, processes, program, state, assets):
        self.processes = processes
        self.program = program
        self.state = state
        self.assets = assets
        self.options = []  # more of its command line

    def enrol(self, invite):
        self.processes.run("perspective-kiosk enrol", [self.program, "enrol", "--state", self.state], lines=(invite,))

    def set_pin(self, pin):
        """While it is closed."""
        self.processes.run("perspective-kiosk set-pin", [self.program, "set-pin", "--state", self.state], lines=(pin, pin))

    def remove_pin(self):
        (self.state / "pin").unlink()

    def open(self, environment, hook, size="1280x800"):
        """The keeper; its window follows. Sizes: the demo's display is as if on a screen of 13 inches."""
        arguments = [self.program, "--state", self.state, "--assets", self.assets, "--window", size, *self.options]
        self.processes.start(KIOSK, arguments + (["--hook", hook] if hook else []), extra_environment=environment)

    def status(self):
        return self.processes.run("perspective-kiosk status", [self.program, "status", "--state", self.state],
                                  accept=STATUS_CODES).strip()

    def copy_to(self, folder):
        return self.processes.run("perspective-kiosk copy-to",
                                  [self.program, "copy-to", folder, "--state", self.state])

    def take_receipts(self, file):
        return self.processes.run("perspective-kiosk take-receipts",
                                  [self.program, "take-receipts", file, "--state", self.state])

    def is_all_sent(self):
        return self.status().startswith("all sent")

    def wait_until_all_sent(self, limit_s=90):
        self.processes.wait_until("the kiosk has sent everything", self.is_all_sent, KIOSK, limit_s)

    def close(self):
        self.processes.end(KIOSK)


def program_in(folder, name):
    path = folder / name
    if not shutil.which(str(path)):
        raise Failure(f"{path} is not built. Run installer/quickstart without --no-build.")
    return path
