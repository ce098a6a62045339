"""Kiosks without a window or a question: each seals, sends and takes back until it is told to stop, and then says what
became of it all (tests/support/sender_main.cc)."""

import json
import os
import subprocess
from pathlib import Path

from processes import die_with_parent

PROGRAMS = Path(os.environ["PERSPECTIVE_PROGRAMS"])


def start(kiosk, *ports, environment):
    """The sender of an enrolled kiosk, to each of the ports in turn."""
    return subprocess.Popen([PROGRAMS / "perspective-sender", kiosk.state, *map(str, ports)], stdin=subprocess.PIPE,
                            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment,
                            preexec_fn=die_with_parent)


def kill(senders):
    """Those that still run: for a test's end, however it ends."""
    for sender in senders:
        if sender.poll() is None:
            sender.kill()


def told_by(senders, limit_s):
    """Told to stop, all at once; what each says once the last of its envelopes has a receipt."""
    for sender in senders:
        sender.stdin.close()
        sender.stdin = None
    told = []
    for sender in senders:
        output, errors = sender.communicate(timeout=limit_s)
        assert sender.returncode == 0, errors
        told.append(json.loads(output))
    return told


def check_nothing_lost_or_doubled(test, told, column):
    """What senders were told was kept, or taken back, is what the database has. `column` asks it for one column."""
    kept = sorted(one for of_kiosk in told for one in of_kiosk["kept"])
    withdrawn = sorted(one for of_kiosk in told for one in of_kiosk["withdrawn"])
    print(f"{len(kept)} envelopes kept, {len(withdrawn)} taken back", flush=True)
    test.assertEqual([of_kiosk["set_aside"] for of_kiosk in told], [0] * len(told))
    test.assertGreater(len(withdrawn), 0)
    ids = "SELECT encode(id, 'hex') FROM perspective.%s ORDER BY id"
    test.assertEqual(column(ids % "envelopes"), kept)
    test.assertEqual(column(ids % "tombstones"), withdrawn)
    balance = column("SELECT (SELECT sum(envelopes) FROM perspective.daily_counts) - "
                     "(SELECT sum(envelopes) FROM perspective.withdrawn_counts)")
    test.assertEqual(balance, [str(len(kept))], "stored ever = stored now + withdrawn")
