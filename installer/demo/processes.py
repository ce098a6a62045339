"""Starts programs and ends every one of them again, by their own process groups.

Promise: what was started with start() is ended by end() or end_all(), its children too, also when we are killed.
"""

import ctypes
import os
import signal
import subprocess
import time

from failure import Failure

END_PATIENCE_S = 10
PR_SET_PDEATHSIG = 1


def die_with_parent():
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def last_lines(path, count=12):
    try:
        lines = path.read_text(errors="replace").splitlines()
    except OSError:
        return ""
    return "\n".join("  " + line for line in lines[-count:])


class Processes:
    def __init__(self, logs, environment):
        self.logs = logs
        self.environment = environment
        self.running = {}
        self.wrap = lambda name, arguments: arguments  # what start() runs; a test traces it

    def start(self, name, arguments, pass_fds=(), extra_environment=None):
        """Runs until end(); what it prints goes to logs/NAME.log."""
        log = self.log_of(name)
        with open(log, "ab") as output:
            try:
                process = subprocess.Popen(
                    [str(argument) for argument in self.wrap(name, arguments)], stdin=subprocess.DEVNULL, stdout=output,
                    stderr=output, env={**self.environment, **(extra_environment or {})}, start_new_session=True,
                    pass_fds=pass_fds, preexec_fn=die_with_parent)
            except OSError as error:
                raise Failure(f"{name} could not be started: {error.strerror} ({arguments[0]})") from error
        self.running[name] = process
        return process

    def run(self, name, arguments, lines=(), limit_s=60, accept=(0,)):
        """Runs to its end and gives what it printed. `lines` go to its stdin, never to its arguments."""
        try:
            done = subprocess.run(
                [str(argument) for argument in arguments], input="".join(line + "\n" for line in lines), text=True,
                capture_output=True, timeout=limit_s, env=self.environment, start_new_session=True,
                preexec_fn=die_with_parent)
        except subprocess.TimeoutExpired as error:
            raise Failure(f"{name} did not end within {limit_s} s") from error
        except OSError as error:
            raise Failure(f"{name} could not be started: {error.strerror} ({arguments[0]})") from error
        if done.returncode not in accept:
            raise Failure(f"{name} ended with {done.returncode}:\n{done.stderr.strip()[-1500:]}")
        return done.stdout

    def log_of(self, name):
        return self.logs / f"{name}.log"

    def must_run(self, name):
        process = self.running[name]
        if process.poll() is not None:
            raise Failure(f"{name} ended unexpectedly with {process.returncode}. The end of its log "
                          f"({self.log_of(name)}):\n{last_lines(self.log_of(name))}")

    def wait_until(self, what, is_so, name=None, limit_s=30):
        """Asks is_so() until it says yes; `name` must run meanwhile."""
        end = time.monotonic() + limit_s
        while not is_so():
            if name:
                self.must_run(name)
            if time.monotonic() > end:
                raise Failure(f"waited {limit_s} s in vain until {what}")
            time.sleep(0.02)

    def end(self, name, with_signal=signal.SIGTERM):
        process = self.running.pop(name, None)
        if process is None:
            return
        signal_group(process, with_signal)
        try:
            process.wait(END_PATIENCE_S)
        except subprocess.TimeoutExpired:
            pass
        signal_group(process, signal.SIGKILL)
        process.wait(END_PATIENCE_S)

    def end_all(self):
        for name in reversed(list(self.running)):
            self.end(name)


def signal_group(process, number):
    """The group may outlive its leader; it has the leader's id for as long as it has members."""
    try:
        os.killpg(process.pid, number)
    except ProcessLookupError:
        pass
