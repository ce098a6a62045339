"""A TPM signs what is installed: a real TPM 2.0 in software (swtpm), tpm2-tools, and whoever checks has the public key alone."""

import hashlib
import os
import secrets
import shutil
import subprocess
import tempfile
import time
import unittest
from pathlib import Path

ATTEST = Path(__file__).resolve().parents[2] / "installer" / "packages" / "kiosk" / "attest"


class Attest(unittest.TestCase):
    def setUp(self):
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory(prefix="attest-")))
        self.root = self.folder / "root"
        (self.root / "usr/bin").mkdir(parents=True)
        for name in ("kiosk", "texts with spaces"):
            (self.root / "usr/bin" / name).write_text(name)
        self.listed = "".join(f"{hashlib.sha256(name.encode()).hexdigest()}  usr/bin/{name}\n"
                              for name in ("kiosk", "texts with spaces"))
        (self.root / "etc/perspective").mkdir(parents=True)
        (self.root / "etc/perspective/kiosk.conf").write_text("state = here\n")
        self.settings = f"{hashlib.sha256(b'state = here' + bytes([10])).hexdigest()}  etc/perspective/kiosk.conf\n"
        (self.folder / "files.sha256").write_text(self.listed)
        (self.folder / "settings.sha256").write_text(self.settings)
        self.start_tpm("tpm")
        self.nonce = secrets.token_hex(32)

    def start_tpm(self, name):
        """The machine's, from now on."""
        place = self.folder / name
        place.mkdir()
        socket = place / "socket"
        process = subprocess.Popen(["swtpm", "socket", "--tpm2", "--tpmstate", f"dir={place}", "--server",
                                    f"type=unixio,path={socket}", "--ctrl", f"type=unixio,path={socket}.ctrl", "--flags",
                                    "not-need-init,startup-clear"], stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.addCleanup(process.wait, 10)
        self.addCleanup(process.kill)
        end = time.monotonic() + 20
        while not socket.exists():
            self.assertLess(time.monotonic(), end, "swtpm did not start")
            time.sleep(0.05)
        self.environment = {**os.environ, "TPM2TOOLS_TCTI": f"swtpm:path={socket}", "PERSPECTIVE_ROOT": str(self.root),
                            "PERSPECTIVE_LISTS": str(self.folder)}

    def attest(self, *words):
        return subprocess.run([ATTEST, *words], env=self.environment, capture_output=True, text=True, timeout=60, check=False)

    def key(self, name="key.pem"):
        made = self.attest("key", self.folder / name)
        self.assertEqual(made.returncode, 0, made.stderr)
        return self.folder / name

    def signed(self, nonce):
        folder = self.folder / "signed"
        shutil.rmtree(folder, ignore_errors=True)
        done = self.attest("sign", nonce, folder)
        self.assertEqual(done.returncode, 0, done.stderr)
        return folder

    def measured(self):
        """What somebody elsewhere, who has the key, is told: of the files, and of the settings."""
        checked = self.attest("check", self.nonce, self.signed(self.nonce), self.key())
        self.assertEqual(checked.returncode, 0, checked.stderr)
        return checked.stdout.splitlines()

    @staticmethod
    def sum_of(text):
        return hashlib.sha256(text.encode()).hexdigest()

    def test_what_it_signs_are_the_sums_of_the_lists(self):
        self.assertEqual(self.measured(), [self.sum_of(self.listed), self.sum_of(self.settings)])

    def test_a_changed_program_has_another_measurement(self):
        (self.root / "usr/bin/kiosk").write_text("another")
        files, settings = self.measured()
        self.assertNotEqual(files, self.sum_of(self.listed))
        self.assertEqual(settings, self.sum_of(self.settings))

    def test_so_have_changed_settings_and_units(self):
        seen = [self.measured()]
        for name, text in (("etc/perspective/kiosk.conf", "state = there\n"),
                           ("etc/systemd/system/perspective-kiosk.service.d/mine.conf", "[Service]\nExecStart=\n"),
                           ("run/systemd/system/service.d/all.conf", "[Service]\n")):
            (self.root / name).parent.mkdir(parents=True, exist_ok=True)
            (self.root / name).write_text(text)
            seen.append(self.measured())
        (self.root / "etc/systemd/system/perspective-kiosk-lockdown.service").symlink_to("/dev/null")
        seen.append(self.measured())
        self.assertEqual({files for files, _ in seen}, {self.sum_of(self.listed)})
        self.assertEqual(len({settings for _, settings in seen}), len(seen))

    def test_units_of_others_do_not_count(self):
        folder = self.root / "etc/systemd/system/ssh.service.d"
        folder.mkdir(parents=True)
        (folder / "mine.conf").write_text("[Service]\n")
        self.assertEqual(self.measured()[1], self.sum_of(self.settings))

    def test_a_measurement_that_was_written_over_is_refused(self):
        key, folder = self.key(), self.signed(self.nonce)
        (folder / "measurements").write_text(("0" * 64 + "\n") * 2)
        self.assertEqual(self.attest("check", self.nonce, folder, key).returncode, 1)

    def test_one_of_yesterday_is_refused(self):
        key, folder = self.key(), self.signed(self.nonce)
        self.assertEqual(self.attest("check", secrets.token_hex(32), folder, key).returncode, 1)

    def test_another_machine_cannot_sign_for_it(self):
        key = self.key()
        self.start_tpm("another")
        self.assertEqual(self.attest("check", self.nonce, self.signed(self.nonce), key).returncode, 1)

    def test_the_key_is_the_same_each_time(self):
        self.assertEqual(self.key("one.pem").read_text(), self.key("two.pem").read_text())

    def test_a_nonce_that_is_none_is_refused(self):
        refused = self.attest("sign", "today", self.folder / "signed")
        self.assertEqual(refused.returncode, 2)
        self.assertIn("hexadecimal", refused.stderr)


if __name__ == "__main__":
    unittest.main(verbosity=2)
