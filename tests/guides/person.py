"""Whoever follows a guide: types its commands at a terminal, and answers what is asked there. Nothing goes by pipe.

Promise: each wait is bounded. A question that nobody told them the answer to is a failure, with the question.
Ownership: owns its shell and terminal; close() ends them.
"""

import os
import pty
import re
import select
import signal
import termios
import time
from pathlib import Path

from processes import die_with_parent

LIMIT_S = 120
QUIET_S = 20  # a line that has not ended for so long, and is no prompt of the shell, asks something
DONE = re.compile(r"<<done (\d+)>>$")
PROMPT = "<<done $?>>"


class Stuck(AssertionError):
    pass


class Person:
    def __init__(self, environment, answers, login=None):
        """answers: pairs of a pattern, and a function that gives what is typed then. login: the number of who signed in."""
        self.answers = [(re.compile(pattern), answer) for pattern, answer in answers]
        self.process, self.terminal = pty.fork()
        if self.process == 0:
            die_with_parent()
            if login is not None:
                Path("/proc/self/loginuid").write_text(str(login))
            os.execve("/bin/bash", ["bash", "--noprofile", "--norc", "--noediting", "-i"],
                      {**environment, "PS1": PROMPT, "PS2": "", "TERM": "dumb", "HISTFILE": ""})
        attributes = termios.tcgetattr(self.terminal)
        attributes[3] &= ~termios.ECHO
        termios.tcsetattr(self.terminal, termios.TCSANOW, attributes)
        self.wait_for_shell()

    def type(self, text):
        os.write(self.terminal, text.encode())

    def run(self, command, limit_s=LIMIT_S):
        """What was said, and the exit code."""
        self.type(command + "\n")
        return self.wait_for_shell(limit_s)

    def wait_for_shell(self, limit_s=LIMIT_S):
        said, answered_at = "", 0
        end, last = time.monotonic() + limit_s, time.monotonic()
        while True:
            if select.select([self.terminal], [], [], 0.1)[0]:
                said += os.read(self.terminal, 65536).decode(errors="replace").replace("\r\n", "\n")
                last = time.monotonic()
            done = DONE.search(said)
            if done:
                return said[:done.start()], int(done.group(1))
            rest = said[answered_at:]
            is_asking = rest and time.monotonic() - last > 0.1
            if is_asking and self.answer(rest):
                answered_at = len(said)
                last = time.monotonic()
            elif rest.rpartition("\n")[2].strip() and time.monotonic() - last > QUIET_S:
                raise Stuck(f"nobody knows what to answer to:\n{said[-800:]}")
            if time.monotonic() > end:
                raise Stuck(f"this has not ended after {limit_s} s:\n{said[-800:]}")

    def answer(self, rest):
        for pattern, answer in self.answers:
            found = pattern.search(rest)
            if found and found.end() == len(rest):
                given = answer(found)
                self.type(given if given.endswith("\x04") else given + "\n")
                return True
        return False

    def close(self):
        os.kill(self.process, signal.SIGHUP)
        os.close(self.terminal)
        os.waitpid(self.process, 0)
