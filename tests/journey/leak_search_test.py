"""The leak search finds a planted leak in every writing, and names what it could not read."""

import base64
import json
import os
import sqlite3
import tempfile
import time
import unittest
import urllib.parse
from pathlib import Path

import leak_search

COMMENT = 'they said "wait", tŷ & ŵyn? 100%'
RESPONSES = {"about": "made up", "q": [{"answers": {"heard": "yes", "why": COMMENT, "which": ["one_way", "other"]}}]}
SLASHES = "???>>>???>>>"  # in base64 these are + and /
LONG = "My worker listened to me and then we made a plan together, and it was kept."
RESPONSES["q"] += [{"answers": {"why": comment}} for comment in (SLASHES, LONG, "ŷ & ŵ/" * 3)]
NEEDLES = leak_search.needles_of(RESPONSES)


class LeakSearch(unittest.TestCase):
    def setUp(self):
        self.held = tempfile.TemporaryDirectory(prefix="perspective-leak-")
        self.folder = Path(self.held.name)
        self.addCleanup(self.held.cleanup)

    def plant(self, content, name="deep/down/file.bin"):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)

    def finds(self, **options):
        return leak_search.search([self.folder], NEEDLES, **options)[0]

    def assert_found(self, content, writing):
        self.plant(b"\x00before" + content + b"after\xff")
        self.assertIn(writing, {find.writing for find in self.finds()})

    def test_finds_a_comment_in_utf8(self):
        self.assert_found(COMMENT.encode(), "UTF-8")

    def test_finds_a_comment_in_utf16_of_both_orders(self):
        self.assert_found(COMMENT.encode("utf-16-le"), "UTF-16LE")
        self.assert_found(COMMENT.encode("utf-16-be"), "UTF-16BE")

    def test_finds_a_comment_in_base64_wherever_it_begins(self):
        for before in (b"", b"a", b"ab", b"abc"):
            with self.subTest(before=before):
                self.assert_found(base64.b64encode(before + COMMENT.encode() + b"z"), "base64")
                self.assert_found(base64.urlsafe_b64encode(before + b"\xfb" + SLASHES.encode()), "base64url")

    def test_finds_base64_of_utf16(self):
        self.assert_found(base64.b64encode(b"ab" + COMMENT.encode("utf-16-le")), "base64 of UTF-16LE")

    def test_finds_base64_of_a_whole_submission(self):
        whole = json.dumps({"answers": {"heard": "yes"}}, separators=(",", ":")).encode()
        self.assert_found(base64.b64encode(whole), "base64")

    def test_finds_a_comment_url_encoded(self):
        self.assert_found(urllib.parse.quote(COMMENT, safe="").encode(), "URL-encoded")
        self.assert_found(urllib.parse.quote_plus(COMMENT, safe="").encode(), "URL-encoded form")

    def test_finds_a_comment_json_escaped(self):
        self.assert_found(json.dumps({"why": COMMENT}).encode(), "JSON-escaped")
        self.assert_found(json.dumps(json.dumps({"why": COMMENT})).encode(), "JSON in JSON")

    def test_finds_a_comment_in_hexadecimal(self):
        self.assert_found(COMMENT.encode().hex().encode(), "hexadecimal")

    def test_finds_a_comment_as_our_own_programs_escape_it(self):
        self.assert_found(json.dumps({"why": COMMENT}, ensure_ascii=False).encode(), "JSON-escaped")

    def test_finds_a_piece_of_a_long_comment(self):
        self.assert_found(LONG.encode()[:40], "UTF-8")
        self.assert_found(LONG.encode()[30:], "UTF-8")

    def test_finds_a_long_comment_in_base64_with_lines(self):
        for before in (b"", b"a" * 20, b"a" * 41):
            with self.subTest(before=before):
                self.assert_found(base64.encodebytes(before + LONG.encode()), "base64")

    def test_finds_encodings_in_capitals_and_in_small_letters(self):
        self.assert_found(COMMENT.encode().hex().upper().encode(), "hexadecimal")
        self.assert_found(urllib.parse.quote("ŷ & ŵ/" * 3, safe="").lower().encode(), "URL-encoded")

    def test_finds_a_comment_in_the_name_of_a_file(self):
        self.plant(b"", f"deep/{LONG}.txt")
        self.assertTrue(self.finds())

    def test_finds_what_was_written_since_however_its_date_was_set(self):
        self.plant(COMMENT.encode())
        os.utime(self.folder / "deep/down/file.bin", (0, 0))
        self.assertTrue(self.finds(newer_than=time.time() - 60))
        self.assertFalse(self.finds(newer_than=time.time() + 60))

    def test_finds_pairs_of_variable_and_option(self):
        for content in (b'{"heard":"yes"}', b"heard=yes", b"heard: yes", b'"which":["one_way"]', b"heard|yes",
                        b'"heard":{"choice":"yes"}', b'"which":{"choices":["one_way","other"]}'):
            with self.subTest(content=content):
                self.plant(content)
                self.assertTrue(self.finds())

    def test_finds_a_comment_in_a_database(self):
        database = sqlite3.connect(self.folder / "store.sqlite")
        database.execute("CREATE TABLE t (x)")
        database.execute("INSERT INTO t VALUES (?)", (COMMENT,))
        database.commit()
        database.close()
        self.assertTrue(self.finds())

    def test_names_a_compressed_file(self):
        self.plant(b"\x1f\x8b\x08\x00whatever")
        self.assertIn("compressed", str(self.finds()[0]))

    def test_names_a_folder_that_is_not_there(self):
        finds, _ = leak_search.search([self.folder / "gone"], NEEDLES)
        self.assertIn("not there", str(finds[0]))

    def test_never_prints_the_comment_itself(self):
        self.plant(COMMENT.encode())
        self.assertNotIn("wait", " ".join(map(str, self.finds())))

    def test_leaves_out_only_what_it_is_told_to(self):
        self.plant(COMMENT.encode(), "screenshots/a.png")
        self.assertTrue(self.finds())
        self.assertFalse(self.finds(leave_out=[self.folder / "screenshots"]))

    def test_is_silent_where_there_is_nothing(self):
        self.plant(b'{"heard":1,"why":"","text":"item.heard.yes"}')
        self.assertEqual(self.finds(), [])


if __name__ == "__main__":
    unittest.main()
