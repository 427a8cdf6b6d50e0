"""The package as somebody meets it who writes a strategy: installed, from an empty folder, by the page; and what it says when it is
given nonsense."""
import os
import pathlib
import re
import subprocess
import tempfile
import unittest

import nonpaper
from broker import BINARY, PROGRAM, SOURCE
from nonpaper.strategy import arguments_of, read_specification


class FiveMinutes(unittest.TestCase):
    def test_the_page_is_followed_literally_from_an_empty_folder_with_the_installed_package(self):
        page = (SOURCE / "docs" / "strategies.md").read_text().split("## Five minutes in Python")[1]
        code = re.search(r"```python\n(.*?)```", page, re.S)[1]
        commands = re.search(r"```sh\n(.*?)```", page, re.S)[1].splitlines()
        with tempfile.TemporaryDirectory() as folder:
            prefix = folder + "/prefix"
            subprocess.run(["cmake", "--install", str(BINARY), "--component", "python", "--prefix", prefix],
                           check=True, capture_output=True)
            found = list(pathlib.Path(prefix).rglob("nonpaper/__init__.py"))
            self.assertEqual(len(found), 1)
            self.assertTrue((found[0].parent / "py.typed").exists())
            work = pathlib.Path(folder) / "work"
            work.mkdir()
            (work / "mine.py").write_text(code)  # not even executable
            path = f"{pathlib.Path(PROGRAM).parent}:/usr/bin:/bin"
            environment = {**os.environ, "PYTHONPATH": str(found[0].parent.parent), "PATH": path}
            said = ""
            for command in commands:
                done = subprocess.run(command, shell=True, cwd=work, env=environment, capture_output=True, text=True,
                                      timeout=120)
                self.assertEqual(done.returncode, 0, (command, done.stdout, done.stderr))
                said += done.stdout
            self.assertIn("it calls itself deterministic, and is", said)
            self.assertIn("0 to 1; default 0.7", said)

    def test_the_template_plays(self):
        with tempfile.TemporaryDirectory() as folder:
            template = str(SOURCE / "cli" / "templates" / "strategy.py")
            done = subprocess.run(
                [PROGRAM, "run", str(SOURCE / "configs" / "01-hello.yaml"), "--json", "-o", folder + "/r.db",
                 "--strategy", f"upper={template}(least=0.1)"],
                capture_output=True, text=True, timeout=120,
            )
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertIn('"verdict":"agreement"', done.stdout)


class Words(unittest.TestCase):
    def test_moves_that_no_frame_can_carry_raise_where_they_are_made(self):
        reply = nonpaper.Reply(0)
        for wrong in (
            lambda: reply.offer(),
            lambda: reply.offer(*[b"\0"] * 5),
            lambda: reply.offer([256]),
            lambda: reply.offer([0] * 33),
            lambda: reply.accept(-1),
            lambda: reply.accept(2**32),
            lambda: reply.rule_out(0, 256),
            lambda: reply.offer([0], valid_for=-1),
        ):
            with self.assertRaises(ValueError):
                wrong()
        self.assertEqual(reply.moves, [])

    def test_a_reply_holds_eight_moves(self):
        reply = nonpaper.Reply(0)
        for _ in range(8):
            reply.reject(1)
        with self.assertRaisesRegex(ValueError, "at most 8 moves"):
            reply.walk_out()

    def test_the_earliest_wish_to_be_woken_counts(self):
        reply = nonpaper.Reply(0)
        reply.wake(9)
        reply.wake(5)
        reply.wake(7)
        self.assertEqual(reply.wake_at, 5)

    def test_specifications_nest(self):
        name, given = read_specification("boa(bidding=boulware(e=0.2, k=0), opponent=none)")
        self.assertEqual((name, given), ("boa", {"bidding": "boulware(e=0.2, k=0)", "opponent": "none"}))
        self.assertEqual(read_specification("plain"), ("plain", {}))

    def test_wrong_parameters_are_refused_with_a_sentence(self):
        parameters = (nonpaper.Number("e", 1, 0, 2), nonpaper.Word("table"))
        for given, sentence in {
            "x(e=3)": "e=3 is out of range: 0 to 2",
            "x(e=nan)": "e must be a number from 0 to 2",
            "x(f=1)": 'there is no parameter "f"; there are: e, table',
            "x(e=1,e=1)": "given twice",
            "x(e)": "expected parameter=value",
            "x(e=1": r'does not end with a "\)"',
        }.items():
            with self.assertRaisesRegex(nonpaper.CannotPlay, sentence):
                arguments_of(parameters, read_specification(given)[1])
        self.assertEqual(arguments_of(parameters, {"e": "1.5"}).number("e"), 1.5)


if __name__ == "__main__":
    unittest.main()
