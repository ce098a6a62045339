"""Three slips: a visit with a letter wrong, then right; the same slip again, refused; a slip of another inspection. At the
collector one is spent and two are unused."""

import unittest

import line
from programs import KIOSK, free_port
from window import KEYBOARD, MOUSE

KINDS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


class Tokens(line.Line):
    fixture = "croydon-2012"

    @classmethod
    def run_line(cls):
        demo, collector = cls.line, cls.line.collector
        collector.init(free_port())
        collector.serve()
        collector.create(cls.responses.inspection, cls.responses.area, cls.responses.questionnaires, why_no_tokens=None)
        cls.slips = collector.issue_tokens(cls.responses.inspection, 3)
        collector.create("elsewhere", "Elsewhere", cls.responses.questionnaires[:1], why_no_tokens=None)
        cls.foreign, = collector.issue_tokens("elsewhere", 1)
        demo.kiosk.enrol(collector.invite(cls.responses.inspection, "Front office"))
        collector.unlock(cls.responses.inspection)
        demo.open_display([*cls.responses.all_texts, KINDS, KINDS.lower()])
        cls.visits = [visit for visit in cls.responses.visits if visit.questionnaire == "victims"]

    def person(self, manner):
        person = self.line.respondent(self.visits.pop(), 1)
        person.habits.goes_back = person.habits.hesitates = person.habits.nearly_stops = False
        self.line.window.manner = person.habits.manner = manner
        return person

    def typed(self, person, screen, token):
        """What the screen says of it, in place of going on."""
        for _ in screen.item("words").value.replace(" ", ""):
            before = self.line.window.screen().item("words").value
            self.line.window.press(screen, "key.erase", "a letter goes", lambda now, before=before:
                                   now.item("words").value != before)
        person.type_token(self.line.window.screen(), token)
        screen = self.line.window.press(self.line.window.screen(), "next", "it is looked at",
                                        lambda now: now.item("fault") is not None and now.item("next").enabled)
        self.line.keep_screenshot("victims", screen)
        return screen

    def end_fieldwork(self):
        """A kiosk that is switched on asks for packages at once."""
        self.line.collector.command("inspection", "end-fieldwork", self.inspection)
        self.line.kiosk.close()
        self.line.kiosk.open(self.line.environment, None)

    def standing(self):
        return self.line.collector.tokens_json(self.inspection)

    def delete_all(self, screen):
        person = self.line.respondent(self.visits[0], 1)
        screen = person.leave(screen, "bar.stop")
        screen = person.leave(screen, "stop.delete")
        while screen.id != "start":
            screen = person.do(screen)

    def test_each_is_good_for_one_visit(self):
        person = self.person(MOUSE)
        token = person.slip = self.slips[0]
        self.assertEqual(len({*self.slips, self.foreign}), 4)
        screen = person.answer_until(lambda screen: screen.id == "token")
        wrong = token[:5] + KINDS[(KINDS.index(token[5]) + 1) % 32] + token[6:]
        incomplete = self.typed(person, screen, wrong)
        foreign = self.typed(person, incomplete, self.foreign)
        words = incomplete.item("fault").label, foreign.item("fault").label
        for _ in foreign.item("words").value.replace(" ", ""):
            before = self.line.window.screen().item("words").value
            self.line.window.press(foreign, "key.erase", "a letter goes", lambda now, before=before:
                                   now.item("words").value != before)
        screen = person.do(self.line.window.screen())
        while screen.id != "start":
            screen = person.do(screen)
        self.line.kiosk.wait_until_all_sent()

        second = self.person(KEYBOARD)
        screen = second.answer_until(lambda screen: screen.id == "token")
        self.line.window.manner = MOUSE
        used = self.typed(second, screen, token)
        self.assertEqual(len({*words, used.item("fault").label}), 3)
        self.delete_all(used)

        self.assertEqual(self.standing()["issued"], 3)
        self.end_fieldwork()
        self.line.processes.wait_until("the token is reported", lambda: self.standing()["spent"] == 1, KIOSK, 60)
        self.assertEqual({name: self.standing()[name] for name in ("unused", "spent_twice", "never_issued")},
                         {"unused": 2, "spent_twice": 0, "never_issued": 0})
        tallies = self.line.collector.tally_json(self.inspection)["questionnaires"]
        self.assertEqual(sum(tally["respondents"] for tally in tallies), 1)
        self.assert_no_token_in_files()

    def assert_no_token_in_files(self):
        tokens = [form for token in [*self.slips, self.foreign] for form in (token, token.replace(" ", ""))]
        for file in self.line.folder.rglob("*"):
            if file.is_file() and file.suffix != ".png":
                content = file.read_bytes()
                self.assertFalse([token for token in tokens if token.encode() in content], f"a token is in {file}")


if __name__ == "__main__":
    unittest.main(verbosity=2)
