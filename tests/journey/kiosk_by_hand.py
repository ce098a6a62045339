"""A kiosk that is not our program: its key and its certificate are made with openssl and one request, and what it then
sends is up to whoever has it."""

import http.client
import json
import re
import ssl
import subprocess

LONGEST_S = 100


class KioskByHand:
    """folder: of its own, made here, with its key and its certificate. invite: what the collector printed."""

    def __init__(self, folder, invite, authority):
        folder.mkdir()
        self.port = int(re.search(r":(\d+)", invite)[1])
        self.trusts = ssl.create_default_context(cafile=authority)
        subprocess.run(["openssl", "req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
                        "-keyout", folder / "key", "-out", folder / "request", "-subj", "/CN=kiosk"], check=True,
                       capture_output=True)
        wants = {"secret": re.search(r"secret=(\w+)", invite)[1], "request": (folder / "request").read_text()}
        status, enrolled, _ = self.post("/v1/enrolments", json.dumps(wants), "application/json")
        if status != 201:
            raise AssertionError(f"this kiosk was not enrolled: {status} {enrolled}")
        (folder / "certificate").write_text(json.loads(enrolled)["certificate"])
        self.trusts.load_cert_chain(folder / "certificate", folder / "key")

    def connect(self):
        """A connection of its own; the caller closes it."""
        return http.client.HTTPSConnection("127.0.0.1", self.port, timeout=LONGEST_S, context=self.trusts)

    def post(self, path, body, kind="application/octet-stream", connection=None):
        """Status, text, and after how many seconds to come again (0: not said)."""
        its_own = connection or self.connect()
        its_own.request("POST", path, body, {"Content-Type": kind})
        answer = its_own.getresponse()
        text = answer.read().decode()
        if connection is None:
            its_own.close()
        return answer.status, text, float(answer.getheader("Retry-After") or 0)
