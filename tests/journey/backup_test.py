"""The collector's host is lost. Another one is made from a backup, a copy of the keys and the note of what was taken back:
kiosks go on, what they still hold arrives, what was taken back stays away, and what is gone is said."""

import shutil
import signal
import subprocess
import time
import unittest

import line
import senders
from line import Line, enter_own_temporary_folders
from failure import Failure
from processes import die_with_parent
from programs import COLLECTOR, Kiosk

from respondent import FINISH  # noqa: E402, which line finds

OTHER = "hove-2012"  # whose kiosk sends without end while backups are made
BACKUPS = 5
CUTS = 6


class LostHost(Line):
    """Six visits. The backup has the first three; one of those is taken back after it. The fourth comes after the backup: its
    kiosk has a receipt, and no copy any more. Then the host is lost; the fifth and the sixth wait on the kiosk meanwhile."""

    fixture = "library-readers"

    @classmethod
    def run_line(cls):
        cls.start()
        collector, cls.elsewhere = cls.line.collector, cls.line.folder / "elsewhere"
        cls.elsewhere.mkdir(mode=0o700)
        cls.words = [cls.visit(number) for number in range(3)]
        cls.line.kiosk.wait_until_all_sent()
        cls.verified = cls.backups_during_sending()
        cls.verified_after_kills = [cls.backup_cut_short(number) for number in range(CUTS)]
        cls.backup = cls.elsewhere / "collector.backup"
        cls.said = collector.command("backup", str(cls.backup))
        collector.command("key", "copy", str(cls.elsewhere / "keys"), "--place", "the safe of this test")
        cls.visit(3)
        cls.line.kiosk.wait_until_all_sent()
        collector.withdraw(cls.responses.inspection, cls.words[1])
        shutil.copy(collector.data / "withdrawn", cls.elsewhere / "withdrawn")
        cls.accepted_before = cls.column("SELECT sum(envelopes) FROM daily_counts")

        collector.processes.end(COLLECTOR, signal.SIGKILL)
        shutil.rmtree(collector.data)
        for number in (4, 5):
            cls.visit(number)
        cls.refused_without_note = cls.failure("restore", str(cls.backup), "--keys", str(cls.elsewhere / "keys"))
        collector.command("restore", str(cls.backup), "--keys", str(cls.elsewhere / "keys"), "--withdrawn",
                          str(cls.elsewhere / "withdrawn"))
        cls.refused_over_it = cls.failure("restore", str(cls.backup), "--keys", str(cls.elsewhere / "keys"), "--withdrawn",
                                          str(cls.elsewhere / "withdrawn"))
        collector.serve()
        cls.line.kiosk.wait_until_all_sent(200)  # it asks again at longer and longer intervals
        collector.unlock(cls.responses.inspection)

    @classmethod
    def visit(cls, number):
        """Sends it; its four words."""
        visits = cls.responses.visits
        respondent = cls.line.respondent(visits[number % len(visits)], number)
        screen = respondent.answer_until(lambda now: now.id == "thanks")
        words = [item.label for item in screen.with_prefix("word.")]
        respondent.leave(screen, FINISH)
        return words

    @classmethod
    def backups_during_sending(cls):
        """Each over the one before; what `verify` says of each."""
        collector = cls.line.collector
        collector.create(OTHER, "Hove", cls.responses.questionnaires)
        kiosk = Kiosk(cls.line.processes, cls.line.kiosk.program, cls.line.folder / "other-kiosk", line.ASSETS)
        kiosk.enrol(collector.invite(OTHER, "other-kiosk"))
        port = collector.command("kiosk", "invite", "--inspection", OTHER).split("/enrol")[0].rsplit(":", 1)[1]
        sender = senders.start(kiosk, port, environment=cls.line.processes.environment)
        said, counts = [], []
        try:
            for _ in range(BACKUPS):
                before = cls.column(f"SELECT count(*) FROM envelopes WHERE inspection = '{OTHER}'")
                cls.line.processes.wait_until("more has come", lambda before=before: cls.column(
                    f"SELECT count(*) FROM envelopes WHERE inspection = '{OTHER}'") > before + 5, COLLECTOR, 60)
                collector.command("backup", str(cls.elsewhere / "often.backup"))
                said.append(cls.verify(cls.elsewhere / "often.backup"))
                counts.append(line.rows(cls.elsewhere / "often.backup", "SELECT count(*) FROM envelopes")[0][0])
        finally:
            senders.told_by([sender], 120)
        cls.counts = counts
        return said

    @classmethod
    def backup_cut_short(cls, number):
        """The collector is killed while it writes over an older backup. What `verify` says of what is there then."""
        collector, backup = cls.line.collector, cls.elsewhere / "often.backup"
        asked = subprocess.Popen([collector.program, "--data", collector.data, "backup", backup], stdout=subprocess.DEVNULL,
                                 stderr=subprocess.DEVNULL, env=cls.line.processes.environment, preexec_fn=die_with_parent)
        time.sleep(0.01 * number)
        collector.processes.end(COLLECTOR, signal.SIGKILL)
        asked.wait(60)
        said = cls.verify(backup)
        collector.serve()
        collector.command("backup", str(backup))
        cls.left_behind = [file.name for file in cls.elsewhere.glob("often.backup*")]
        return said

    @classmethod
    def verify(cls, backup):
        """By a program that has neither collector nor keys."""
        return cls.line.processes.run("verify", [cls.line.collector.program, "--data", "/nowhere", "verify", backup])

    @classmethod
    def failure(cls, *arguments):
        try:
            return "nothing: " + cls.line.collector.command(*arguments)
        except Failure as failure:
            return str(failure)

    @classmethod
    def column(cls, statement):
        return line.rows(cls.line.collector.data / "collector.sqlite", statement)[0][0]

    def test_each_backup_that_was_made_during_sending_is_whole(self):
        self.assertEqual(len(self.verified), BACKUPS)
        self.assertEqual(sorted(set(self.counts)), self.counts)
        for said in self.verified:
            self.assertIn("It is whole.", said)
            self.assertIn("Not checked, because it cannot be:", said)

    def test_a_backup_that_was_cut_short_leaves_the_one_of_before_and_nothing_else(self):
        for said in self.verified_after_kills:
            self.assertIn("It is whole.", said)
        self.assertEqual(self.left_behind, ["often.backup"])

    def test_the_backup_says_what_it_has_not_and_where_the_keys_are(self):
        self.assertIn("private keys", self.said)
        self.assertIn("'withdrawn'", self.said)
        self.assertIn("the safe of this test", self.verify_after_copy())

    def verify_after_copy(self):
        again = self.elsewhere / "again.backup"
        self.line.collector.command("backup", str(again))
        return self.verify(again)

    def test_it_has_no_key_no_passphrase_and_no_word_of_who_took_an_answer_back(self):
        content = self.backup.read_bytes()
        for secret in ("PRIVATE KEY", *self.line.collector.passphrases):
            self.assertNotIn(secret.encode(), content)

    def test_the_restored_collector_counts_what_the_backup_had_and_what_the_kiosk_still_held(self):
        """Of six: one was taken back, one was lost with the host."""
        tally = self.line.collector.tally_json(self.inspection)
        self.assertEqual(sum(one["respondents"] for one in tally["questionnaires"]), 4)
        self.assertEqual(self.accepted_before, 4 + self.counts_of_other())

    def counts_of_other(self):
        return self.column(f"SELECT sum(envelopes) FROM daily_counts WHERE inspection = '{OTHER}'")

    def test_what_was_taken_back_after_the_backup_stays_away(self):
        taken_back = (self.elsewhere / "withdrawn").read_text().split()
        rows = line.rows(self.line.collector.data / "collector.sqlite", "SELECT hex(id) FROM envelopes")
        self.assertNotIn((taken_back[1].upper(),), rows)
        self.assertEqual(self.column(f"SELECT envelopes FROM withdrawn_counts WHERE inspection = '{self.inspection}'"), 1)

    def test_it_is_restored_over_nothing_and_not_without_the_note_of_what_was_taken_back(self):
        self.assertIn("would count again", self.refused_without_note)
        self.assertIn("is there already", self.refused_over_it)

    def test_reconciling_counts_what_was_lost(self):
        collector = self.line.collector
        collector.command("inspection", "end-fieldwork", self.inspection)
        self.line.kiosk.close()
        self.line.reopen_window()
        self.line.processes.wait_until("the kiosk has reported", lambda: "yet reported" not in collector.command(
            "inspection", "reconcile", self.inspection), "kiosk", 120)
        said = collector.command("inspection", "reconcile", self.inspection)
        self.assertRegex(said, r"Responses are missing\. .* says it sent 6; 5 came in\.")


if __name__ == "__main__":
    enter_own_temporary_folders()
    unittest.main(verbosity=2)
