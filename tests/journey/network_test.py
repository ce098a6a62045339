"""A bad network between the kiosk and its collector: nothing is lost, nothing is sent twice, and the supervisor reads
"some waiting" and why, on the start screen and at the shell."""

import http.server
import re
import threading
import unittest

import line
from bad_line import Gate
from programs import KIOSK, free_port

FIVE_YEARS_S = 5 * 365 * 86_400
# Items of the start screen: the reason's code, and whether it only warns or says why some wait.
NOBODY, STRANGER = "waits.collector_unreachable", "waits.collector_unproven"
CLOCK, REVOKED = "warns.clock_wrong", "waits.kiosk_not_accepted"


class LoginPage(http.server.BaseHTTPRequestHandler):
    """Whatever is asked, the network of a hotel answers 200 and a page."""

    def answer(self):
        page = b"<!doctype html><title>Guest Wi-Fi</title><p>Please log in."
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        self.wfile.write(page)

    do_GET = do_POST = answer

    def log_message(self, *_):
        pass


class Network(line.Line):
    fixture = "croydon-2012"

    @classmethod
    def run_line(cls):
        demo, cls.port = cls.line, free_port()
        cls.gate = Gate(cls.port)
        cls.addClassCleanup(cls.gate.end)
        demo.collector.init(cls.port)
        demo.collector.serve()
        demo.collector.create(cls.responses.inspection, cls.responses.area, cls.responses.questionnaires)
        invite = demo.collector.invite(cls.responses.inspection, "Behind a gate")
        demo.kiosk.enrol(invite.replace(f":{cls.port}/", f":{cls.gate.port}/"))
        demo.collector.unlock(cls.responses.inspection)
        demo.open_display(cls.responses.all_texts)
        cls.visits = [visit for visit in cls.responses.visits if visit.questionnaire == "victims"]

    def open_anew(self, **environment):
        """A kiosk that has just been switched on tries at once, whatever it waited for before."""
        self.line.kiosk.close()
        self.line.hook_path.unlink(missing_ok=True)
        environment = {**self.line.environment, **environment}
        self.line.kiosk.open(environment, self.line.hook_path)
        self.line.processes.wait_until("the kiosk's window is there", self.line.hook_path.exists, KIOSK)

    def answer_one(self):
        self.line.respondent(self.visits.pop(), 1).answer_all()

    def respondents(self):
        tallies = self.line.collector.tally_json(self.inspection)["questionnaires"]
        return sum(tally["respondents"] for tally in tallies)

    def expect_reason(self, item, is_at_shell=True):
        """What the supervisor reads, on the screen (the item with this id) and at the shell."""
        screen = self.line.window.wait(f"the start screen says {item}",
                                       lambda screen: screen.id == "start" and screen.item(item) is not None)
        reason = screen.item(item).label
        self.assertNotEqual(screen.item("status").label, "")
        said = self.line.kiosk.status().split("\n")
        self.assertEqual(said[0], "some waiting")
        if is_at_shell:
            self.assertIn(reason, " ".join(said))

    def revoke(self):
        kiosk = re.search(r"kiosk-[0-9a-f]{16}", self.line.collector.command("kiosk", "list")).group()
        self.line.collector.command("kiosk", "revoke", kiosk)

    def login_page(self):
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), LoginPage)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        return server.server_address[1]

    def test_nothing_is_lost_and_the_supervisor_reads_why(self):
        self.gate.say("refuse")
        self.answer_one()
        self.expect_reason(NOBODY)
        self.gate.say("pass")
        self.gate.say(f"to {self.login_page()}")
        self.open_anew()
        self.expect_reason(STRANGER)
        self.gate.say("refuse")
        self.open_anew()
        self.expect_reason(NOBODY)
        self.gate.say("pass")
        self.gate.say(f"to {self.port}")
        self.open_anew(LD_PRELOAD=str(line.PROGRAMS / "other_clock.so"), PERSPECTIVE_TEST_CLOCK_S=str(-FIVE_YEARS_S))
        self.expect_reason(CLOCK, is_at_shell=False)  # the shell's own clock is right
        self.assertEqual(self.respondents(), 0)

        self.open_anew()
        self.line.kiosk.wait_until_all_sent()
        self.assertEqual(self.respondents(), 1)

        self.gate.say("lose-answers")
        self.answer_one()
        self.expect_reason(NOBODY)
        self.assertEqual(self.respondents(), 2, "the answer is lost after the commit, not before")
        self.gate.say("pass")
        self.open_anew()
        self.line.kiosk.wait_until_all_sent()
        self.assertEqual(self.respondents(), 2)

        self.revoke()
        self.answer_one()
        self.expect_reason(REVOKED)
        self.assertEqual(self.respondents(), 2)


if __name__ == "__main__":
    unittest.main(verbosity=2)
