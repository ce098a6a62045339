"""Which named tests have no pass in the results of a run, as ctest and a program with results of its own write them."""

import tempfile
import unittest
from pathlib import Path
from xml.sax.saxutils import quoteattr

import named_tests

PARAMETERS = "Every/Line.Keeps/Cut  # GetParam() = 4-byte object <01-00 00-00>"


def written(path, cases):
    path.write_text("<testsuite>" + "".join(
        "<testcase " + " ".join(f"{key}={quoteattr(value)}" for key, value in case.items()) + "/>" for case in cases) + "</testsuite>")


class NotRun(unittest.TestCase):
    def setUp(self):
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        self.results = self.folder / "tests.xml"

    def missing(self, *names):
        return named_tests.not_run([("A.md", name) for name in names], self.results)

    def test_a_test_with_parameters_ran_if_each_of_its_forms_did(self):
        written(self.results, [{"name": PARAMETERS, "status": "run"}, {"name": "Every/Line.Sends/1", "status": "fail"},
                               {"name": "Every/Line.Sends/0", "status": "run"}])
        self.assertEqual(self.missing("Line.Keeps", "Line.Sends"), ["'Line.Sends' of A.md failed"])

    def test_a_test_that_was_skipped_or_is_not_there_did_not_run(self):
        written(self.results, [{"name": "A.Skipped", "status": "notrun"}])
        self.assertEqual(self.missing("A.Skipped", "A.Gone"), ["'A.Gone' of A.md did not run", "'A.Skipped' of A.md failed"])

    def test_what_a_program_says_of_its_own_tests_counts_only_after_its_pass(self):
        written(self.folder / "store.xml", [{"classname": "Store", "name": "Keeps", "result": "completed"},
                                            {"classname": "Store", "name": "Waits", "result": "skipped"}])
        written(self.results, [{"name": "store", "status": "run"}])
        self.assertEqual(self.missing("Store.Keeps", "Store.Waits"), ["'Store.Waits' of A.md failed"])
        written(self.results, [{"name": "store", "status": "fail"}])
        self.assertEqual(self.missing("Store.Keeps"), ["'Store.Keeps' of A.md did not run"])


if __name__ == "__main__":
    unittest.main()
