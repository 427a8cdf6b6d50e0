"""strategy test PROGRAM: who keeps to PROTOCOL.md is told so, and who does not is told where."""
import subprocess
import tempfile
import unittest

from broker import BOULWARE, PROGRAM, strategy_file

MINE = """
import random
import nonpaper
{more}
class Mine(nonpaper.Strategy):
    deterministic = {deterministic}
    def act(self, host, now, reply):
        reply.wake(now + {wait})
nonpaper.main(Mine)
"""


class Conformance(unittest.TestCase):
    def try_program(self, program, code, *words):
        done = subprocess.run([PROGRAM, "strategy", "test", program], capture_output=True, text=True, timeout=120)
        self.assertEqual(done.returncode, code, done.stdout + done.stderr)
        for word in words:
            self.assertIn(word, done.stdout)
        return done

    def mine(self, code, *words, deterministic=True, wait="9", more=""):
        with tempfile.TemporaryDirectory() as folder:
            text = MINE.format(deterministic=deterministic, wait=wait, more=more)
            self.try_program(strategy_file(folder, text), code, *words)

    def test_the_packages_own_example_with_parameters(self):
        self.try_program(BOULWARE + "(e=0.3, every=2)", 0, "it calls itself deterministic, and is")

    def test_who_calls_itself_deterministic_and_is_not_is_found(self):
        self.mine(1, "FAILED  it calls itself deterministic, and is", wait="random.randrange(1, 10**9)")

    def test_what_depends_on_other_runs_of_the_process_is_found(self):
        self.mine(1, "answered differently", wait="len(seen.append(0) or seen)", more="seen = []")

    def test_who_does_not_claim_it_need_not_be(self):
        self.mine(0, "rightly", wait="random.randrange(1, 10**9)", deterministic=False)

    def test_who_might_claim_it_is_told(self):
        self.mine(0, "it might call itself deterministic", deterministic=False)

    def test_a_reply_at_another_time_is_found(self):
        more = "from nonpaper import wire\nold = wire.add_reply\nwire.add_reply = lambda a, at, r: old(a, at + 1, r)"
        self.mine(1, "a reply is not at its occasion's time", more=more)

    def test_a_missing_reply_is_found(self):
        more = "from nonpaper import wire\nold = wire.add_reply\nwire.add_reply = lambda a, at, r: a.reply or old(a, at, r)"
        self.mine(1, "1 replies to 2 occasions", more=more)

    def test_a_strategy_that_fails_is_quoted(self):
        self.mine(1, "it says that it cannot go on: ZeroDivisionError", wait="1 // 0")

    def test_a_program_that_is_not_there(self):
        self.try_program("./nowhere.py", 66)


if __name__ == "__main__":
    unittest.main()
