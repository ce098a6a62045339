"""The gate between a kiosk and its collector, as journeys work it."""

import subprocess

import line


class Gate:
    """tests/support/gate_main.cc."""

    def __init__(self, to_port):
        self.process = subprocess.Popen([line.PROGRAMS / "perspective-gate", str(to_port)], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, text=True)
        self.port = int(self.process.stdout.readline())

    def say(self, command):
        self.process.stdin.write(command + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline().strip()
        if answer != "ok":
            raise AssertionError(f"the gate says '{answer}' to '{command}'")

    def end(self):
        self.process.stdin.close()
        self.process.wait(10)
        self.process.stdout.close()
