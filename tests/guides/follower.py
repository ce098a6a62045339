"""Follows a guide word for word, and says which command did not do what the guide says.

Exit codes: a command must end with 0, unless its text block ends with "exit code N".
"""

import re

import guide as guide_module
from person import Person
from place import TOP, Place

EXIT_CODE = re.compile(r"^exit code (\d+)$")


class Deviation(AssertionError):
    pass


class Follower:
    """skipped: commands that are proved elsewhere, and where. before, after: what happens around a heading's commands.
    known: words in capitals that a reader puts in, each with a function of all that was said so far."""

    def __init__(self, name, mind, skipped=(), before=(), after=(), known=()):
        self.path = TOP / "guides" / name
        self.skipped, self.before, self.after, self.known = dict(skipped), dict(before), dict(after), dict(known)
        self.said = ""
        self.place = Place()
        self.mind = mind
        self.person = Person(self.place.environment, mind.answers())

    def follow(self):
        """How many commands there were."""
        try:
            return self.follow_all()
        except Exception:
            self.place.show_logs()
            raise

    def follow_all(self):
        commands, named, headings = guide_module.read(self.path)
        self.check_names(commands, named)
        for table, what in ((self.before, "before"), (self.after, "after")):
            for heading in table:
                if heading not in headings:
                    raise Deviation(f"{self.path.name} has no heading '{heading}', {what} which something happens")
        not_there = [words for words in self.skipped if words not in {command.words for command in commands}]
        if not_there:
            raise Deviation(f"{self.path.name} has not the command that is skipped: {not_there[0]}")
        if not commands:
            raise Deviation(f"{self.path.name} has no command")
        heading = None
        for command in commands:
            if command.heading != heading:
                self.happens(self.after, heading)
                heading = command.heading
                print(f"== {heading}", flush=True)
                self.happens(self.before, heading)
            self.carry_out(command)
        self.happens(self.after, heading)
        return len(commands)

    def happens(self, table, heading):
        if heading in table:
            table[heading](self)

    def check_names(self, commands, named):
        """What a sentence names was tried, too."""
        all_words = "\n".join(command.words for command in commands)
        for line, name in named:
            if name not in all_words:
                raise Deviation(f"{self.path.name}:{line}: '{name}' stands in no block, so nobody tries it")

    def carry_out(self, command):
        where = f"{self.path.name}:{command.line}"
        if command.words in self.skipped:
            print(f"-- skipped, proved by {self.skipped[command.words]}: {command.words}", flush=True)
            return
        words = self.filled_in(command.words)
        print(f"$ {words}", flush=True)
        said, code = self.person.run(words)
        self.said += said
        self.mind.note(said)
        print(said, end="" if said.endswith("\n") else "\n", flush=True)
        expected = list(command.expected)
        wanted_code = 0
        if expected and EXIT_CODE.match(expected[-1]):
            wanted_code = int(EXIT_CODE.match(expected.pop()).group(1))
        if code != wanted_code:
            raise Deviation(f"{where}: ended with {code}, not {wanted_code}: {words}\n{said}")
        absent = guide_module.missing([self.filled_in(line) for line in expected], said)
        if absent is not None:
            raise Deviation(f"{where}: it does not say '{absent}', in this place. It says:\n{said}")

    def filled_in(self, text):
        for name, find in self.known.items():
            if re.search(rf"\b{name}\b", text):
                text = re.sub(rf"\b{name}\b", find(self.said), text)
        return text

    def end(self):
        self.person.close()
        self.place.end()
