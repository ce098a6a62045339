"""Stands between a client and a door of the collector, and compares what goes through with the description of that door."""

import http.client
import http.server
import json
import socket
import socketserver
import ssl
import threading
from pathlib import Path

from description import Description, Exchange

BETWEEN_US_AND_THE_NEXT = {"connection", "transfer-encoding", "content-length", "keep-alive", "date", "server"}


def beginning_of(answer):
    """All of it; of news, which have no end, what is there at once."""
    is_endless = (answer.getheader("Content-Type") or "").startswith("text/event-stream")
    return answer.read1() if is_endless else answer.read()


class UnixDoor:
    def __init__(self, path):
        self.path = str(path)

    def connect(self):
        connection = http.client.HTTPConnection("collector")
        connection.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        connection.sock.connect(self.path)
        return connection

    def send(self, method, target, headers, body):
        """(status, [(name, value)], body)"""
        connection = self.connect()
        try:
            given = {name: value for name, value in headers.items() if name.lower() not in BETWEEN_US_AND_THE_NEXT}
            if body and "Content-Length" not in given:
                given["Content-Length"] = str(len(body))
            if method == "POST" and not body:
                given["Content-Length"] = "0"
            connection.request(method, target, body=body or None, headers=given)
            answer = connection.getresponse()
            return answer.status, answer.getheaders(), beginning_of(answer)
        finally:
            connection.close()


class TcpDoor(UnixDoor):
    """In the clear on loopback: another program that stands between."""

    def __init__(self, port):
        self.port = port

    def connect(self):
        return http.client.HTTPConnection("127.0.0.1", self.port)


class TlsDoor(UnixDoor):
    """The kiosks' port; with a certificate once there is one."""

    def __init__(self, port, authority):
        self.port = port
        self.context = ssl.create_default_context(cafile=authority)

    def show(self, certificate, key):
        self.context.load_cert_chain(certificate, key)

    def connect(self):
        return http.client.HTTPSConnection("127.0.0.1", self.port, context=self.context)


class Witness:
    """A door like the one behind it, that remembers what is not as described."""

    def __init__(self, door, description):
        self.door = door
        self.description = description
        self.faults = []
        self.seen = {}  # operation: statuses
        self.lock = threading.Lock()

    def send(self, method, target, headers, body):
        status, answered_with, answered = self.door.send(method, target, headers, body)
        exchange = Exchange(method, target, {name.lower(): value for name, value in headers.items()}, body, status,
                            {name.lower(): value for name, value in answered_with}, answered)
        faults = self.description.faults(exchange)
        operation, _ = self.description.find(method, target)
        with self.lock:
            self.faults += faults
            if operation:
                self.seen.setdefault(operation["operationId"], set()).add(status)
            violations = exchange.answered_with.get("sl-violations")  # prism's word
            if violations:
                self.faults += [f"prism: {method} {target}: {json.dumps(each)[:300]}" for each in json.loads(violations)
                                if is_meant(each, status)]
        return status, answered_with, answered

    def not_seen(self):
        """Operations of which nobody has had a good answer."""
        good = {name for name, statuses in self.seen.items() if min(statuses) < 400}
        return sorted({operation["operationId"] for _, _, operation in self.description.operations} - good)


def is_meant(violation, status):
    """A request that is refused may be as wrong as it likes: that is why it is refused."""
    return status < 400 or violation["location"][0] != "request"


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def pass_on(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        try:
            status, headers, answer = self.server.door.send(self.command, self.path, dict(self.headers.items()), body)
        except (OSError, http.client.HTTPException):
            self.close_connection = True  # as the one behind us did
            return
        self.send_response_only(status)
        for name, value in headers:
            if name.lower() not in BETWEEN_US_AND_THE_NEXT:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    do_GET = do_POST = do_PUT = do_DELETE = do_PATCH = do_OPTIONS = pass_on

    def log_message(self, *_):
        pass

    def address_string(self):
        return "here"


class Front(socketserver.ThreadingMixIn, http.server.HTTPServer):
    """Whatever comes to this address goes through `door`. A path is a Unix socket, None any port of loopback."""

    daemon_threads = True

    def __init__(self, door, path=None):
        self.door = door
        self.address_family = socket.AF_UNIX if path else socket.AF_INET
        super().__init__(str(path) if path else ("127.0.0.1", 0), Handler)
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    def server_bind(self):
        socketserver.TCPServer.server_bind(self)

    def end(self):
        self.shutdown()
        self.server_close()


WITHOUT_A_COLLECTOR = {"init", "restore", "verify", "questionnaire"}


def description_of(door):
    return Description(json.loads(door.send("GET", "/v1/openapi.json", {}, b"")[2]))


def watched(collector, folder, through=None):
    """Has the collector's command line go through a witness, which is given back. through(door) may stand between them."""
    door = UnixDoor(Path(collector.data) / "admin.sock")
    witness = Witness(None, None)
    folder.mkdir(mode=0o700)
    front = Front(witness, folder / "admin.sock")
    plain = collector.command

    def command(*arguments, lines=(), limit_s=60):
        if arguments[0] in WITHOUT_A_COLLECTOR or not collector.answers():
            return plain(*arguments, lines=lines, limit_s=limit_s)
        if witness.door is None:
            witness.description = description_of(door)
            witness.door = through(door) if through else door
        return collector.processes.run(f"perspective-collector {arguments[0]}",
                                       [collector.program, "--data", folder, *arguments], lines, limit_s)

    collector.command = command
    witness.end = front.end
    return witness
