"""The main job, end to end: 26 visits on a real kiosk become the section of the report."""

import json
import os
import unittest

import leak_search
import line


class Croydon(line.Line):
    fixture = "croydon-2012"

    @classmethod
    def run_line(cls):
        cls.start()
        cls.answer_first_without_collector()
        rest = cls.responses.visits[1:]
        cls.line.answer(rest)
        cls.line.kiosk.wait_until_all_sent()
        cls.chosen = cls.line.choose_comments(cls.responses)
        cls.section = cls.line.collector.section(cls.responses.inspection)
        cls.welsh = cls.line.collector.section(cls.responses.inspection, "cy")
        cls.tally = cls.line.collector.tally_json(cls.responses.inspection)

    @classmethod
    def answer_first_without_collector(cls):
        """Its envelope then waits in the outbox, where the tests take it from."""
        cls.line.collector.stop()
        cls.line.answer(cls.responses.visits[:1])
        cls.status_while_away = cls.line.kiosk.status()
        cls.waiting = line.rows(cls.line.folder / "kiosk" / "outbox.sqlite", "SELECT id, body FROM envelope")
        cls.line.collector.serve()
        cls.line.collector.unlock(cls.responses.inspection)

    def test_a_kiosk_without_network_keeps_the_envelope_and_says_that_some_wait(self):
        self.assertEqual(len(self.waiting), 1)
        self.assertTrue(self.status_while_away.startswith("some waiting"), self.status_while_away)

    def test_openssl_opens_an_outbox_row_with_either_key(self):
        identifier, envelope = self.waiting[0]
        first = self.responses.visits[0]
        for name, passphrase in zip(("inspection", "recovery"), self.line.collector.passphrases):
            with self.subTest(key=name):
                folder = self.key_folder()
                submission = line.openssl_decrypts(envelope, folder / f"{name}.pem", folder / f"{name}.key", passphrase)
                self.assertEqual(submission["envelope"], identifier.hex())
                self.assertEqual(submission["inspection"], self.inspection)
                self.assertEqual(submission["questionnaire"], first.questionnaire)
                self.assertEqual(set(submission["answers"]), set(first.answers))
                self.assertEqual(json.dumps(submission).count(first.answers["easy_to_understand_comment"]), 1)

    def test_every_envelope_has_the_same_size(self):
        bodies = line.rows(self.line.folder / "collector" / "collector.sqlite", "SELECT length(body) FROM envelopes")
        self.assertEqual(len(bodies), len(self.responses.visits))
        self.assertEqual({length for length, in bodies}, {len(self.waiting[0][1])})

    def test_the_section_is_the_golden_one_in_either_language(self):
        self.maxDiff = None
        for language, section in (("en", self.section), ("cy", self.welsh)):
            with self.subTest(language=language):
                golden = line.TOP / "tests" / "golden" / f"croydon-2012.full.{language}.txt"
                self.assertEqual(section.strip(), golden.read_text().strip())

    def test_the_tally_gives_every_published_figure(self):
        figures = json.loads((line.FIXTURES / self.fixture / "figures.json").read_text())["figures"]
        self.assertEqual(len(figures), 31)
        for figure in figures:
            with self.subTest(figure=figure["id"]):
                tally = next(one for one in self.tally["questionnaires"]
                             if one["questionnaire"] == figure["questionnaire"])
                self.check_item(figure, next(item for item in tally["items"]
                                             if item["variable"] == figure["variable"]))
                self.check_finding(figure, tally["findings"])

    def check_item(self, figure, item):
        counts = {option["option"]: option["count"] for option in item["options"]}
        self.assertEqual((sum(counts[option] for option in figure["counted"]), item["base"]),
                         (figure["item_count"], figure["item_base"]))

    def check_finding(self, figure, findings):
        definition = json.loads((line.ASSETS / "questionnaires" / figure["questionnaire"] / "definition.json").read_text())
        matching = {finding["id"] for finding in definition["findings"] if finding["item"] == figure["variable"]
                    and set(finding["counted"]) == set(figure["counted"])}
        shares = {(finding["count"], finding["base"]) for finding in findings if finding["finding"] in matching}
        self.assertIn((figure["finding_count"], figure["finding_base"]), shares)

    def test_all_consented_comments_were_chosen(self):
        agreed = [answer for visit in self.responses.visits if visit.answers.get("may_print_words") == "yes"
                  for answer in visit.answers.values() if " " in answer]
        self.assertEqual(self.chosen, len(agreed))
        for comment in agreed:
            self.assertIn(comment, self.section)

    def test_no_answer_stands_in_clear_in_any_file(self):
        """In all data, logs and temporary files, but packages and screenshots."""
        needles = leak_search.needles_of(json.loads(self.responses.path.read_text()))
        leave_out = [self.line.screenshots, self.line.folder / "kiosk" / "packages"]
        finds, count = leak_search.search([self.folder], needles, leave_out)
        self.assertEqual([str(find) for find in finds], [])
        self.assertGreater(count, 5)

    def test_no_answer_stands_in_clear_in_the_systems_temporary_folders(self):
        needles = leak_search.needles_of(json.loads(self.responses.path.read_text()))
        leave_out, since = {self.folder}, 0
        if line.HAS_OWN_FOLDERS not in os.environ:  # others write there too: only comments, only what is new
            needles = [needle for needle in needles if needle[0].startswith("a comment")]
            leave_out |= {other for place in line.TEMPORARY_FOLDERS for other in place.glob("perspective-*")}
            since = self.began
        finds, _ = leak_search.search(line.TEMPORARY_FOLDERS, needles, leave_out, since)
        self.assertEqual([str(find) for find in finds], [])

    def test_the_window_has_written_no_file(self):
        """Nor a cache, whose dates would tell when somebody came to a screen; pictures are the drivers'."""
        written = [path for name in ("cache", "tmp") for path in (self.line.folder / name).rglob("*") if path.is_file()]
        self.assertEqual([path.name for path in written], ["Xauthority"])

    def test_a_planted_leak_would_be_found(self):
        needles = leak_search.needles_of(json.loads(self.responses.path.read_text()))
        planted = self.line.folder / "tmp" / "planted"
        planted.write_text(json.dumps(self.responses.visits[0].answers))
        self.addCleanup(planted.unlink)
        finds, _ = leak_search.search([self.line.folder / "tmp"], needles)
        self.assertTrue(finds)

    def test_there_is_a_screenshot_of_every_screen(self):
        for folder in self.responses.questionnaires:
            shown = {path.stem for path in (self.line.screenshots / folder.name).rglob("*.png")}
            definition = json.loads((folder / "definition.json").read_text())
            visits = [visit for visit in self.responses.visits if visit.questionnaire == definition["id"]]
            asked = {f"question.{item['variable']}" for item in definition["items"]
                     if any(item["variable"] in visit.answers for visit in visits)}
            pages = {f"welcome.{page}" for page in range(1, len(definition["welcome"]) + 1)}
            wanted = asked | pages | {"language", "yours", "practice", "check", "stop", "thanks", "talk"}
            self.assertEqual(wanted - shown, set())


if __name__ == "__main__":
    line.enter_own_temporary_folders()
    unittest.main(verbosity=2)
