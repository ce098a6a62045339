"""What whoever follows a guide has in mind: passphrases that they thought up, what was printed for them to type in, and what
stands on the paper before them."""

import re

PRINTED = {"invite": r"^perspective://\S+", "link": r"https://\S+/join#\S+"}
INSTEAD = "[something]"  # in the place of a comment's last word
END_OF_WORDS = "\n\x04"  # Ctrl-D on a line of its own


class Mind:
    def __init__(self):
        self.opening, self.recovery = "grey tin ladder north", "seven wet pianos south"
        self.password, self.pin = "a long walk in the rain", "482907"
        self.invite = self.link = ""   # as they were printed last
        self.words = []                # the four that somebody tells
        self.form = iter(())           # what stands on a form, from its letters on
        self.quoted = ""               # a comment that will be
        self.last = ""                 # what was typed last, and is asked for again

    def note(self, said):
        for name, pattern in PRINTED.items():
            found = re.findall(pattern, said, re.MULTILINE)
            if found:
                setattr(self, name, found[-1])

    def anew(self, name, passphrase):
        setattr(self, name, passphrase)
        return passphrase

    def answers(self):
        """Pairs of what is asked, and what gives the answer then."""
        return [(pattern, self.remembered(answer)) for pattern, answer in (
            (r"Link: $", lambda: self.link),
            (r"Passphrase of the programme: $", lambda: "two brass kettles singing"),
            (r"Recovery passphrase of the programme: $", lambda: "one slow tram to Barry"),
            (r"Password of \S+ 15 characters or more: $", lambda: self.password),
            (r"The same again: $", lambda: self.last),
            (r"Paste the invite, then press Enter: $", lambda: self.invite),
            (r"PIN: $", lambda: self.pin),
            (r"New recovery passphrase: $", lambda: self.anew("recovery", "nine dry cellos west")),
            (r"Passphrase of the inspection: $", lambda: self.opening),
            (r"Recovery passphrase: $", lambda: self.recovery),
            (r"New passphrase: $", lambda: self.anew("opening", "green tin ladder east")),
            (r"Line of four words: $", lambda: " ".join(self.words)),
            (r"(?:Letters of the form|Token on the cover|Which is ticked|What is written)[^\n]*: $", lambda: next(self.form)),
            (r"stands in their place\]\.\nEnd with Ctrl-D on a line of its own\.\n$",
             lambda: f"{self.quoted.split()[-1]} = {INSTEAD}" + END_OF_WORDS),
            (r"[Ee]nd with Ctrl-D on a line of its own\.\n$", lambda: "I have telephoned." + END_OF_WORDS))]

    def remembered(self, answer):
        def given(_):
            self.last = answer()
            return self.last
        return given


def newest(pattern):
    """Of all that was said."""
    return lambda said: re.findall(pattern, said, re.MULTILINE)[-1]
