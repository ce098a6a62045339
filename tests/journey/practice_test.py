"""A supervisor practises with the real programs: every screen says so, and disk and collector hold what they held before."""

import hashlib
import os
import shutil
import unittest

from line import Line, enter_own_temporary_folders, rows

from respondent import FINISH, Habits  # noqa: E402, which line finds


class Practice(Line):
    fixture = "library-readers"

    @classmethod
    def run_line(cls):
        cls.start()
        cls.screens = []
        cls.before = cls.files()
        cls.practise(send=True)
        cls.practise(send=False)
        cls.after = cls.files()
        # Then somebody answers: that one is counted, and the practices are not.
        person = cls.line.respondent(cls.responses.visits[0], 0)
        person.habits = Habits()
        cls.first_of_a_visit = person.begin()
        while person.window.screen().id != "start":
            person.do(person.window.screen())
        cls.line.kiosk.wait_until_all_sent()

    @classmethod
    def files(cls):
        """Of the kiosk's folder: what a copy of the disk would show. The log is on no disk of a kiosk."""
        folder = cls.line.folder / "kiosk"
        return {path.relative_to(folder): hashlib.sha256(path.read_bytes()).hexdigest()
                for path in sorted(folder.rglob("*")) if path.is_file()}

    @classmethod
    def practise(cls, send):
        window = cls.line.window
        person = cls.line.respondent(cls.responses.visits[0], 0)
        person.habits = Habits()
        person.saw_screen = lambda screen: cls.screens.append(screen)
        start = window.wait("the start screen is there", lambda now: now.id == "start")
        offered = next(item.id for item in start.with_prefix("questionnaire."))
        before = window.press(start, offered, "the supervisor is asked", lambda now: now.id == "before")
        cls.picture("before")
        screen = window.press(before, "practise", "a practice begins", lambda now: now.id not in ("before", "start"))
        while screen.id != "start":
            if screen.id.startswith("question."):
                cls.picture("question")
            if screen.id == "thanks":
                cls.picture("thanks")
                cls.screens.append(screen)
            if not send and screen.id == "check":
                screen = window.press(screen, "bar.stop", "it can be stopped", lambda now: now.id == "stop")
                screen = window.press(screen, "stop.delete", "it is deleted", lambda now: now.id == "thanks")
                screen = window.press(screen, FINISH, "the start screen comes back", lambda now: now.id == "start")
            else:
                screen = person.do(screen)

    @classmethod
    def picture(cls, name):
        kept = os.environ.get("PERSPECTIVE_KEEP_SCREENSHOTS")
        if kept:
            path = cls.line.screenshots / f"practice-{name}.png"
            cls.line.window.hook.screenshot(path)
            shutil.copy(path, kept)

    def test_every_screen_says_practice(self):
        self.assertGreater(len({screen.id for screen in self.screens}), 8)
        for screen in self.screens:
            self.assertIsNotNone(screen.item("practice"), screen.id)

    def test_it_gives_out_no_words_that_could_take_anything_back(self):
        for screen in self.screens:
            self.assertEqual(list(screen.with_prefix("word.")), [], screen.id)

    def test_disk_of_the_kiosk_is_byte_for_byte_what_it_was(self):
        self.assertEqual(self.before, self.after)

    def test_visit_after_it_does_not_say_practice_and_is_the_only_one_that_came_in(self):
        self.assertIsNone(self.first_of_a_visit.item("practice"))
        database = self.line.folder / "collector" / "collector.sqlite"
        self.assertEqual(rows(database, "SELECT count(*) FROM envelopes")[0][0], 1)


if __name__ == "__main__":
    enter_own_temporary_folders()
    unittest.main()
