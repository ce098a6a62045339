"""The packages in a fresh Debian that was booted: installed from a repository, a visit from keys to tally, upgraded, removed.

PERSPECTIVE_PROOF names a folder: base/ is the Debian (made here where it is missing), first/ and second/ have the packages
of two versions. `tests/packages/prove install` builds them and runs this.
"""

import json
import os
import re
import unittest
from pathlib import Path

import tree
from installation import INSPECTION, PAGES, TOOLS, Installation
from machine import Machine

FOLDER = Path(os.environ["PERSPECTIVE_PROOF"])
PACKAGES = ["perspective-kiosk", "perspective-collector"]
CONSOLE = "perspective-console"
ATTEST = "/usr/libexec/perspective-kiosk/attest"
UNITS = ["perspective-kiosk", "perspective-kiosk-display", "perspective-kiosk-sound", "perspective-kiosk-lockdown"]


def debs(version):
    found = sorted((FOLDER / version).glob("*.deb"))
    assert found, f"there are no packages in {FOLDER / version}"
    return found


def grouped(sum_of_all):
    """As it is shown, so that it can be read out."""
    return " ".join(re.findall(".{8}", sum_of_all))


def version_in(path):
    return path.name.split("_")[1]


class Proof(unittest.TestCase):
    """In the order of their numbers: each goes on where the one before has stopped."""

    @classmethod
    def setUpClass(cls):
        base = tree.base(FOLDER / "base")
        tree.use_our_sources(base)
        tree.offer(base, debs("first"))
        tree.download(base, *PACKAGES, CONSOLE, *TOOLS)
        cls.machine = cls.enterClassContext(Machine(base, FOLDER / "machine"))
        cls.proof = Installation(cls.machine)
        cls.machine.run("mkdir", "-p", "/run/proof-proc/sys/kernel")

    def run_in(self, *words, **more):
        return self.machine.run(*words, **more)

    def offer_second(self):
        root = self.machine.root()
        for path in debs("second"):
            (root / "repository" / path.name).write_bytes(path.read_bytes())
        self.machine.write("repository/Packages", tree.index_of(debs("first") + debs("second")))
        self.proof.apt("update")

    def wait_for(self, status, limit_s=60):
        self.machine.wait_until(f"the kiosk says '{status}'", lambda: self.proof.status() == status, limit_s)

    def readiness(self):
        return self.run_in("perspective-kiosk", "readiness", user="perspective-kiosk").stdout

    def listed_sums(self):
        """What whoever has the package works out: of the installed files, of the settings."""
        said = self.run_in("sha256sum", *(f"/usr/share/perspective-kiosk/{name}.sha256" for name in ("files", "settings")))
        return [line.split()[0] for line in said.stdout.splitlines()]

    def check_programs(self, version):
        """They are of the version that their packages have."""
        for package in PACKAGES:
            self.assertEqual(self.run_in(package, "--version").stdout.strip(), version_in(debs(version)[0]), package)

    def kiosk_process(self):
        return self.run_in("systemctl", "show", "-P", "MainPID", "perspective-kiosk").stdout.strip()

    def responses(self):
        """As the collector counts them for an inspector."""
        return json.loads(self.proof.arrived())["questionnaires"][0]["respondents"]

    def pages(self):
        root = self.machine.root()
        return {path.relative_to(root / PAGES.lstrip("/")): path.read_bytes()
                for path in (root / PAGES.lstrip("/")).rglob("*") if path.is_file()}

    def check_pages(self):
        """Each file of the package is served, byte for byte, and nothing else is the first page."""
        pages = self.pages()
        self.assertGreater(len(pages), 20)
        self.machine.wait_until("pages are served", lambda: self.proof.page("/")[0] == 200)
        self.assertEqual(self.proof.page("/")[1], pages[Path("index.html")])
        for name, content in pages.items():
            self.assertEqual(self.proof.page(f"/console/{name}"), (200, content), name)

    # ---- installed

    def test_01_apt_installs_them_from_the_repository(self):
        self.proof.apt("update")
        self.proof.apt("install", *PACKAGES)
        for package in PACKAGES:
            self.assertEqual(self.proof.version_of(package), version_in(debs("first")[0]))

    def test_02_nothing_that_they_need_is_missing(self):
        for package in PACKAGES:
            self.assertNotIn("not found", self.run_in("ldd", f"/usr/bin/{package}").stdout)
        self.check_programs("first")
        self.assertEqual(self.run_in("dpkg", "--audit").stdout, "")

    def test_03_nothing_runs_until_somebody_says_so(self):
        for unit in (*UNITS, "perspective-collector"):
            self.assertFalse(self.machine.is_active(unit), unit)
            self.assertNotIn("enabled", self.run_in("systemctl", "is-enabled", unit, accept=None).stdout.split())

    def test_04_each_has_a_user_and_a_folder_that_others_cannot_read(self):
        for user in PACKAGES:
            said = self.run_in("stat", "-c", "%U %G %a", f"/var/lib/{user}").stdout.split()
            self.assertEqual(said, [user, user, "700"])
            self.assertIn("/usr/sbin/nologin", self.run_in("getent", "passwd", user).stdout)

    def test_05_the_kiosk_has_no_test_hook(self):
        said = self.run_in("perspective-kiosk", "--state", "/tmp/x", "--hook", "/tmp/hook", accept=(2,))
        self.assertIn("--hook", said.stderr + said.stdout)

    def test_06_a_spoilt_configuration_is_refused_with_its_line(self):
        path = "/etc/perspective/kiosk.conf"
        whole = (self.machine.root() / path.lstrip("/")).read_text()
        self.machine.write(path.lstrip("/"), whole + "suond = loudspeaker\n")
        said = self.run_in("perspective-kiosk", "status", accept=(2,), user="perspective-kiosk")
        self.assertRegex(said.stderr, path + r":\d+: there is no key 'suond'")
        self.machine.write(path.lstrip("/"), whole)

    # ---- running

    def test_10_the_collector_serves(self):
        self.proof.start_collector()
        self.assertTrue(self.machine.is_active("perspective-collector"))
        self.assertIn("ready", self.run_in("journalctl", "-u", "perspective-collector", "--no-pager").stdout)
        self.proof.create_inspection()

    def test_10a_without_the_console_there_are_no_pages_and_with_it_there_are(self):
        self.proof.apt("install", *TOOLS)
        self.assertEqual(self.proof.page("/")[0], 404)
        self.proof.apt("install", CONSOLE)
        self.assertEqual(self.proof.version_of(CONSOLE), version_in(debs("first")[0]))
        self.check_pages()

    def test_11_a_kiosk_enrols(self):
        self.assertIn(f"Ready for inspection {INSPECTION}", self.proof.enrol())
        self.assertEqual(self.proof.status(), "all sent")
        files, settings = self.listed_sums()
        said = self.readiness()
        self.assertIn(f"Installed files: as packaged: {grouped(files)}", said)
        self.assertIn(f"Settings: as packaged: {grouped(settings)}", said)
        self.assertEqual(self.run_in(ATTEST, "measure").stdout.split(), [files, settings])

    def test_12_it_starts_with_a_display_of_its_own(self):
        self.proof.make_a_kiosk()
        for unit in UNITS:
            self.machine.wait_until(f"{unit} runs", lambda unit=unit: self.machine.is_active(unit))
        self.assertFalse((self.machine.root() / "tmp/.X11-unix/X0").exists(), "nobody else is to see the display")

    def test_13_the_machine_is_locked_down(self):
        kernel = self.machine.root() / "run/proof-proc/sys/kernel"
        self.assertEqual((kernel / "sysrq").read_text(), "0\n")
        self.assertEqual((kernel / "core_pattern").read_text(), "|/bin/false\n")
        self.assertIn("masked", self.run_in("systemctl", "is-enabled", "autovt@tty2.service", accept=None).stdout)

    def test_14_a_visit_by_keys_arrives(self):
        self.proof.want_accessibility()
        print(self.proof.visit().strip(), flush=True)
        self.wait_for("all sent")
        self.assertEqual(self.responses(), 1)

    def test_15_what_is_installed_measures_as_packaged(self):
        said = self.readiness()
        files, settings = self.listed_sums()
        self.assertIn(f"Installed files: as packaged: {grouped(files)}", said)
        # What make_a_kiosk() has put beside the units.
        self.assertIn("  Settings: set here: /etc/systemd/system/perspective-kiosk-display.service.d/proof.conf", said)
        also = self.run_in(ATTEST, "measure").stdout.split()
        self.assertEqual(also[0], files)
        self.assertNotEqual(also[1], settings)
        self.assertIn(f"Together: {grouped(also[1])}", said)
        texts = "usr/share/perspective-kiosk/assets/texts/en.json"
        whole = (self.machine.root() / texts).read_text()
        self.machine.write(texts, whole + "\n")
        said = self.readiness()
        self.assertIn(f"! Installed files: not as packaged: /{texts}", said)
        self.machine.write(texts, whole)

    def test_16_the_kiosk_comes_back_when_its_display_goes(self):
        before = self.kiosk_process()
        self.run_in("systemctl", "kill", "--signal=KILL", "perspective-kiosk-display")
        self.machine.wait_until("another kiosk runs", lambda: self.machine.is_active("perspective-kiosk")
                                and self.kiosk_process() not in (before, "0"))
        self.machine.wait_until("it is shown", lambda: "push button" in self.proof.on_the_screen())

    def test_17_it_goes_on_when_its_sound_goes(self):
        before = self.kiosk_process()
        self.run_in("systemctl", "kill", "--signal=KILL", "perspective-kiosk-sound")
        self.machine.wait_until("the sound is back", lambda: self.machine.is_active("perspective-kiosk-sound"))
        self.assertEqual(self.kiosk_process(), before)

    # ---- upgraded, with an answer that waits

    def test_20_an_answer_waits_while_the_collector_is_away(self):
        self.run_in("systemctl", "stop", "perspective-collector")
        print(self.proof.visit().strip(), flush=True)
        self.assertEqual(self.proof.status(), "some waiting")

    def test_21_an_upgrade_keeps_it_and_ends_no_visit(self):
        before = self.kiosk_process()
        files = self.listed_sums()[0]
        self.offer_second()
        self.proof.apt("install", "--only-upgrade", *PACKAGES)
        for package in (*PACKAGES, CONSOLE):
            self.assertEqual(self.proof.version_of(package), version_in(debs("second")[0]))
        self.check_programs("second")
        self.assertNotEqual(self.listed_sums()[0], files, "other programs have another sum")
        self.assertEqual(self.kiosk_process(), before)
        self.assertEqual(self.proof.status(), "some waiting")

    def test_22_the_new_program_has_the_old_ones_queue(self):
        self.run_in("systemctl", "restart", "perspective-kiosk")
        self.machine.wait_until("the kiosk runs", lambda: self.machine.is_active("perspective-kiosk"))
        self.assertEqual(self.proof.status(), "some waiting")

    # ---- removed

    def test_30_it_is_not_removed_while_an_answer_waits(self):
        refused = self.proof.apt("remove", "perspective-kiosk", accept=(100,))
        self.assertIn("answers wait here that the collector may not have yet", refused.stdout + refused.stderr)
        self.assertEqual(self.proof.version_of("perspective-kiosk"), version_in(debs("second")[0]))
        self.assertTrue(self.machine.is_active("perspective-kiosk"), "and it goes on")

    def test_31_it_is_sent_once_the_collector_is_back(self):
        self.run_in("systemctl", "start", "perspective-collector")
        self.wait_for("all sent", 180)
        self.assertEqual(self.responses(), 2)

    def test_31a_an_upgrade_starts_the_collector_anew(self):
        show = ("systemctl", "show", "-P", "MainPID", "perspective-collector")
        before = self.run_in(*show).stdout
        self.proof.apt("install", "--reinstall", "perspective-collector")
        self.assertTrue(self.machine.is_active("perspective-collector"))
        self.assertNotEqual(self.run_in(*show).stdout, before)

    def test_31b_pages_are_of_the_version_of_the_collector_and_go_without_it_going(self):
        self.check_pages()
        self.proof.apt("remove", CONSOLE)
        self.machine.wait_until("no pages are served", lambda: self.proof.page("/")[0] == 404)
        self.assertTrue(self.machine.is_active("perspective-collector"))
        self.proof.apt("install", CONSOLE)
        self.check_pages()

    def test_32_then_it_is_removed_and_leaves_its_keys(self):
        self.proof.apt("remove", "perspective-kiosk")
        self.assertIsNone(self.proof.version_of("perspective-kiosk"))
        self.assertTrue((self.machine.root() / "var/lib/perspective-kiosk/device.key").exists())
        for unit in UNITS:
            self.assertFalse(self.machine.is_active(unit), unit)
        self.assertEqual((self.machine.root() / "run/proof-proc/sys/kernel/sysrq").read_text(), "438\n")

    def test_33_purging_deletes_no_key(self):
        self.proof.apt("purge", *PACKAGES)
        self.assertIsNone(self.proof.version_of(CONSOLE), "pages without a collector are of no use")
        root = self.machine.root()
        self.assertTrue((root / "var/lib/perspective-kiosk/device.key").exists())
        self.assertTrue((root / "var/lib/perspective-collector/data/keys").is_dir())
        self.assertFalse((root / "etc/perspective/kiosk.conf").exists())


if __name__ == "__main__":
    unittest.main(verbosity=2, failfast=True)
