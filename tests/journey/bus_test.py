"""A whole visit of each questionnaire by a client of the accessibility bus that knows only roles and names."""

import json
import time
import unittest
from pathlib import Path

import line
import session_bus

MOST_SCREENS = 120


def written_words(questionnaire, language="en"):
    """The interface's words with the questionnaire's over them."""
    words = json.loads((line.ASSETS / "texts" / f"{language}.json").read_text())
    words |= json.loads((line.ASSETS / "questionnaires" / questionnaire / "texts" / f"{language}.json").read_text())
    return {key: said for key, said in words.items() if isinstance(said, str)}


def words_of(questionnaire, language="en"):
    """The same as they are said."""
    words = written_words(questionnaire, language)
    return {key: words.get(f"{key}.spoken", said) for key, said in words.items()}


class Person:
    """Answers as the responses have it. From the file to the names that people know, and no further."""

    def __init__(self, client, visit):
        self.client = client
        self.words = words_of(visit.questionnaire)
        self.visit = visit
        self.questions = {self.words[f"item.{variable}"]: variable
                          for variable in [*visit.answers, *visit.absent] if f"item.{variable}" in self.words}
        self.asked = []

    def press(self, name):
        """Whatever stands there after it: another screen."""
        button = self.client.wait(f"'{name}' can be pressed", lambda: self.ready("push button", name))
        self.client.atspi.Action.do_action(button, 0)
        self.client.wait(f"'{name}' leads on", lambda: self.client.has(button, self.client.atspi.StateType.DEFUNCT)
                         or not button.get_name())

    def ready(self, role, name):
        node = self.client.find(role, name)
        return node if node and self.client.has(node, self.client.atspi.StateType.SENSITIVE) else None

    def heading(self):
        return next(iter(self.client.names("heading")), None)

    def choose(self, option):
        role = next((role for role in ("radio button", "check box") if self.client.find(role, option)), "radio button")
        node = self.client.wait(f"'{option}' is offered", lambda: self.client.find(role, option))
        self.client.atspi.Action.do_action(node, 0)
        self.client.wait(f"'{option}' is checked",
                         lambda: self.client.has(node, self.client.atspi.StateType.CHECKED))

    def write(self, text):
        entry = next(node for node in self.client.nodes() if node.get_role_name() == "entry")
        self.client.atspi.EditableText.set_text_contents(entry, text)
        self.client.wait("the entry holds the words",
                         lambda: self.client.atspi.Text.get_text(entry, 0, -1) == text)

    def answer_all(self):
        """From the start screen to the start screen."""
        self.press(self.client.wait("the questionnaire is offered", lambda: next(
            (name for name in self.client.names("push button") if self.words["title"] in name), None)))
        self.press(self.client.wait("a visit can start", lambda: next(
            (name for name in self.client.names("push button") if name == self.words["kiosk.before.start"]), None)))
        for _ in range(MOST_SCREENS):
            if self.do(self.client.wait("a heading is there", self.heading)):
                return
        raise AssertionError(f"the visit did not end within {MOST_SCREENS} screens")

    def do(self, heading):
        words = self.words
        variable = self.questions.get(heading)
        if variable:
            self.asked.append(variable)
            self.question(variable)
        elif heading == words["item.practice"]:
            first = next(iter(self.client.names("radio button")))
            self.choose(first)
            self.press(words["kiosk.button.next"])
        elif heading == words["kiosk.check.heading"]:
            self.press(words["kiosk.button.send"])
        elif heading == words["kiosk.thanks.heading"]:
            self.press(words["kiosk.thanks.finish"])
            return True
        elif heading == words["kiosk.sending.heading"]:
            self.client.listen(0.1)
        elif self.ready("push button", "English"):
            self.press("English")
        else:
            self.press(words["kiosk.button.next"])
        return False

    def question(self, variable):
        answer = self.visit.answers.get(variable)
        if answer is None:
            return self.press(self.words["kiosk.button.skip"])
        if any(node.get_role_name() == "entry" for node in self.client.nodes()):
            self.write(answer)
        else:
            for option in answer if isinstance(answer, list) else answer.split():
                self.choose(self.words[f"item.{variable}.{option}"])
        return self.press(self.words["kiosk.button.next"])


class Bus(line.Line):
    fixture = "croydon-2012"

    @classmethod
    def run_line(cls):
        cls.line.set_up(cls.responses)
        session = session_bus.start_bus(cls.line.processes, cls.line.folder / "tmp")
        session_bus.want_accessibility(cls.line.processes)
        cls.line.open_display(cls.responses.all_texts)
        cls.client = session_bus.Client({**session, **cls.line.environment})
        cls.client.wait("the kiosk is on the bus", cls.client.nodes)
        cls.made = [path.name for path in (cls.line.folder / "tmp" / "session").rglob("at-spi2-*")]
        cls.line.collector.stop()  # the envelopes wait in the outbox, where the test takes them from
        cls.people = []
        for questionnaire in ("children-and-young-people", "victims"):
            visit = max((visit for visit in cls.responses.visits if visit.questionnaire == questionnaire),
                        key=lambda visit: len(visit.answers))
            person = Person(cls.client, visit)
            began = time.monotonic()
            person.answer_all()
            cls.say(f"{questionnaire}: {len(person.asked)} questions, {time.monotonic() - began:.1f} s")
            cls.people.append(person)

    def submissions(self):
        key = self.key_folder() / "inspection"
        bodies = line.rows(self.line.folder / "kiosk" / "outbox.sqlite", "SELECT body FROM envelope")
        return [line.openssl_decrypts(body, f"{key}.pem", f"{key}.key", self.line.collector.passphrases[0])
                for body, in bodies]

    def test_what_is_sealed_is_what_was_answered_over_the_bus(self):
        sealed = {submission["questionnaire"]: submission["answers"] for submission in self.submissions()}
        self.assertEqual(len(sealed), len(self.people))
        for person in self.people:
            with self.subTest(questionnaire=person.visit.questionnaire):
                answers = sealed[person.visit.questionnaire]
                self.assertEqual(set(answers), set(person.visit.answers))
                for variable, given in person.visit.answers.items():
                    self.assertIn(given, json.dumps(answers[variable]))

    def test_every_question_was_heard_of_by_its_name(self):
        for person in self.people:
            self.assertLessEqual(set(person.visit.answers), set(person.asked))

    def test_listeners_were_told_of_focus_choice_words_and_screens(self):
        types = {kind for kind, _, _ in self.client.heard}
        for kind in ("object:state-changed:focused", "object:state-changed:checked", "object:children-changed:add",
                     "object:children-changed:remove", "object:text-changed:insert", "object:state-changed:defunct"):
            self.assertIn(kind, types)
        focused = {source for kind, on, source in self.client.heard if kind.endswith(":focused") and on}
        self.assertTrue(any(source.startswith("heading") for source in focused), focused)

    def test_the_bus_leaves_no_file_that_tells_when_somebody_sat_there(self):
        """The bridge's own socket, once a client talks to the kiosk."""
        self.assertEqual(self.made, [])

    def test_zz_the_kiosk_outlives_its_bus(self):
        """Last of all by its name: nothing comes over the bus after it."""
        processes = self.line.processes
        child = window_process(processes.running["kiosk"].pid)
        self.client.listen(1)
        spent, woken = usage_of(child), wake_ups(child)
        time.sleep(3)
        print(f"3 s with the bus, nothing done: {usage_of(child) - spent} ticks of CPU, "
              f"{wake_ups(child) - woken} wake-ups", flush=True)
        processes.end("dbus")
        time.sleep(1)
        window = self.line.window
        window.start_visit()
        self.assertEqual(window_process(processes.running["kiosk"].pid), child)
        spent = usage_of(child)
        time.sleep(3)
        print(f"3 s after the bus has gone: {usage_of(child) - spent} ticks of CPU", flush=True)


class WithoutABus(line.Line):
    """No address, or one where nobody is: as it was before there were buses."""

    fixture = "library-readers"

    @classmethod
    def run_line(cls):
        cls.line.set_up(cls.responses)
        nowhere = cls.line.folder / "tmp" / "nowhere"
        cls.line.processes.environment.update({"DBUS_SESSION_BUS_ADDRESS": f"unix:path={nowhere}"})
        cls.line.open_display(cls.responses.all_texts)

    def test_the_kiosk_works_and_complains_of_nothing(self):
        for address in ("nobody is there", ""):
            with self.subTest(address=address):
                self.line.kiosk.close()
                self.line.hook_path.unlink(missing_ok=True)
                log = self.line.processes.log_of("kiosk")
                log.write_text("")
                if not address:
                    del self.line.processes.environment["DBUS_SESSION_BUS_ADDRESS"]
                    self.line.processes.environment.pop("XDG_RUNTIME_DIR", None)
                self.line.open_window(self.line.environment)
                window = self.line.window
                window.start_visit()
                self.assertEqual(log.read_text(), "")


def window_process(keeper):
    """The child of the keeper that shows the window: the eldest."""
    children = Path(f"/proc/{keeper}/task/{keeper}/children").read_text().split()
    return int(children[0])


def usage_of(process):
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


def wake_ups(process):
    status = Path(f"/proc/{process}/status").read_text()
    return int(status.split("\nvoluntary_ctxt_switches:")[1].split()[0])


if __name__ == "__main__":
    line.enter_own_temporary_folders()
    unittest.main(verbosity=2)
