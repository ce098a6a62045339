"""Two inspections on one kiosk, then a third and fewer again: each is counted for itself, what changes on the start screen
changes between visits, and nothing that waits is lost. The inspector sees the kiosk, and of its visits nothing."""

import json
import unittest
from datetime import datetime, timezone

import line
from bad_line import Gate
from death_killer import shown_process
from programs import KIOSK, free_port

HOVE, LEWES, RYE = "hove-2012", "lewes-2012", "rye-2012"
NAME = "Front office"


class Fleet(line.Line):
    fixture = "library-readers"

    @classmethod
    def run_line(cls):
        demo, port = cls.line, free_port()
        cls.gate = Gate(port)
        cls.addClassCleanup(cls.gate.end)
        demo.collector.init(port)
        demo.collector.serve()
        for inspection in (HOVE, LEWES):
            cls.create(inspection)
        invite = demo.collector.invite(HOVE, NAME)
        demo.kiosk.enrol(invite.replace(f":{port}/", f":{cls.gate.port}/"))
        demo.collector.command("kiosk", "allow", NAME, LEWES)
        demo.open_display(cls.responses.all_texts)
        cls.visits = [visit for visit in cls.responses.visits if "not_reached" not in visit.absent.values()]
        cls.answered = {HOVE: 0, LEWES: 0, RYE: 0}

    @classmethod
    def create(cls, inspection):
        cls.line.collector.create(inspection, inspection.split("-")[0].title(), cls.responses.questionnaires)
        cls.line.collector.unlock(inspection)

    def person_for(self, inspection):
        visit = self.visits.pop()
        visit.questionnaire = f"{inspection}/{self.fixture}"
        self.answered[inspection] += 1
        person = self.line.respondent(visit, 1)
        person.habits.goes_back = False
        return person

    def wait_for_offers(self, *inspections):
        """On the start screen, and no others; of one alone the id is the questionnaire's."""
        names = [f"{inspection}/{self.fixture}" for inspection in inspections]
        wanted = {f"questionnaire.{name}" for name in (names if len(names) > 1 else [self.fixture])}
        self.line.window.wait(f"the start screen offers {', '.join(inspections)}", lambda screen: screen.id == "start"
                              and {item.id for item in screen.with_prefix("questionnaire.")} == wanted, 60)

    def kiosk_as_shown(self):
        return json.loads(self.line.collector.command("kiosk", "show", NAME, "--json"))

    def test_each_is_counted_for_itself_and_what_changes_changes_between_visits(self):
        wait_until_sent = self.line.kiosk.wait_until_all_sent
        self.wait_for_offers(HOVE, LEWES)
        for inspection in (HOVE, LEWES, LEWES):
            self.person_for(inspection).answer_all()
        wait_until_sent()

        # A third comes while somebody answers: it is fetched, and who answers sees nothing of it.
        self.gate.say("refuse")
        self.person_for(LEWES).answer_all()
        person = self.person_for(HOVE)
        before = person.answer_until(lambda screen: len(person.answered) == 1)
        process = shown_process(self.line.hook_path)
        self.create(RYE)
        self.line.collector.command("kiosk", "allow", NAME, RYE)
        self.gate.say("pass")
        package = self.line.kiosk.state / "packages" / f"{RYE}.p7"
        self.line.processes.wait_until("the third package is there", package.exists, KIOSK, 120)
        wait_until_sent()
        now = self.line.window.screen()
        self.assertEqual([(item.id, item.label) for item in now.items],
                         [(item.id, item.label) for item in before.items])
        self.assertEqual(shown_process(self.line.hook_path), process)
        screen = now
        while screen.id != "start":
            screen = person.do(screen)
        self.wait_for_offers(HOVE, LEWES, RYE)

        # Taken away while an answer to it waits: no more visits, and the answer leaves.
        self.gate.say("refuse")
        self.person_for(HOVE).answer_all()
        self.line.collector.command("kiosk", "disallow", NAME, HOVE)
        self.gate.say("pass")
        self.wait_for_offers(LEWES, RYE)
        wait_until_sent()

        # Fieldwork of one ends while the kiosk sends for another.
        self.line.collector.command("inspection", "end-fieldwork", LEWES)
        self.person_for(RYE).answer_all()
        self.wait_for_offers(RYE)
        wait_until_sent()

        for inspection, count in self.answered.items():
            tallies = self.line.collector.tally_json(inspection)["questionnaires"]
            self.assertEqual(sum(tally["respondents"] for tally in tallies), count, inspection)
        self.see_what_the_inspector_sees()

    def see_what_the_inspector_sees(self):
        kiosk = self.kiosk_as_shown()
        self.assertEqual(kiosk["inspections"], [LEWES, RYE])
        self.assertEqual(kiosk["disallowed"], [HOVE])
        self.assertEqual(kiosk["last_contact"], datetime.now(timezone.utc).strftime("%Y-%m-%d"))
        self.assertRegex(kiosk["program"], r"^[0-9]+\.[0-9]+\.[0-9]+$")
        self.assertEqual(kiosk["clock_offset_minutes"], 0)
        self.assertFalse(kiosk["is_waiting"], "its first word of the day")
        table = self.line.collector.command("kiosk", "list")
        print(table)
        print(self.line.collector.command("kiosk", "show", NAME))
        self.assertIn("right", table)


if __name__ == "__main__":
    unittest.main(verbosity=2)
