"""@stoplight/prism-cli's proxy between a witness and a door: it compares what goes through with the same document by its own
reading, and says in the header sl-violations what it does not find there."""

import os

from programs import free_port
from witness import Front, TcpDoor

LIMIT_S = 60


def through_prism(processes, folder):
    """What watched() and HandKiosk take: a door becomes one with prism before it."""

    def through(door):
        bridge, port = Front(door), free_port()
        document = folder / f"document-{port}.json"
        document.write_bytes(door.send("GET", "/v1/openapi.json", {}, b"")[2])
        name = f"prism-{port}"
        processes.start(name, [os.environ["PERSPECTIVE_PRISM"], "proxy", document,
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
        return before_prism

    return through
