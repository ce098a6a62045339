"""@stoplight/prism-cli's proxy between a witness and a door: it compares what goes through with the same document by its own
reading, and says in the header sl-violations what it does not find there.

What is described as bytes goes round it: prism 5 reads every body as text, so it would hand on other bytes than it was given,
and a kiosk's batch (application/octet-stream) ends it. So does a body that should be JSON and is not: prism answers that itself.
Our own judge (description.py) sees those all the same."""

import json
import os

from description import Description
from programs import free_port
from witness import Front, TcpDoor, TlsDoor, UnixDoor

LIMIT_S = 60


def is_text(media_type):
    return media_type.startswith("text/") or media_type.split("+")[-1].endswith("json") or media_type.endswith("pem-file")


def is_json(body):
    try:
        json.loads(body)
        return True
    except ValueError:
        return False


def for_prism(document, door):
    """Without what prism cannot see: at the Unix socket the system says who asks, and of certificates prism knows nothing."""
    schemes = document["components"]["securitySchemes"].values()
    if isinstance(door, UnixDoor) and not isinstance(door, TlsDoor) or all(each["type"] == "mutualTLS" for each in schemes):
        for methods in document["paths"].values():
            for operation in methods.values():
                operation["security"] = []
    return document


class RoundPrismWithBytes:
    """A door with two ways behind it."""

    def __init__(self, document, before_prism, door):
        self.description = Description(document)
        self.before_prism, self.door = before_prism, door

    def is_of_bytes(self, method, target):
        operation, _ = self.description.find(method, target)
        if operation is None:
            return False
        bodies = [operation.get("requestBody", {}), *map(self.description.resolved, operation["responses"].values())]
        return not all(is_text(media_type) for body in bodies for media_type in body.get("content", {}))

    def send(self, method, target, headers, body):
        goes_round = self.is_of_bytes(method, target) or (body and not is_json(body))
        return (self.door if goes_round else self.before_prism).send(method, target, headers, body)


def through_prism(processes, folder):
    """What watched() and HandKiosk take: a door becomes one with prism before it."""

    def through(door):
        bridge, port = Front(door), free_port()
        file = folder / f"document-{port}.json"
        document = for_prism(json.loads(door.send("GET", "/v1/openapi.json", {}, b"")[2]), door)
        file.write_text(json.dumps(document))
        name = f"prism-{port}"
        processes.start(name, [os.environ["PERSPECTIVE_PRISM"], "proxy", file,
                               f"http://127.0.0.1:{bridge.server_address[1]}", "--host", "127.0.0.1", "--port", port,
                               "--validate-request", "true"])
        before_prism = TcpDoor(port)

        def answers():
            try:
                before_prism.send("GET", "/v1/openapi.json", {}, b"")
                return True
            except OSError:
                return False

        processes.wait_until("prism listens", answers, name, LIMIT_S)
        return RoundPrismWithBytes(document, before_prism, door)

    return through
