"""Some answers come by the network, some by a stick, some by both: each is counted once, and the receipts that come back
empty the kiosk. At the end they tell it that fieldwork is over, and the stick takes its counts."""

import os
import unittest

from line import Line, enter_own_temporary_folders, rows

from failure import Failure  # noqa: E402, which line finds


class Courier(Line):
    """By network first; then the collector is away, the kiosk is asked for a copy, and the stick travels."""

    fixture = "library-readers"
    by_network = 2
    by_stick = 3

    @classmethod
    def run_line(cls):
        cls.start()
        visits = cls.responses.visits
        cls.stick = cls.folder / "stick"
        cls.stick.mkdir()
        cls.line.answer(visits[: cls.by_network])
        cls.line.kiosk.wait_until_all_sent()
        cls.line.collector.stop()
        cls.line.answer(visits[cls.by_network: cls.by_network + cls.by_stick])
        try:
            cls.beside_it_runs = cls.line.kiosk.copy_to(cls.stick)
        except Failure as failure:
            cls.beside_it_runs = str(failure)
        cls.is_stick_untouched = not os.listdir(cls.stick)
        cls.line.kiosk.close()
        cls.first_copy = cls.line.kiosk.copy_to(cls.stick)

    def test_stick_brings_the_rest_and_the_receipts_empty_the_kiosk(self):
        collector, kiosk = self.line.collector, self.line.kiosk
        collector.serve()
        collector.unlock(self.inspection)
        bundle = self.only_file(".bundle")
        self.assertIn("Copy to USB", self.beside_it_runs)
        self.assertTrue(self.is_stick_untouched)
        self.assertNotIn("Nothing waits", self.first_copy)

        spoilt = self.folder / "spoilt.bundle"
        content = bytearray(bundle.read_bytes())
        content[len(content) // 2] ^= 1
        spoilt.write_bytes(content)
        with self.assertRaises(Failure):
            collector.import_bundle(spoilt)
        self.assertEqual(self.counted(), self.by_network)

        for _ in range(2):  # whoever is not sure whether it was done does it again
            collector.import_bundle(bundle)
        self.assertEqual(self.counted(), self.by_network + self.by_stick)
        self.assertTrue(kiosk.status().startswith("some waiting"))

        kiosk.take_receipts(self.only_file(".receipts"))
        self.assertTrue(kiosk.status().startswith("all sent"))
        self.assertIn("Nothing waits", kiosk.copy_to(self.stick))

        collector.command("inspection", "end-fieldwork", self.inspection)
        self.assertIn("yet reported", self.reconciled())
        self.assertIn("copy once more", collector.import_bundle(bundle))  # the old one: for its receipts
        self.assertIn("Fieldwork has ended", kiosk.take_receipts(self.only_file(".receipts")))
        self.assertIn("Copied to", kiosk.copy_to(self.stick))
        self.assertIn("are here too", collector.import_bundle(bundle))
        reconciled = self.reconciled()
        self.assertNotIn("yet reported", reconciled)
        self.assertIn("agree", reconciled)

    def reconciled(self):
        return self.line.collector.command("inspection", "reconcile", self.inspection)

    def only_file(self, ending):
        found = [path for path in self.stick.iterdir() if path.name.endswith(ending)]
        self.assertEqual(len(found), 1, os.listdir(self.stick))
        return found[0]

    def counted(self):
        self.line.collector.unlock(self.inspection)
        return rows(self.line.folder / "collector" / "collector.sqlite", "SELECT count(*) FROM envelopes")[0][0]


if __name__ == "__main__":
    enter_own_temporary_folders()
    unittest.main()
