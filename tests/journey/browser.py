"""Somebody at the people's port of a collector, over TLS, with curl, as a script or a browser would."""

import base64
import hashlib
import hmac
import json
import struct
import subprocess

JSON = ("-H", "Content-Type: application/json")


class Answer:
    def __init__(self, raw):
        head, _, self.body = raw.partition("\r\n\r\n")
        self.status = int(head.split()[1])
        self.lines = head.split("\r\n")[1:]

    def header(self, name):
        return [line.split(": ", 1)[1] for line in self.lines if line.lower().startswith(name.lower() + ":")]

    def json(self):
        return json.loads(self.body)


class Browser:
    """Keeps its cookies, trusts the collector's authority and nothing else."""

    def __init__(self, stand, name, port=None):
        """port: of the people of another collector than the stand's first."""
        self.stand, self.port, self.jar = stand, port or stand.people_port, stand.folder / f"{name}.jar"

    def ask(self, path, body=None, *options, data=None):
        sent = ["--data-binary", data if data is not None else json.dumps(body)] if (body is not None or data) else []
        sent += JSON if body is not None else []
        done = subprocess.run(["curl", "--silent", "--show-error", "--include", "--max-time", "60", "--cacert",
                               self.stand.collector.data / "keys" / "authority.pem", "--cookie", self.jar, "--cookie-jar",
                               self.jar, *sent, *options, f"https://127.0.0.1:{self.port}{path}"],
                              capture_output=True, timeout=90, check=False)
        if done.returncode:
            raise AssertionError(done.stderr.decode())
        return Answer(done.stdout.decode())

    def sign_in(self, name, password, code="", options=()):
        return self.ask("/v1/people/sessions", {"name": name, "password": password, "code": code}, *options)

    def session(self):
        return next(line.split("\t")[6] for line in self.jar.read_text().splitlines() if "__Host-session" in line)


def code_of(secret, step):
    """RFC 6238, without us."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    mac = hmac.new(key, struct.pack(">Q", step), hashlib.sha1).digest()
    at = mac[-1] & 15
    return f"{(struct.unpack('>I', mac[at:at + 4])[0] & 0x7FFFFFFF) % 1000000:06d}"
