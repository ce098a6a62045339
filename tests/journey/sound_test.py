"""Who hears it: the real kiosk and a real PulseAudio with a headset and a loudspeaker that write down what they play.

A headset on USB comes as a device of its own, which is what the test plugs in; the port of a jack needs a sound card.
"""

import array
import math
import os
import shutil
import subprocess
import time
import unittest

import line

RATE_HZ = 22050
PATIENCE_S = 20
LOUD = 100  # root mean square of 16 bit


class Recording:
    """What a device plays, from now on."""

    def __init__(self, stand, device):
        self.path = stand.folder / "tmp" / f"{device}.pcm"
        stand.processes.start(f"recorder-{device}", ["parec", "--raw", "--format=s16le", f"--rate={RATE_HZ}", "--channels=1",
                                                     "--latency-msec=20", f"--device={device}.monitor", self.path])

    def frames(self):
        frames = array.array("h")
        data = self.path.read_bytes() if self.path.exists() else b""
        frames.frombytes(data[:len(data) // 2 * 2])
        return frames

    def loudness(self, since=0):
        frames = self.frames()[since:]
        return math.sqrt(sum(frame * frame for frame in frames) / len(frames)) if frames else 0.0

    def now(self):
        return len(self.frames())


class Sound(line.Line):
    fixture = "library-readers"

    @classmethod
    def run_line(cls):
        cls.line.set_up(cls.responses)
        cls.line.open_display(cls.responses.all_texts)
        cls.line.kiosk.close()
        cls.start_server()
        cls.line.hook_path.unlink(missing_ok=True)
        cls.line.open_window({**cls.line.environment, **cls.server, "SDL_AUDIODRIVER": "pulseaudio"})
        cls.headset, cls.room = Recording(cls.line, "headset"), Recording(cls.line, "room")
        for each in (cls.headset, cls.room):
            cls.line.processes.wait_until("it is being recorded", lambda each=each: each.now() > RATE_HZ // 2)

    @classmethod
    def start_server(cls):
        home = cls.line.folder / "tmp" / "sound"
        home.mkdir()
        socket = home / "native"
        cls.server = {"PULSE_SERVER": f"unix:{socket}", "XDG_RUNTIME_DIR": str(home), "PULSE_RUNTIME_PATH": str(home),
                      "XDG_CONFIG_HOME": str(home)}
        modules = [f"module-native-protocol-unix auth-anonymous=1 socket={socket}"]
        modules += [f"module-null-sink rate={RATE_HZ} channels=1 sink_name={name} sink_properties=device.form_factor={form}"
                    for name, form in (("headset", "headset"), ("room", "speaker"), ("apart", "internal"))]
        cls.line.processes.environment.update(cls.server)
        cls.line.processes.start("pulseaudio", ["pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1",
                                                "--use-pid-file=no", *(word for module in modules for word in ("-L", module))])
        cls.line.processes.wait_until("the sound server is there", socket.exists, "pulseaudio")
        cls.tell_server("set-default-source", "apart.monitor")  # else the recorders are moved with the default
        cls.plug("room")

    @classmethod
    def tell_server(cls, *words):
        cls.line.processes.run("pactl", ["timeout", "-k", "1", "10", "pactl", *words])

    @classmethod
    def plug(cls, device):
        cls.tell_server("set-default-sink", device)

    def press(self, item, is_so):
        window = self.line.window
        return window.press(window.screen(), item, f"'{item}' was pressed", is_so)

    def comes_true(self, what, is_so):
        end = time.monotonic() + PATIENCE_S
        while not is_so():
            self.assertLess(time.monotonic(), end, what)
            time.sleep(0.05)

    def picture(self, name):
        path = self.line.screenshots / f"sound-{name}.png"
        self.line.window.hook.screenshot(path)
        if kept := os.environ.get("PERSPECTIVE_KEEP_SCREENSHOTS"):
            shutil.copy(path, kept)

    def test_one_visit(self):
        """To the room only on purpose; headphones start it and end it."""
        window = self.line.window
        start = window.wait("the start screen is there", lambda screen: screen.id == "start")
        self.assertIsNone(start.item("warns.sound_missing"))
        self.assertEqual(self.room.loudness(), 0, "nobody asked for a sound")
        before = self.press(start.with_prefix("questionnaire.")[0].id, lambda screen: screen.id == "before")
        time.sleep(1)
        self.assertEqual(self.room.loudness(), 0, "the supervisor is not read to")
        self.press("sound.test", lambda screen: screen.serial != before.serial)
        self.comes_true("the test is heard", lambda: self.room.loudness() > LOUD)
        self.press("start", lambda screen: screen.id == "yours")
        time.sleep(0.5)  # what was in the device is heard to its end
        tested = self.room.now()
        self.picture("panel")
        silent = self.press("sound.switch", lambda screen: screen.item("sound.aloud") is not None)
        self.assertIn("No headphones", silent.item("notice.sound").label)
        self.picture("no-headphones")
        self.press("next", lambda screen: screen.id != "yours")
        time.sleep(1)
        self.assertEqual(self.room.loudness(tested), 0, "nobody chose that the room may hear")

        self.plug("headset")
        window.wait("headphones are in", lambda screen: screen.item("notice.sound") is None)
        self.comes_true("it speaks into the headphones", lambda: self.headset.loudness(self.headset.now() - RATE_HZ // 2) > LOUD)
        self.assertEqual(self.room.loudness(tested), 0)

        pulled = time.monotonic()
        before = {each: each.now() for each in (self.headset, self.room)}
        self.plug("room")
        window.wait("headphones are out", lambda screen: screen.item("notice.sound") is not None)
        told_ms = (time.monotonic() - pulled) * 1000
        self.picture("pulled-out")
        time.sleep(2)
        for each, since in before.items():
            self.assertEqual(each.loudness(since + RATE_HZ), 0, "silent within a second")  # EN 301 549, 5.1.3.9
        heard = sum(1 for frame in self.room.frames()[before[self.room]:] if frame != 0)
        print(f"the screen said so after {told_ms:.0f} ms; the room heard {heard * 1000 / RATE_HZ:.0f} ms")

        self.press("bar.yours", lambda screen: screen.id == "yours")
        since = self.room.now()
        aloud = self.press("sound.aloud", lambda screen: screen.item("notice.sound") is None)
        self.assertIn("others", aloud.item("sound.others").value)
        self.picture("aloud")
        self.comes_true("it speaks to the room that was chosen", lambda: self.room.loudness(since) > LOUD)
        self.press("close", lambda screen: screen.id != "yours")

    def test_a_machine_without_sound_says_so_to_the_supervisor(self):
        said = subprocess.run([self.line.kiosk.program, "status", "--state", self.line.folder / "kiosk"],
                              env={**self.line.processes.environment, "PULSE_SERVER": f"unix:{self.line.folder}/none",
                                   "SDL_AUDIODRIVER": "there-is-none"},
                              capture_output=True, text=True, check=True, timeout=30).stdout.splitlines()
        self.assertIn("This kiosk can make no sound.", said)
        self.assertNotIn("This kiosk can make no sound.", self.line.kiosk.status().splitlines())


if __name__ == "__main__":
    line.enter_own_temporary_folders()
    unittest.main(verbosity=2)
