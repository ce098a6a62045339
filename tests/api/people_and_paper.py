"""What people do with their accounts, with forms on paper and with comments: all of it by the API, none of it by a kiosk."""

import json
import re
import subprocess

from people_port import OTHER, PASSWORD, Somebody

REFERENCE = re.compile(r"Form ([A-Z]{3}\u2011[A-Z]{3}\u2011[A-Z]{3})")
ANSWERS = {"comes_for": ["borrowing"], "how_often": "weekly", "loan_length": "about_right",
           "wish": "More chairs, Olwen knows", "wish_on_wall": "agree"}


class Accounts:
    """Of an administrator, and of two people who key forms."""

    def __init__(self, stand, port, first_link):
        self.stand, self.port = stand, port
        self.administrator = Somebody(port, "administrator")
        self.administrator.join(first_link)
        self.anna, self.ben = self.colleague("anna"), self.colleague("ben")

    def colleague(self, name):
        _, invited = self.administrator.good("POST", "/v1/people", {"name": name, "roles": ["data-entry"]})
        somebody = Somebody(self.port, name)
        somebody.join(invited["link"])
        return somebody

    def look_after_their_own(self):
        anna = self.anna
        anna.good("GET", "/v1/people/me")
        anna.set_an_authenticator_up_and_take_it_away()
        anna.good("GET", "/v1/people/me/tokens")
        anna.good("POST", "/v1/people/me/tokens/script/revoke", {})
        anna.good("POST", "/v1/people/me/password", {"present": PASSWORD, "next": OTHER})
        anna.good("POST", "/v1/people/me/sign-out", {})

    def run_them(self):
        """As whoever sits at the machine; and what the network is refused."""
        ask = self.stand.ask
        ask("POST", "/v1/people/ben/tokens", {"name": "nightly", "rights": ["enter-paper"]})
        ask("GET", "/v1/people/tokens?limit=1")
        ask("POST", "/v1/people/ben/tokens/nightly/revoke", {})
        _, headers, _ = ask("GET", "/v1/people/ben")
        known = {"If-Match": headers["etag"], "Content-Type": "application/json"}
        self.stand.statuses += [ask("POST", "/v1/people/ben/roles", {"roles": ["analyst"]}, headers=known)[0],
                                ask("POST", "/v1/people/ben/roles", {"roles": ["inspector"]}, headers=known)[0]]
        for step in ("disable", "enable", "reset"):
            ask("POST", f"/v1/people/ben/{step}", {})
        self.walk_through("/v1/people", "people", 3)

    def walk_through(self, path, name, count):
        found, target = [], f"{path}?limit=1"
        while target:
            headers, page = self.administrator.good("GET", target)
            found += page[name]
            link = re.fullmatch(r'<([^>]+)>; rel="next"', headers.get("link", ""))
            assert bool(link) == bool(page["next"]), headers
            target = link and link.group(1)
        assert len(found) == count, found


class Paper:
    """Three forms: one is counted, one discarded, one taken back. The first has a comment."""

    def __init__(self, stand, accounts, inspection):
        self.stand, self.one = stand, f"/v1/inspections/{inspection}"
        self.anna, self.ben = (each.with_token("enter-paper") for each in (accounts.anna, accounts.ben))

    def letters(self):
        _, _, pdf = self.stand.ask("POST", f"{self.one}/paper/forms", {"copies": 3})
        text = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()
        return sorted({found.replace("\u2011", "-") for found in REFERENCE.findall(text)})

    def key(self, person, reference, answers):
        person.good("POST", f"{self.one}/paper/keyings", {"reference": reference, "questionnaire": "library-readers",
                                                          "language": "en", "answers": answers})

    def ask_all(self):
        ask = self.stand.ask
        self.anna.good("GET", f"{self.one}/paper/questions")
        counted, dropped, withdrawn = self.letters()
        self.key(self.anna, counted, ANSWERS)
        self.key(self.ben, counted, ANSWERS)
        self.key(self.anna, dropped, {"comes_for": None})
        self.key(self.anna, withdrawn, {"comes_for": ["computers"]})
        ask("GET", f"{self.one}/paper/keyings")
        self.anna.good("POST", f"{self.one}/paper/discards", {"reference": dropped, "reason": "keyed as the wrong form"})
        self.stand.collector.unlock(self.stand.with_paper)
        ask("GET", f"{self.one}/paper/keyings?limit=1")
        ask("POST", f"{self.one}/paper/withdrawals", {"reference": withdrawn})
        settled = json.loads(ask("POST", f"{self.one}/paper/settlements", {})[2])
        assert settled == {"counted": 1, "taken_back": 0, "asks": []}, settled


def ask_about_comments(stand, inspection):
    """Of an unlocked inspection, in which somebody has written one."""
    one = f"/v1/inspections/{inspection}"
    comment, = json.loads(stand.ask("GET", f"{one}/comments")[2])["comments"]
    assert json.loads(stand.ask("GET", f"{one}/comments/unread")[2]) == {"unread": 1}
    its = f"{one}/comments/{comment['reference']}"
    stand.ask("POST", f"{its}/read", {})
    stand.ask("POST", f"{its}/codes", {"codes": ["chairs"]})
    stand.ask("POST", f"{one}/codes/renaming", {"code": "chairs", "as": "nowhere to sit"})
    assert json.loads(stand.ask("GET", f"{one}/comments")[2])["codes"][0]["code"] == "nowhere to sit"
    stand.ask("POST", f"{its}/redaction", {"replacements": [{"words": "Olwen", "as": "[a friend]"}]})
    stand.ask("POST", f"{its}/translations", {"language": "en", "words": "More chairs", "translator": "Anna"})
    concern = json.loads(stand.ask("POST", f"{its}/concerns", {"lead": "Anna Jones", "why": "a name"})[2])["reference"]
    stand.ask("POST", f"{one}/concerns/{concern}/decision", {"words": "nothing is to be done"})
    stand.ask("POST", f"{one}/concerns/{concern}/outcome", {"words": "nothing was done"})
    stand.ask("GET", f"{one}/concerns")
    stand.ask("GET", "/v1/alarms")
    stand.ask("GET", "/v1/reminders")
    stand.ask("GET", "/v1/inspections?state=unfinished&words=croy")
    stand.ask("POST", f"{one}/quotations", {"reference": comment["reference"], "words": "More chairs"})
    stand.ask("POST", f"{one}/quotations/removal", {"reference": comment["reference"]})
