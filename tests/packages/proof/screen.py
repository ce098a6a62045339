"""Prints what the accessibility bus says is on the kiosk's screen: a role and a name a line."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[2] / "journey"))

import session_bus  # noqa: E402

for node in session_bus.Client({}).nodes():
    print(session_bus.named(node))
