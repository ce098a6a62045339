"""A voice of an author's own: recorded lines go with the questionnaire into the package, and the real kiosk plays them in
place of its voice. A tone stands for the person; what is heard is what SDL's disk driver wrote down."""

import array
import math
import shutil
import struct
import subprocess
import time
import unittest

import line

RATE_HZ = 22050
TONE_HZ = 660
LINE = "We want to know what you come here for."
PATIENCE_S = 40
WINDOW = RATE_HZ // 5


class Recording(line.Line):
    fixture = "library-readers"

    @classmethod
    def run_line(cls):
        folder = cls.folder / "readers"
        shutil.copytree(line.FIXTURES / "library-readers", folder)
        (folder / "recordings").mkdir()
        cls.record(folder / "recordings" / "why.opus")
        cls.responses.questionnaires = [folder]
        cls.start()
        cls.line.kiosk.close()
        cls.line.hook_path.unlink(missing_ok=True)
        cls.sound = cls.line.folder / "tmp" / "said.pcm"
        cls.line.open_window({**cls.line.environment, "SDL_AUDIODRIVER": "disk", "SDL_DISKAUDIOFILE": str(cls.sound)})

    @classmethod
    def record(cls, path):
        frames = b"".join(struct.pack("<h", int(9000 * math.sin(2 * math.pi * TONE_HZ * i / 48000))) for i in range(96000))
        subprocess.run(["opusenc", "--quiet", "--raw", "--raw-rate", "48000", "--raw-chan", "1", "--comment", "LANGUAGE=en",
                        "--comment", f"DESCRIPTION={LINE}", "-", path], input=frames, check=True, timeout=60)

    def press(self, item, is_so):
        return self.line.window.press(self.line.window.screen(), item, f"'{item}' was pressed", is_so)

    def tones(self, since):
        """How many fifths of a second are the tone and nothing else, and how many are another sound."""
        frames = array.array("h")
        data = self.sound.read_bytes()[since:]
        frames.frombytes(data[:len(data) // 2 * 2])
        pure = other = 0
        for at in range(0, len(frames) - WINDOW, WINDOW):
            part = frames[at:at + WINDOW]
            if max(part) < 200:
                continue
            rises = sum(1 for before, now in zip(part, part[1:]) if before < 0 <= now)
            if abs(rises * RATE_HZ / WINDOW - TONE_HZ) < 12:
                pure += 1
            else:
                other += 1
        return pure, other

    def test_the_line_that_was_recorded_is_heard_as_it_was_recorded(self):
        window = self.line.window
        start = window.wait("the start screen is there", lambda now: now.id == "start")
        self.press(start.with_prefix("questionnaire.")[0].id, lambda now: now.id == "before")
        screen = self.press("start", lambda now: now.id != "before")
        if screen.id == "language":
            self.press("language.en", lambda now: now.id == "yours")
        self.press("sound.switch", lambda now: now.item("sound").value == "on")
        self.press("sound.aloud", lambda now: now.item("notice.sound") is None)
        since = self.sound.stat().st_size if self.sound.exists() else 0
        welcome = self.press("next", lambda now: now.id == "welcome.1")
        self.assertIn(LINE, [item.label for item in welcome.items])
        end = time.monotonic() + PATIENCE_S
        pure = other = 0
        while (pure < 6 or other < 6) and time.monotonic() < end:
            time.sleep(0.3)
            pure, other = self.tones(since)
        self.assertGreaterEqual(pure, 6, "two seconds of tone are the recording")
        self.assertGreaterEqual(other, 6, "what was not recorded is said by the kiosk's voice")


if __name__ == "__main__":
    line.enter_own_temporary_folders()
    unittest.main(verbosity=2)
