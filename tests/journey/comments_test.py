"""A child writes "I am scared to go home" at the kiosk, and the collector is locked. Days later somebody is called, reads,
raises a concern, and what was done can be shown; nobody sees what else that child answered."""

import json
import subprocess
import unittest

import line
from programs import COLLECTOR

SCARED = "I am scared to go home, Olwen knows"
DAYS = 5  # at least two working days, but for Christmas
ALARM = 4


class SomebodyIsScared(line.Line):
    fixture = "library-readers"

    @classmethod
    def find_responses(cls):
        """The first reader's words are others; all but two stay at home."""
        responses = line.responses_of(cls.fixture)
        responses.visits[0].answers["wish"] = SCARED
        responses.visits = responses.visits[:2]
        return responses

    @classmethod
    def run_line(cls):
        cls.start()
        cls.alarms_before = cls.alarms()
        for number in range(2):
            respondent = cls.line.respondent(cls.responses.visits[number], number)
            respondent.leave(respondent.answer_until(lambda now: now.id == "thanks"), "finish")
        cls.line.kiosk.wait_until_all_sent()
        cls.days_pass()
        cls.alarms_locked = cls.alarms()
        cls.listed = cls.collector("inspection", "list").stdout
        cls.log = (cls.line.logs / f"{COLLECTOR}.log").read_text()
        cls.line.collector.unlock(cls.responses.inspection)
        cls.first_list = cls.comments()
        cls.scared = next(one for one in cls.first_list["comments"] if one["text"] == SCARED)
        cls.concern = cls.collector("comment", "concern", cls.responses.inspection, cls.scared["reference"], "--lead", "Anna Jones",
                                    words="afraid of somebody at home").stdout.strip()
        cls.collector("comment", "decide", cls.responses.inspection, cls.concern, words="a social worker goes today")
        cls.collector("comment", "outcome", cls.responses.inspection, cls.concern, words="a safe place was found")
        cls.alarms_unread = cls.alarms()
        for comment in cls.comments()["comments"]:
            cls.collector("comment", "read", cls.responses.inspection, comment["reference"])
        cls.line.collector.command("inspection", "lock", cls.responses.inspection)
        cls.alarms_after = cls.alarms()

    @classmethod
    def days_pass(cls):
        cls.line.collector.stop()
        environment = cls.line.processes.environment
        cls.line.processes.environment = {**environment, "LD_PRELOAD": str(line.PROGRAMS / "other_clock.so"),
                                          "PERSPECTIVE_TEST_CLOCK_S": str(DAYS * 86400)}
        cls.line.collector.serve()
        cls.line.processes.environment = environment
        cls.line.processes.wait_until("what is due is in the log", lambda: "alarm: " in
                                      (cls.line.logs / f"{COLLECTOR}.log").read_text(), COLLECTOR, 60)

    @classmethod
    def collector(cls, *arguments, words="", code=0):
        done = subprocess.run([cls.line.collector.program, "--data", cls.line.collector.data, *arguments], input=words,
                              capture_output=True, text=True, timeout=60, check=False)
        if done.returncode != code:
            raise AssertionError(f"{arguments[:2]} ended with {done.returncode}: {done.stderr}")
        return done

    @classmethod
    def alarms(cls):
        done = subprocess.run([cls.line.collector.program, "--data", cls.line.collector.data, "alarms", "--json"],
                              capture_output=True, text=True, timeout=60, check=False)
        return done.returncode, json.loads(done.stdout)["alarms"]

    @classmethod
    def comments(cls):
        return json.loads(cls.collector("comment", "list", cls.responses.inspection, "--json").stdout)

    def test_somebody_is_called_while_it_is_locked_and_not_before(self):
        self.assertEqual(self.alarms_before, (0, []))
        code, alarms = self.alarms_locked
        self.assertEqual(code, ALARM)
        self.assertEqual([alarm["inspection"] for alarm in alarms], [self.inspection])
        self.assertIn("ALARM", self.listed)

    def test_an_alarm_tells_nothing_of_the_answers_and_no_number(self):
        told = json.dumps(self.alarms_locked) + self.log
        self.assertNotIn("scared", told)
        self.assertNotRegex(self.alarms_locked[1][0]["says"], r"\b[1-9] response")

    def test_what_nobody_has_read_comes_first_with_the_name_marked(self):
        self.assertEqual(self.first_list["unread"], len(self.first_list["comments"]))
        self.assertIn("Olwen", [span["words"] for span in self.scared["giveaways"]])

    def test_the_alarm_lasts_until_all_is_read(self):
        self.assertEqual(self.alarms_unread[0], ALARM)
        self.assertEqual(self.alarms_after, (0, []))

    def test_what_was_done_can_be_shown_after_a_restart(self):
        self.line.collector.stop()
        self.line.collector.serve()
        self.line.collector.unlock(self.inspection)
        concern = json.loads(self.collector("comment", "concerns", self.inspection, "--json").stdout)["concerns"][0]
        self.assertEqual((concern["reference"], concern["lead"]), (self.concern, "Anna Jones"))
        self.assertEqual(concern["comment"]["text"], SCARED)
        self.assertEqual(concern["comment"]["reference"], self.scared["reference"])
        self.assertEqual(concern["decisions"][0]["words"], "a social worker goes today")
        self.assertEqual(concern["outcomes"][0]["words"], "a safe place was found")
        audit = self.collector("audit", "list", "--all").stdout
        for deed in ("concern raised", "concern decided", "outcome of a concern recorded", "comment read", "all comments read"):
            self.assertIn(deed, audit)
        self.assertNotIn("scared", audit)
        self.collector("audit", "verify")

    def test_no_word_of_it_lies_on_the_disk(self):
        for path in (self.line.folder / "collector").rglob("*"):
            if not path.is_file():
                continue
            content = path.read_bytes()
            for words in (b"scared to go", b"somebody at home", b"social worker goes", b"safe place was"):
                self.assertNotIn(words, content, path)


if __name__ == "__main__":
    unittest.main()
