"""Somebody at the people's port: a link, a password, a session, a token; each question and answer goes by a witness."""

import base64
import hashlib
import hmac
import json
import re
import struct
import time

from witness import TlsDoor, Witness, description_of

PASSWORD, OTHER = "grey tin ladder", "seven wet pianos"


def code_of(secret, at_s):
    """RFC 6238, without us."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    mac = hmac.new(key, struct.pack(">Q", int(at_s) // 30), hashlib.sha1).digest()
    at = mac[-1] & 15
    return f"{(struct.unpack('>I', mac[at:at + 4])[0] & 0x7FFFFFFF) % 1000000:06d}"


class PeoplesPort:
    def __init__(self, processes, port, authority, through=None):
        self.door = TlsDoor(port, authority)
        processes.wait_until("the people's port answers", self.answers, "collector")  # the socket is open before
        self.witness = Witness(through(self.door) if through else self.door, description_of(self.door))

    def answers(self):
        connection = self.door.connect()
        try:
            connection.connect()
            return True
        except OSError:
            return False
        finally:
            connection.close()


class Somebody:
    def __init__(self, port, name):
        self.port, self.name, self.shown = port, name, {}

    def ask(self, method, target, body=None, **more):
        """(status, headers, answer); a session that comes is kept."""
        content = b"" if body is None else json.dumps(body).encode()
        given = {**self.shown, **({"Content-Type": "application/json"} if content else {}), **more}
        status, answered_with, answered = self.port.witness.send(method, target, given, content)
        for name, value in answered_with:
            session = re.match(r"(__Host-session=[^;]+);", value) if name.lower() == "set-cookie" else None
            if session:
                self.shown = {"Cookie": session.group(1)}
        is_json = "json" in next((value for name, value in answered_with if name.lower() == "content-type"), "")
        return status, {name.lower(): value for name, value in answered_with}, json.loads(answered) if is_json else answered

    def good(self, method, target, body=None, **more):
        status, headers, answer = self.ask(method, target, body, **more)
        assert status < 400, (method, target, status, answer)
        return headers, answer

    def join(self, link, password=PASSWORD):
        self.good("POST", "/v1/people/joining",
                  {"name": self.name, "secret": link.rpartition(".")[2], "password": password})
        self.sign_in(password)

    def sign_in(self, password=PASSWORD, code=""):
        self.good("POST", "/v1/people/sessions", {"name": self.name, "password": password, "code": code})

    def with_token(self, *rights):
        """The same person, by a token that may so much."""
        _, made = self.good("POST", "/v1/people/me/tokens", {"name": "script", "rights": rights, "days": 1, "present": PASSWORD})
        script = Somebody(self.port, self.name)
        script.shown = {"Authorization": f"Bearer {made['token']}"}
        return script

    def set_an_authenticator_up_and_take_it_away(self):
        _, begun = self.good("POST", "/v1/people/me/authenticator", {"present": PASSWORD})
        self.good("POST", "/v1/people/me/authenticator/first-code", {"code": code_of(begun["secret"], time.time())})
        self.good("POST", "/v1/people/me/authenticator/removal", {"present": PASSWORD})
