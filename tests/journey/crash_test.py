"""The window's process dies in the middle of a visit: the next one has the draft, and nothing is asked twice."""

import os
import signal
import unittest

import line
from death_killer import shown_process


class Crash(line.Line):
    fixture = "croydon-2012"

    @classmethod
    def run_line(cls):
        cls.start()

    def window_process(self):
        return shown_process(self.line.hook_path)

    def a_person_who_has_begun(self):
        visit = next(visit for visit in self.responses.visits if visit.questionnaire == "victims")
        person = self.line.respondent(visit, 1)
        person.habits.goes_back = person.habits.hesitates = person.habits.nearly_stops = False
        return person, person.answer_until(lambda screen: len(person.answered) == 4)

    def kill_the_window(self, then):
        """The screen with this id, of another process."""
        process = self.window_process()
        self.assertNotEqual(process, self.line.processes.running["kiosk"].pid)
        os.kill(process, signal.SIGKILL)
        self.line.window.wait("another process has the window", lambda screen: self.window_process() not in (None, process))
        return self.line.window.wait(f"'{then}' is there", lambda screen: screen.id == then)

    def test_a_draft_that_two_windows_died_with_is_dropped(self):
        """It may be what kills them; and whoever comes next is not to find it."""
        _, before = self.a_person_who_has_begun()
        self.kill_the_window(then=before.id)
        self.kill_the_window(then="start")

    def test_the_draft_returns_after_the_window_was_killed(self):
        person, before = self.a_person_who_has_begun()
        after = self.kill_the_window(then=before.id)
        self.assertEqual([item.label for item in after.items], [item.label for item in before.items])
        back = person.leave(after, "back")
        self.assertTrue(any(item.selected for item in back.with_prefix("option.")))
        screen = back
        while screen.id != "start":
            screen = person.do(screen)
        self.line.kiosk.wait_until_all_sent()
        tallies = self.line.collector.tally_json(self.inspection)["questionnaires"]
        self.assertEqual(sum(tally["respondents"] for tally in tallies), 1)


if __name__ == "__main__":
    unittest.main(verbosity=2)
