"""A kiosk by hand: an invite, a key and certificate by openssl, and bytes as long as an envelope."""

import json
import os
import re
import subprocess
import tempfile
from pathlib import Path

from witness import TlsDoor, Witness, description_of

JSON, BYTES = {"Content-Type": "application/json"}, {"Content-Type": "application/octet-stream"}


class HandKiosk:
    def __init__(self, invite, through=None):
        found = re.fullmatch(r"perspective://[^:/]+:(\d+)/enrol\?authority=\w+&secret=(\w+)", invite.strip())
        self.port, self.secret = int(found.group(1)), found.group(2)
        self.folder = Path(tempfile.mkdtemp(prefix="perspective-kiosk-"))
        unknown = TlsDoor(self.port, None)
        unknown.context.check_hostname, unknown.context.verify_mode = False, 0
        (self.folder / "authority.pem").write_bytes(unknown.send("GET", "/v1/authority", {}, b"")[2])
        self.door = TlsDoor(self.port, self.folder / "authority.pem")
        self.witness = Witness(through(self.door) if through else self.door, description_of(self.door))

    def ask(self, method, target, body=b"", headers=None):
        status, answered_with, answered = self.witness.send(method, target, headers or {}, body)
        return status, {name.lower(): value for name, value in answered_with}, answered

    def enrol(self):
        key, request = self.folder / "key.pem", self.folder / "request.pem"
        subprocess.run(["openssl", "req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout",
                        key, "-out", request, "-subj", "/CN=kiosk"], check=True, capture_output=True)
        body = json.dumps({"secret": self.secret, "request": request.read_text()}).encode()
        status, _, answer = self.ask("POST", "/v1/enrolments", body, JSON)
        if status == 201:
            (self.folder / "certificate.pem").write_text(json.loads(answer)["certificate"])
            self.door.show(self.folder / "certificate.pem", key)
        return status

    def send_bytes(self, inspection, envelope_bytes):
        """They are opened by nobody, and set aside in the end."""
        return self.ask("POST", f"/v1/inspections/{inspection}/envelopes", os.urandom(16 + envelope_bytes), BYTES)
