"""From the lifting of the finger to the first sound of the next question, heard at the sound server: a real PulseAudio
whose only device is a headset that nobody wears. Beside the picture of the same taps."""

import os
import statistics
import subprocess
import threading
import time

from failure import Failure
from hook import Hook
from kiosk import kiosk_stand
from tap import Finger, TimedRespondent, percentile_95
from window import Window

from figure import DIFFERENCE, Figure

RATE_HZ = 22050
QUIET_S = 0.6
PATIENCE_S = 90
CHUNK_BYTES = 4096


class Ear(threading.Thread):
    """Notes when it hears something."""

    def __init__(self, environment):
        super().__init__(daemon=True)
        self.recorder = subprocess.Popen(["parec", "--raw", "--format=s16le", f"--rate={RATE_HZ}", "--channels=1",
                                          "--latency-msec=10", "--device=headset.monitor"], stdout=subprocess.PIPE,
                                         env={**os.environ, **environment})
        self.heard = []
        self.start()

    def run(self):
        while chunk := os.read(self.recorder.stdout.fileno(), CHUNK_BYTES):
            if any(chunk):
                self.heard.append(time.monotonic())

    def wait_for(self, what, is_so):
        end = time.monotonic() + PATIENCE_S
        while not is_so():
            if time.monotonic() > end:
                raise Failure(f"{what} within {PATIENCE_S} s")
            time.sleep(0.01)

    def wait_for_silence(self):
        self.wait_for("it was not silent", lambda: not self.heard or time.monotonic() - self.heard[-1] > QUIET_S)

    def first_after(self, begun):
        self.wait_for("nothing was heard", lambda: self.heard and self.heard[-1] > begun)
        return next(when for when in self.heard if when > begun)

    def close(self):
        self.recorder.terminate()
        self.recorder.wait()
        self.join()


class ListeningFinger(Finger):
    """Taps in silence, and has the first sound timed as well."""

    def __init__(self, display, watcher, ear):
        super().__init__(display, watcher)
        self.ear = ear
        self.sounds_ms = []

    def timed_tap(self, window, at, rect):
        time.sleep(QUIET_S)  # what was pressed before is being said by now
        self.ear.wait_for_silence()
        for _ in self.watcher.frames(QUIET_S):  # each word was a picture
            pass
        picture_ms = super().timed_tap(window, at, rect)
        self.sounds_ms.append((self.ear.first_after(self.released) - self.released) * 1000)
        return picture_ms


class ListeningRespondent(TimedRespondent):
    """Has it read out from the first question on."""

    def question(self, screen, variable):
        if not screen.item("bar.pause").enabled:
            screen = self.press("bar.again", lambda now: now.item("bar.pause").enabled)
        return super().question(screen, variable)

    def press(self, item, is_so):
        return self.window.press(self.window.screen(), item, f"'{item}' was pressed", is_so)


def start_server(stand):
    home = stand.folder / "tmp" / "sound"
    home.mkdir()
    socket = home / "native"
    environment = {"PULSE_SERVER": f"unix:{socket}", "XDG_RUNTIME_DIR": str(home), "PULSE_RUNTIME_PATH": str(home),
                   "XDG_CONFIG_HOME": str(home), "SDL_AUDIODRIVER": "pulseaudio"}
    modules = (f"module-native-protocol-unix auth-anonymous=1 socket={socket}",
               f"module-null-sink rate={RATE_HZ} channels=1 sink_name=headset sink_properties=device.form_factor=headset")
    stand.processes.start("pulseaudio", ["pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no",
                                         *(word for module in modules for word in ("-L", module))],
                          extra_environment=environment)
    stand.processes.wait_until("the sound server is there", socket.exists, "pulseaudio")
    return environment


def sound(bench):
    taps = bench.pick(12, 2)
    sounds_ms, pictures_ms = [], []
    with kiosk_stand(bench, "sound") as (stand, watcher):
        stand.environment = {**stand.environment, **start_server(stand)}
        ear = Ear(stand.environment)
        for _ in range(bench.pick(2, 1)):
            stand.start_kiosk(stand.hook_path)
            drawn_in = watcher.first_frame("the kiosk")[1]
            finger = ListeningFinger(stand.display, watcher, ear)
            person = ListeningRespondent(Window(stand.display, Hook(stand.hook_path)),
                                         stand.responses.visits[0].questionnaire, finger, drawn_in, taps)
            person.answer_until(person.is_enough)
            sounds_ms.append(finger.sounds_ms)
            pictures_ms.append(person.taps_ms)
            stand.kiosk.close()
        ear.close()
    return [Figure(f"kiosk.sound.{name}", f"tap to first sound, {name}", "ms", [of(each) for each in sounds_ms],
                   f"the picture, {name}", [of(each) for each in pictures_ms], DIFFERENCE)
            for name, of in (("p50", statistics.median), ("p95", percentile_95))]
