"""Orca and its speech server on a session bus of our own; what it says goes into a file instead of a loudspeaker."""

import os
import time

CONFIGURATION = """LogLevel 3
LogDir "{folder}"
AudioOutputMethod "libao"
AddModule "transcript" "sd_generic" "transcript.conf"
DefaultModule transcript
"""
MODULE = """GenericExecuteSynth "printf '%s\\\\n' \\'$DATA\\' >> {transcript}"
GenericDefaultCharset "utf-8"
GenericLanguage "en" "en" "utf-8"
GenericLanguage "cy" "cy" "utf-8"
GenericMaxChunkLength 2000
GenericDelimiters "|"
AddVoice "en" "MALE1" "default"
AddVoice "cy" "MALE1" "default"
DefaultVoice "default"
"""
REST_S = 0.35     # so long nothing more is said: it has said it
PATIENCE_S = 30
POLL_S = 0.02
KEYS = ("tab", "return", "space")  # it names the key that was pressed, too


class Orca:
    def __init__(self, processes, environment, folder):
        self.folder = folder
        self.transcript = folder / "spoken.txt"
        modules = folder / "modules"
        modules.mkdir(parents=True)
        self.transcript.touch()
        (folder / "speechd.conf").write_text(CONFIGURATION.format(folder=folder))
        (modules / "transcript.conf").write_text(MODULE.format(transcript=self.transcript))
        home = folder.parent / "session"
        (home / ".libao").write_text("default_driver=null\n")
        socket = home / "speech-dispatcher" / "speechd.sock"
        socket.parent.mkdir()
        processes.environment["SPEECHD_ADDRESS"] = f"unix_socket:{socket}"
        processes.start("speech-dispatcher", ["speech-dispatcher", "--run-single", "-c", "unix_socket", "-S", socket, "-C", folder,
                                              "-L", folder, "-P", folder / "pid", "-t", "0"])
        processes.wait_until("the speech server is there", socket.exists, "speech-dispatcher")
        processes.start("orca", ["/usr/bin/orca", *(["--debug-file", os.environ["ORCA_LOG"]] if "ORCA_LOG" in os.environ else [])],
                        extra_environment=environment)
        processes.wait_until("Orca has said that it is there", lambda: "Screen reader on" in self.said(), "orca", 60)

    def said(self, since=0):
        return self.transcript.read_bytes()[since:].decode(errors="replace")

    def mark(self):
        return self.transcript.stat().st_size

    def after(self, since):
        """What it said since then, once it has said more than the name of a key and is silent."""
        end = time.monotonic() + PATIENCE_S
        heard, quiet_since = since, time.monotonic()
        while time.monotonic() < end:
            now = self.mark()
            if now != heard:
                heard, quiet_since = now, time.monotonic()
            elif time.monotonic() - quiet_since > REST_S and self.words(since):
                return self.words(since)
            time.sleep(POLL_S)
        raise AssertionError(f"Orca said nothing for {PATIENCE_S} s; before that: {self.said()[-300:]}")

    def words(self, since):
        said = [text.strip() for text in self.said(since).splitlines()]
        return " ".join(text for text in said if text and text not in KEYS)
