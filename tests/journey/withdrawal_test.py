"""People take their answers back with their four words: at the kiosk, from an inspector, before and after they were sent."""

import re
import unittest

from line import Line, enter_own_temporary_folders, rows

from respondent import FINISH, NEXT, SEND  # noqa: E402, which line finds


class TakenBack(Line):
    """Four visits. The collector has the first three: one stays, one is taken back at the kiosk, one by an inspector. The
    fourth still waits on the kiosk when it is taken back."""

    fixture = "library-readers"

    @classmethod
    def run_line(cls):
        cls.start()
        cls.words = [cls.visit(number) for number in range(3)]
        cls.line.kiosk.wait_until_all_sent()
        cls.counted_before = cls.counted()
        cls.line.collector.stop()
        cls.words.append(cls.visit(3))
        cls.waiting_before = cls.outbox("SELECT count(*) FROM envelope")
        cls.take_back(cls.words[3])
        cls.waiting_after = cls.outbox("SELECT count(*) FROM envelope")
        cls.last_screen_of_one_that_waited = cls.last_screen
        cls.take_back(cls.words[1])
        cls.take_back(["acorn", "acorn", "acorn", "acorn"])
        cls.line.collector.serve()
        cls.line.collector.unlock(cls.responses.inspection)
        cls.said_of_one = cls.line.collector.withdraw(cls.responses.inspection, cls.words[2])
        cls.said_of_none = cls.line.collector.withdraw(cls.responses.inspection, ["actor"] * 4)
        cls.line.kiosk.wait_until_all_sent(200)  # it asks again at longer and longer intervals

    @classmethod
    def visit(cls, number):
        """Sends it; its four words."""
        respondent = cls.line.respondent(cls.responses.visits[number], number)
        screen = respondent.answer_until(lambda now: now.id == "thanks")
        words = [item.label for item in screen.with_prefix("word.")]
        respondent.leave(screen, FINISH)
        return words

    @classmethod
    def take_back(cls, words):
        window = cls.line.window
        screen = window.wait("the start screen is there", lambda now: now.id == "start")
        asked = iter(words)
        steps = {"start": "withdraw", "language": "language.en", "yours": NEXT, "welcome": NEXT, "check": SEND}
        for _ in range(20):
            kind = screen.id.partition(".")[0]
            if kind == "question":
                screen = window.write("words", next(asked))
            if kind == "sending":
                screen = window.wait("it is done", lambda now: now.id != "sending")
            elif kind == "thanks":
                cls.last_screen = [item.label for item in screen.items]
                window.press(screen, FINISH, "the start screen comes back", lambda now: now.id == "start")
                return
            else:
                before = screen.id
                screen = window.press(screen, steps.get(kind, NEXT), f"'{before}' leads on", lambda now: now.id != before)
        raise AssertionError(f"the words were not taken; the last screen was {screen.id}")

    @classmethod
    def outbox(cls, statement):
        return rows(cls.line.folder / "kiosk" / "outbox.sqlite", statement)[0][0]

    @classmethod
    def counted(cls):
        return rows(cls.line.folder / "collector" / "collector.sqlite", "SELECT count(*) FROM envelopes")[0][0]

    def test_one_that_waited_is_off_the_kiosk_at_once(self):
        self.assertEqual((self.waiting_before, self.waiting_after), (1, 0))

    def test_of_four_people_one_is_counted(self):
        self.assertEqual(self.counted_before, 3)
        self.assertEqual(self.counted(), 1)

    def test_collector_balances_what_it_had_with_what_is_left_and_what_was_taken_back(self):
        database = self.line.folder / "collector" / "collector.sqlite"
        accepted = rows(database, "SELECT sum(envelopes) FROM daily_counts")[0][0]
        taken_back = rows(database, "SELECT sum(envelopes) FROM withdrawn_counts")[0][0]
        self.assertEqual(accepted, self.counted() + taken_back)

    def test_nobody_hears_whether_there_was_anything(self):
        self.assertEqual(self.said_of_one, self.said_of_none)
        self.assertEqual(self.last_screen, self.last_screen_of_one_that_waited)

    def test_nothing_is_left_on_the_kiosk(self):
        self.assertEqual(self.outbox("SELECT count(*) FROM envelope"), 0)
        self.assertEqual(self.outbox("SELECT count(*) FROM withdrawal"), 0)

    def test_no_word_stands_in_a_log_or_a_file(self):
        """One of the four may be a word of the questionnaire, which lies in the collector's database, or of a log ("listen"):
        never all of them, nor two in a log."""
        for path in [*self.line.logs.glob("*"), *(self.line.folder / "collector").glob("*"),
                     *(self.line.folder / "kiosk").glob("*")]:
            if not path.is_file():
                continue
            text = path.read_bytes()
            for four in self.words:
                found = [word for word in set(four) if re.search(rb"\b" + word.encode() + rb"\b", text)]
                self.assertLess(len(found), 4 if path.name.startswith("collector.sqlite") else 2, path)


if __name__ == "__main__":
    enter_own_temporary_folders()
    unittest.main()
