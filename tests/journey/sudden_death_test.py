"""Sudden death: keeper, child or collector is killed at random moments of one continuous run.

All that was thanked for is in the tally once, nothing else is but what a death cut off after it was durable, and the
draft returns after a child's death.

PERSPECTIVE_SEED repeats a run's victims, aims and delays; PERSPECTIVE_KILLS says how many deaths (200 without it; about
a second and a half for each). The run of 2 000, by name: ctest -C long -R journey_sudden_death_2000
"""

import collections
import os
import secrets
import sqlite3
import time
import unittest

import death_plan
import leak_search
import line
from death_killer import Killer
from death_sitting import QUESTIONNAIRE, Sitting, invented
from death_stand import KeeperDied, Stand
from responses import Responses

SEED = os.environ.get("PERSPECTIVE_SEED") or secrets.token_hex(4)
KILLS = int(os.environ.get("PERSPECTIVE_KILLS") or 200)
LETTERS = "abcdefghijklmnopqrstuvwxyz-"
ALL_SENT_LIMIT_S = 300  # the pauses between the kiosk's attempts grow while the collector is away


class SuddenDeath(line.Line):
    fixture = "sudden-death"

    @classmethod
    def find_responses(cls):
        folder = line.FIXTURES / cls.fixture
        return Responses(folder, [], [folder], set(), cls.fixture)

    @classmethod
    def run_line(cls):
        cls.say(f"PERSPECTIVE_SEED={SEED} PERSPECTIVE_KILLS={KILLS}")
        cls.line.set_up(cls.responses)
        cls.line.open_display(LETTERS)
        cls.stand = Stand(cls.line, cls.fixture, SEED)
        data = {"keeper": ["kiosk/outbox.sqlite-journal"],
                "collector": ["collector/collector.sqlite-wal", "collector/collector.sqlite"]}
        cls.killer = Killer(death_plan.drawn(SEED, KILLS), cls.line.hook_path,
                            {victim: [cls.line.folder / name for name in names] for victim, names in data.items()})
        cls.addClassCleanup(cls.killer.stop)
        cls.stand.watch(cls.killer)
        began = time.monotonic()
        try:
            cls.take_visits()
        except Exception:
            cls.show_deaths(cls.killer.records[-8:])
            raise
        cls.say(f"{len(cls.killer.records)} deaths in {time.monotonic() - began:.0f} s")
        cls.show_counts()
        cls.look_at_the_end()

    @classmethod
    def take_visits(cls):
        """While the killer kills; and one more, that nobody cuts short."""
        people = invented(SEED)
        while cls.killer.is_alive():
            cls.take(next(people))
        cls.stand.mend_all()
        cls.take(next(people))

    @classmethod
    def take(cls, visit):
        cls.stand.visits.append(visit)
        try:
            Sitting(cls.stand, visit).run()
        except KeeperDied:
            cls.stand.restart_keeper()

    @classmethod
    def look_at_the_end(cls):
        cls.line.kiosk.wait_until_all_sent(ALL_SENT_LIMIT_S)
        inspection = cls.responses.inspection
        cls.comments = collections.Counter(comment["text"] for comment in cls.line.collector.comments(inspection))
        cls.tally = cls.line.collector.tally_json(inspection)
        cls.line.kiosk.close()
        cls.line.collector.stop()
        cls.visits = cls.stand.visits
        cls.counted = [visit for visit in cls.visits if visit.marker in cls.comments]

    @classmethod
    def show_deaths(cls, records):
        for record in records:
            cls.say(f"death: {record.death.victim} {record.process}, {record.death.aim}, on '{record.screen}'")

    @classmethod
    def show_counts(cls):
        for what, counts in (("victims", collections.Counter(each.death.victim for each in cls.killer.records)),
                             ("aims", collections.Counter(each.death.aim for each in cls.killer.records)),
                             ("screens", collections.Counter(each.screen for each in cls.killer.records)),
                             ("visits", collections.Counter(visit.ending + (" for deleting" if visit.deletes else "")
                                                          for visit in cls.stand.visits))):
            cls.say(f"{what}: " + ", ".join(f"{name} {count}" for name, count in counts.most_common()))
        unthanked = [visit for visit in cls.stand.visits if visit.is_sent and not visit.is_thanked]
        cls.say(f"drafts that returned: {sum(visit.returns for visit in cls.stand.visits)}; sent and not thanked: "
                f"{len(unthanked)}")

    def test_all_deaths_came(self):
        self.assertEqual(len(self.killer.records), KILLS)
        self.assertIsNone(self.killer.problem)

    def test_every_visit_that_was_thanked_is_in_the_tally_once(self):
        thanked = [visit for visit in self.visits if visit.is_thanked and not visit.deletes]
        self.assertTrue(thanked)
        self.assertEqual({visit.marker: self.comments[visit.marker] for visit in thanked},
                         {visit.marker: 1 for visit in thanked})

    def test_nothing_that_was_not_sent_is_in_the_tally(self):
        self.assertEqual([visit.marker for visit in self.counted if not visit.is_sent], [])
        self.assertEqual(set(self.comments) - {visit.marker for visit in self.visits}, set())

    def test_what_was_sent_and_not_thanked_is_in_the_tally_at_most_once(self):
        for visit in self.visits:
            if visit.is_sent and not visit.is_thanked:
                self.assertIn(self.comments[visit.marker], (0, 1), visit)

    def test_the_tally_has_what_was_durable_when_the_keeper_died(self):
        """So whoever was not thanked is in the tally if, and only if, the envelope was durable before that death."""
        for begun, durable in self.stand.snapshots:
            self.assertEqual(sum(visit.marker in self.comments for visit in self.visits[:begun]), durable, begun)

    def test_the_tally_counts_the_answers_of_those_visits(self):
        tally, = self.tally["questionnaires"]
        self.assertEqual((tally["respondents"], self.tally["set_aside"]), (len(self.counted), 0))
        given = {"weather": collections.Counter(visit.weather for visit in self.counted),
                 "ticket_on_wall": collections.Counter(visit.consent for visit in self.counted),
                 "way_here": collections.Counter(visit.way for visit in self.counted)}
        for item in tally["items"]:
            if item["variable"] in given:
                counts = {option["option"]: option["count"] for option in item["options"] if option["count"]}
                self.assertEqual(counts, given[item["variable"]], item["variable"])

    def test_drafts_returned(self):
        """That each returns as it was is looked at in the visit itself (death_sitting.py); this says that some did."""
        if KILLS >= 60:
            self.assertTrue(any(visit.returns for visit in self.visits))

    def test_nobodys_four_words_are_anothers(self):
        words = [visit.words for visit in self.visits if visit.is_thanked]
        self.assertEqual(len(set(words)), len(words))

    def test_both_databases_are_sound_and_agree(self):
        outbox, store = self.line.folder / "kiosk" / "outbox.sqlite", self.line.folder / "collector" / "collector.sqlite"
        for database in (outbox, store):
            self.assertEqual(line.rows(database, "PRAGMA integrity_check"), [("ok",)], database.name)
        self.assertEqual(line.rows(outbox, "SELECT count(*) FROM envelope"), [(0,)])
        self.assertEqual(line.rows(store, "SELECT count(*) FROM envelopes"), [(len(self.counted),)])
        self.assertEqual(line.rows(store, "SELECT sum(envelopes) FROM daily_counts"), [(len(self.counted),)])
        ledger = dict(line.rows(outbox, "SELECT what, visits FROM ledger"))
        self.assertEqual(ledger.pop("sent"), len(self.counted))
        # Of the envelope, or of none: each visit that began has one end, whatever died.
        started = ledger.pop("started")
        self.assertLessEqual(sum(ledger.values()) + len(self.counted), started)
        self.assertGreaterEqual(sum(ledger.values()) + len(self.counted) + 1, started, "but for one in progress")

    def test_no_answer_stands_in_clear_in_any_file(self):
        answers = [{"answers": {"weather": visit.weather, "ticket": visit.marker, "way_here": visit.way}}
                   for visit in self.visits]
        needles = leak_search.needles_of({QUESTIONNAIRE: answers})
        self.assertGreater(len(needles), len(answers))
        finds, count = leak_search.search([self.line.folder], needles, [self.line.folder / "kiosk" / "packages"])
        self.assertEqual([str(find) for find in finds], [])
        self.assertGreater(count, 5)


if __name__ == "__main__":
    unittest.main(verbosity=2)
