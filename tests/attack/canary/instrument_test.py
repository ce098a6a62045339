"""The search of tests/attack/canary finds what is left on purpose: in every writing, in every kind of memory, on a disk from
which the file was deleted. Else that it finds nothing would say nothing."""

import os
import random
import resource
import signal
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import disk as disk_module  # noqa: E402
import memory  # noqa: E402
import needles as needles_module  # noqa: E402

import line  # noqa: E402

# A process that keeps what it reads from its standard input in one kind of memory. It forgets the rest.
KEEPS = {
    "heap": "kept = ctypes.create_string_buffer(data, len(data))",
    "anonymous": "kept = mmap.mmap(-1, 1 << 20); kept[5000:5000 + len(data)] = data",
    "shared": "kept = mmap.mmap(-1, 1 << 20, flags=mmap.MAP_SHARED); kept[5000:5000 + len(data)] = data",
    "given back to the heap": "kept = ctypes.CDLL(None); p = kept.malloc; p.restype = ctypes.c_void_p; m = p(9000); "
                              "ctypes.memmove(m + 4000, data, len(data)); kept.free(ctypes.c_void_p(m))",
    "a file without a name": "kept = os.memfd_create('draft'); os.write(kept, data)",
    "a deleted file": "kept = tempfile.TemporaryFile(); kept.write(data); kept.flush()",
    "a file that was mapped to itself alone": "f = tempfile.TemporaryFile(); f.truncate(1 << 20); kept = mmap.mmap("
                                              "f.fileno(), 0, access=mmap.ACCESS_COPY); kept[5000:5000 + len(data)] = data",
}
KEEPER = """
import ctypes, mmap, os, sys, tempfile
data = bytes.fromhex(sys.stdin.readline().strip())
{keep}
ctypes.memset(id(data) + bytes.__basicsize__ - 1, 0, len(data))
print("kept", flush=True)
sys.stdin.read()
"""
PAIRS = [("weather", "rainy")]


class Instrument(unittest.TestCase):
    def setUp(self):
        self.words = (needles_module.made_up_word(), needles_module.made_up_word())
        self.needles = needles_module.Needles(self.words, PAIRS)

    def keeper_of(self, data, keep=KEEPS["heap"]):
        process = subprocess.Popen([sys.executable, "-c", KEEPER.format(keep=keep)], stdin=subprocess.PIPE,
                                   stdout=subprocess.PIPE, text=True, cwd=tempfile.gettempdir())
        self.addCleanup(process.communicate)
        process.stdin.write(data.hex() + "\n")
        process.stdin.flush()
        self.assertEqual(process.stdout.readline(), "kept\n")
        return process

    def finds_in(self, process):
        with self.needles.search() as search:
            return memory.finds_in(process.pid, search)

    def test_finds_every_writing_in_the_memory_of_a_process(self):
        for word in self.words:
            for writing, data in needles_module.writings_of(word):
                with self.subTest(writing=writing):
                    process = self.keeper_of(b"before" + data + b"after")
                    self.assertIn(writing, {found for _, _, found in self.finds_in(process)})
                    process.communicate()

    def test_finds_it_in_every_kind_of_memory(self):
        for kind, keep in KEEPS.items():
            with self.subTest(kind=kind):
                self.assertIn("words", {what for _, what, _ in self.finds_in(self.keeper_of(self.words[1].encode(), keep))})

    def test_finds_an_answer_as_a_draft_has_it(self):
        found = self.finds_in(self.keeper_of(b'{"answers":{"weather":{"choice":"rainy"}}}'))
        self.assertEqual({what for _, what, _ in found}, {"answers"})

    def test_finds_the_four_words(self):
        self.needles.add_four_words(["sandal", "model", "necklace", "red"])
        self.assertTrue(self.finds_in(self.keeper_of(b'"words":["sandal","model","necklace","red"]')))
        self.assertFalse(self.finds_in(self.keeper_of(b'"words":["sandal","model","red","necklace"]')))

    def test_finds_a_row_of_pixels_and_a_stretch_of_sound(self):
        row, frames = os.urandom(3 * 400), os.urandom(2 * 4000)
        self.needles.add_pixels([row])
        self.needles.add_sound(frames)
        for what, data in (("pixels", needles_module.as_32_bits(row, 0xFF)), ("sound", frames)):
            with self.subTest(what=what):
                self.assertEqual({found for _, found, _ in self.finds_in(self.keeper_of(data))}, {what})

    def test_takes_no_blank_row_and_no_silence_for_a_find(self):
        self.needles.add_pixels([bytes([250, 250, 250]) * 400])
        self.needles.add_sound(bytes(8000))
        self.assertFalse({what for what, _, _ in self.needles.all} & {"pixels", "sound"})

    def test_finds_keys_in_a_queue_of_events(self):
        codes = bytes(random.sample(range(24, 60), 10))
        queue = b"".join(bytes(12) + bytes([code, 0, 0, 0]) + bytes(600) for code in codes for _ in range(2))
        process = self.keeper_of(queue)
        self.assertEqual({step for _, step in memory.keys_in(process.pid, codes)}, {2 * 616})
        self.assertFalse(memory.keys_in(process.pid, bytes(reversed(codes))))

    def test_is_silent_where_there_is_nothing(self):
        self.assertEqual(self.finds_in(self.keeper_of(b"nothing that was said")), set())


class OnADisk(unittest.TestCase):
    def setUp(self):
        self.held = tempfile.TemporaryDirectory(prefix="perspective-canary-")
        self.addCleanup(self.held.cleanup)
        self.folder = Path(self.held.name)
        self.word = needles_module.made_up_word()
        self.needles = needles_module.Needles((self.word,), PAIRS)

    def test_finds_a_file_and_one_that_was_deleted(self):
        disk = disk_module.Disk(self.folder / "disk.img", self.folder / "disk")
        self.addCleanup(disk.close)
        path = disk.folder / "leak.json"
        path.write_text(f"before {self.word} after")
        self.assertTrue(self.is_on(disk))
        path.unlink()
        if not disk.is_image:
            self.skipTest("this system lets nobody mount an image: only files can be searched")
        self.assertTrue(self.is_on(disk), "deleted, and the blocks are there")

    def is_on(self, disk):
        with self.needles.search() as search:
            return any(search.finds_in(content) for content in disk.blocks(is_written_back=True))

    def test_names_every_file_that_was_opened_for_writing(self):
        script = ("import os; p = r'%s/'; open(p + 'a', 'w'); os.unlink(p + 'a'); open(p + 'b', 'a'); os.rename(p + 'b', p + 'c');"
                  " os.open(p + 'd', os.O_RDWR | os.O_CREAT); open(p + 'c')" % self.folder)
        subprocess.run(list(map(str, disk_module.traced(self.folder)("it", [sys.executable, "-c", script]))), check=True)
        path = self.folder / "it.trace"
        self.assertEqual({Path(name).name for name in disk_module.written_by(path) if name.startswith(str(self.folder))},
                         {"a", "b", "c", "d"})

    def test_a_core_dump_would_be_found(self):
        hard = resource.getrlimit(resource.RLIMIT_CORE)[1]
        if not disk_module.writes_cores():
            self.skipTest("this system writes no core dumps into a program's folder")
        script = f"import os, resource; resource.setrlimit(resource.RLIMIT_CORE, ({hard}, {hard})); os.kill(os.getpid(), 11)"
        done = subprocess.run([sys.executable, "-c", f"word = '{self.word}'; {script}"], cwd=self.folder, check=False)
        self.assertEqual(done.returncode, -signal.SIGSEGV)
        cores = disk_module.cores_under(self.folder)
        with self.needles.search() as search:
            self.assertTrue(any(search.finds_in(core.read_bytes()) for core in cores), "no core dump where one is written")


if __name__ == "__main__":
    line.enter_own_temporary_folders()
    unittest.main(verbosity=2)
