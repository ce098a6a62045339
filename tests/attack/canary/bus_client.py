"""A program that listens to the accessibility bus as a screen reader does: to what is written, chosen and focused. It runs
until it is ended, and says when it listens."""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "journey"))

import session_bus  # noqa: E402

LOOK_S = 0.2


class Listener(session_bus.Client):
    def hear(self, event):
        """Reads what the event is about, as one that speaks it does; keeps nothing."""
        try:
            if "text" in event.type:
                self.atspi.Text.get_text(event.source, 0, -1)
            session_bus.named(event.source)
        except self.failure():
            pass


def main():
    client = Listener(dict(os.environ))
    client.wait("the kiosk is on the bus", client.nodes)
    print("listens", flush=True)
    while True:
        client.listen(LOOK_S)


if __name__ == "__main__":
    main()
