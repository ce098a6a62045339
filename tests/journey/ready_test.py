"""What stands in the way is said before a visit starts: a full disk, a wrong clock, keys that nothing can be sealed to.

The disk is a real one of few megabytes, the clock that of the process alone (libfaketime), and the spoilt package is
signed as the collector signs.
"""

import errno
import json
import os
import shutil
import subprocess
import tempfile
import time
import unittest
from pathlib import Path

import line

FAKETIME = Path(f"/usr/lib/{os.uname().machine}-linux-gnu/faketime/libfaketime.so.1")
DISK_BYTES = 3 * 1024 * 1024
DAY_S = 86400


def openssl(*arguments):
    subprocess.run(["openssl", "cms", *arguments], check=True, capture_output=True, timeout=30)


class Ready(line.Line):
    fixture = "croydon-2012"

    @classmethod
    def run_line(cls):
        cls.has_small_disk = line.HAS_OWN_FOLDERS in os.environ
        if cls.has_small_disk:
            subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={DISK_BYTES},mode=700", "tmpfs",
                            cls.line.folder / "kiosk"], check=True)
        cls.start()
        cls.display = dict(cls.line.environment)
        cls.line.kiosk.close()
        cls.line.hook_path.unlink(missing_ok=True)
        cls.line.collector.stop()
        cls.visit = next(visit for visit in cls.responses.visits if visit.questionnaire == "victims")

    def setUp(self):
        self.kiosk_folder = self.line.folder / "kiosk"
        self.package = self.kiosk_folder / "packages" / f"{self.inspection}.p7"
        self.clock = {}
        kept = Path(self.enterContext(tempfile.TemporaryDirectory(prefix="kept-", dir=self.line.folder / "tmp")))
        for path in (self.package, self.kiosk_folder / "device.key"):
            shutil.copy(path, kept)
            self.addCleanup(shutil.copy, kept / path.name, path)
        self.addCleanup(self.line.collector.stop)
        self.addCleanup(self.close)

    # ---- what a supervisor does and sees

    def open(self, shift_s=0):
        self.clock = {} if shift_s == 0 else {"LD_PRELOAD": str(FAKETIME), "FAKETIME": f"{shift_s:+d}",
                                              "DONT_FAKE_MONOTONIC": "1"}
        self.line.open_window({**self.display, **self.clock})
        return self.start_screen()

    def close(self):
        self.line.kiosk.close()
        self.line.hook_path.unlink(missing_ok=True)

    def start_screen(self):
        return self.line.window.wait("the start screen is there", lambda screen: screen.id == "start")

    def wait_for(self, item, is_there=True):
        return self.line.window.wait(f"the start screen {'says' if is_there else 'no longer says'} '{item}'",
                                     lambda screen: (screen.item(item) is not None) == is_there)

    def buttons(self, screen):
        return {item.id: item.enabled for item in screen.with_prefix("questionnaire.")}

    def status(self):
        environment = {**self.line.processes.environment, **self.clock}
        done = subprocess.run([self.line.kiosk.program, "status", "--state", self.kiosk_folder], env=environment,
                              capture_output=True, text=True, check=True, timeout=30)
        return done.stdout.splitlines()

    def picture(self, name):
        folder = self.line.screenshots / "ready"
        folder.mkdir(exist_ok=True)
        self.line.window.hook.screenshot(folder / f"{name}.png")
        kept = os.environ.get("PERSPECTIVE_KEEP_SCREENSHOTS")
        if kept:
            shutil.copy(folder / f"{name}.png", kept)

    def answer_until_check(self):
        person = self.line.respondent(self.visit, 1)
        return person, person.answer_until(lambda screen: screen.id == "check")

    def send(self, person, screen):
        """All screens to the start again; one that asks for help fails the test."""
        seen = []
        while screen.id != "start":
            seen.append(screen.id)
            screen = person.do(screen)
        return seen

    # ---- what befalls the kiosk

    def fill_disk(self):
        """By others, to the last byte."""
        self.addCleanup((self.kiosk_folder / "others").unlink, missing_ok=True)
        others = os.open(self.kiosk_folder / "others", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        try:
            while True:
                os.write(others, b"x" * 4096)
        except OSError as error:
            self.assertEqual(error.errno, errno.ENOSPC)
        finally:
            os.close(others)

    def sign_anew(self, change):
        """The package, changed, with the collector's own signature."""
        keys = self.line.folder / "collector" / "keys"
        plain = self.line.folder / "tmp" / "package.json"
        openssl("-verify", "-noverify", "-inform", "DER", "-binary", "-in", self.package, "-out", plain)
        package = json.loads(plain.read_text())
        change(package)
        plain.write_text(json.dumps(package))
        openssl("-sign", "-binary", "-nodetach", "-md", "sha256", "-outform", "DER", "-signer", keys / "package.pem",
                "-inkey", keys / "package.key", "-in", plain, "-out", self.package)

    # ---- the disk

    def test_a_visit_that_started_is_kept_on_a_disk_that_has_filled_since(self):
        if not self.has_small_disk:
            self.skipTest("this system lets nobody mount a small disk")
        screen = self.open()
        self.assertEqual(set(self.buttons(screen).values()), {True})
        person, check = self.answer_until_check()
        self.fill_disk()
        self.assertEqual(shutil.disk_usage(self.kiosk_folder).free, 0)
        self.assertEqual(self.send(person, check)[-1], "thanks")
        waiting = line.rows(self.kiosk_folder / "outbox.sqlite", "SELECT count(*) FROM envelope")
        self.assertEqual(waiting, [(1,)])

        screen = self.wait_for("refuses.disk_full")
        self.assertEqual(set(self.buttons(screen).values()), {False})
        self.assertEqual(screen.item("status").label, "Full")
        self.assertEqual(self.status()[:3], ["full", "No visit can start now.", "The disk of this kiosk is full."])
        self.picture("disk-full")
        self.close()
        screen = self.open()
        self.assertIsNotNone(screen.item("refuses.disk_full"), "after a new start too")

        (self.kiosk_folder / "others").unlink()
        screen = self.wait_for("refuses.disk_full", is_there=False)
        self.assertEqual(set(self.buttons(screen).values()), {True})
        self.wait_for("waits.collector_unreachable")
        self.assertIn("The collector cannot be reached.", self.status())
        self.picture("collector-unreachable")
        self.line.collector.serve()
        self.close()
        self.open()
        self.line.kiosk.wait_until_all_sent()

    # ---- the clock

    def need_faketime(self):
        if not FAKETIME.exists():
            self.skipTest(f"{FAKETIME} is not there; installer/dependencies names it")

    def test_a_clock_before_the_kiosks_certificate_is_said_and_stops_no_visit(self):
        self.need_faketime()
        self.line.collector.serve()
        screen = self.open(-90 * DAY_S)
        self.assertIsNotNone(screen.item("warns.clock_wrong"))
        self.assertEqual(set(self.buttons(screen).values()), {True})
        self.assertIn("The date or the time of this kiosk is wrong.", self.status())
        person, check = self.answer_until_check()
        self.assertEqual(self.send(person, check)[-1], "thanks")
        screen = self.line.window.wait("something waits", lambda now: now.item("status").label == "Some waiting")
        self.picture("clock-wrong")
        time.sleep(1)  # nothing could be sent: whoever answers cannot prove who they are
        screen = self.start_screen()
        self.assertEqual([item.id for item in screen.with_prefix("waits.")], [], "the clock explains it")
        self.assertEqual(self.status()[0], "some waiting")
        self.close()
        self.assertIsNone(self.open().item("warns.clock_wrong"))
        self.line.kiosk.wait_until_all_sent()

    def test_a_clock_that_the_collector_contradicts_is_said(self):
        self.need_faketime()
        self.line.collector.serve()
        self.open(-40 * 60)  # within the hour by which certificates begin early: sending goes on
        screen = self.wait_for("warns.clock_wrong")
        self.assertEqual(set(self.buttons(screen).values()), {True})
        self.close()
        self.line.collector.stop()
        self.open(-40 * 60)
        time.sleep(1)
        self.assertIsNone(self.start_screen().item("warns.clock_wrong"), "nobody said so this time")

    def test_a_clock_after_the_kiosks_certificate_is_said(self):
        self.need_faketime()
        screen = self.open(4000 * DAY_S)
        self.assertIsNotNone(screen.item("warns.certificate_ended"))
        self.assertEqual(set(self.buttons(screen).values()), {True})

    # ---- the keys

    def test_keys_that_nothing_can_be_sealed_to_stop_the_questionnaire(self):
        def spoil(package):
            package["envelope_bytes"] += 1  # what is sealed would not be what the collector takes
        self.sign_anew(spoil)
        screen = self.open()
        self.assertEqual(set(self.buttons(screen).values()), {False})
        whys = screen.with_prefix("why.keys_unusable.")
        self.assertIn("This questionnaire cannot start: its answers could not be locked.", [why.label for why in whys])
        self.assertIn("This questionnaire cannot start: its answers could not be locked.", self.status())
        self.picture("keys-unusable")

    def test_it_is_said_in_welsh_where_welsh_comes_first(self):
        def spoil(package):
            package["envelope_bytes"] += 1
            package["languages"] = ["cy", "en"]
        self.sign_anew(spoil)
        screen = self.open()
        self.assertEqual(screen.language, "cy")
        self.assertIn("All yr holiadur hwn ddim dechrau: doedd dim modd cloi'r atebion.",
                      [item.label for item in screen.items])
        self.clock = {"LC_ALL": "cy_GB.UTF-8"}
        self.assertIn("All yr holiadur hwn ddim dechrau: doedd dim modd cloi'r atebion.", self.status())
        self.picture("keys-unusable-welsh")

    def test_a_key_of_another_kind_is_no_package_and_the_collector_mends_it(self):
        rsa = self.line.folder / "tmp" / "rsa.pem"
        subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=x", "-days", "9",
                        "-keyout", os.devnull, "-out", rsa], check=True, capture_output=True, timeout=60)

        def spoil(package):
            package["inspection_certificate"] = rsa.read_text()
        self.sign_anew(spoil)
        screen = self.open()
        self.assertIsNotNone(screen.item("refuses.no_questionnaire"))
        self.assertIsNotNone(screen.item("warns.package_damaged"))
        self.assertIn("There is no questionnaire on this kiosk yet.", self.status())
        self.picture("package-damaged")
        self.close()
        self.line.collector.serve()
        self.open()
        screen = self.wait_for("refuses.no_questionnaire", is_there=False)
        self.assertEqual(set(self.buttons(screen).values()), {True})
        self.wait_for("warns.package_damaged", is_there=False)

    def test_a_package_with_a_changed_byte_is_not_used(self):
        signed = bytearray(self.package.read_bytes())
        signed[len(signed) // 2] ^= 1
        self.package.write_bytes(signed)
        screen = self.open()
        self.assertEqual(self.buttons(screen), {})
        self.assertIsNotNone(screen.item("warns.package_not_genuine"))

    def test_a_lost_device_key_stops_visits_and_is_said(self):
        (self.kiosk_folder / "device.key").unlink()
        screen = self.open()
        self.assertIsNotNone(screen.item("refuses.enrolment_damaged"))
        self.assertEqual(self.buttons(screen), {}, "nobody can tell any more whose packages these are")
        self.assertEqual(self.status()[1:3], ["No visit can start now.", "The key of this kiosk is missing or damaged."])
        self.picture("key-missing")

    def test_nothing_is_said_when_all_is_well(self):
        self.line.collector.serve()
        screen = self.open()
        self.assertEqual([item.id for prefix in ("refuses", "warns.", "why.", "waits.")
                          for item in screen.with_prefix(prefix)], [])
        self.line.kiosk.wait_until_all_sent()
        self.assertEqual(self.status(), ["all sent"])


if __name__ == "__main__":
    line.enter_own_temporary_folders()
    unittest.main(verbosity=2)
