"""Agents in Python as processes: whole runs with the program's own digests, and every way in which a conversation may
end. No process is left behind."""
import pathlib
import signal
import subprocess
import tempfile
import unittest

from broker import BOULWARE, PROGRAM, SOURCE, Broker, grant, pb, run, start, strategy_file, vectors_orders, wait_for

HELLO = str(SOURCE / "configs" / "01-hello.yaml")
RIYADH = str(SOURCE / "configs" / "riyadh-2025.yaml")
PIE = str(SOURCE / "configs" / "textbook" / "split-the-pie.yaml")


class OneDigest(unittest.TestCase):
    """boulware in Python makes the moves of boulware in C: the record does not know the difference."""

    def compare(self, scenario, seats, specification, *options):
        played = [word for seat in seats for word in ("--strategy", f"{seat}=boulware{specification}")]
        wanted, done = run(scenario, *options, *played)
        self.assertIsNotNone(wanted, done.stderr)
        played = [word for seat in seats for word in ("--strategy", f"{seat}={BOULWARE}{specification}")]
        got, done = run(scenario, *options, *played)
        self.assertEqual(got, wanted, done.stderr)
        return got

    def test_two_towns(self):
        one = self.compare(HELLO, ["upper", "lower"], "(e=0.5, every=3)", "--seed", "1")
        other = self.compare(HELLO, ["upper", "lower"], "(e=0.9, every=2)", "--seed", "1")
        self.assertNotEqual(one, other)

    def test_the_reference_scenario_with_its_world(self):
        self.compare(RIYADH, ["ukraine", "russia"], "(e=0.3)", "--seed", "3")

    def test_turns_over_a_pie(self):
        self.compare(PIE, ["ann", "bob"], "(e=0.4)", "--seed", "2")

    def test_a_space_too_large_to_rank(self):
        full = str(SOURCE / "configs" / "riyadh-2025-full.yaml")
        self.compare(full, ["russia"], "(e=0.2)", "--seed", "4")


class Endings(unittest.TestCase):
    def setUp(self):
        self.broker = Broker()
        self.folder = tempfile.TemporaryDirectory()
        self.agents = []

    def tearDown(self):
        for agent in self.agents:
            if agent.poll() is None:
                agent.kill()
            agent.communicate()
        self.broker.close()
        self.folder.cleanup()

    def start(self, program=BOULWARE, *options, **more):
        agent = start(program, self.broker.address, "a", *options, **more)
        self.agents.append(agent)
        return agent

    def ends(self, agent, code, *words):
        _, said = agent.communicate(timeout=30)
        self.assertEqual(agent.returncode, code, said)
        for word in words:
            self.assertIn(word, said)
        return said

    def seated(self, program=BOULWARE, *options):
        agent = self.start(program, *options)
        hello = self.broker.welcome()
        self.assertEqual((hello.lowest, hello.highest, hello.seat), (1, 2, "a"))
        return agent

    def opened(self, text):
        agent = self.seated(strategy_file(self.folder.name, text))
        frame = vectors_orders()
        self.run = frame.orders.open_run[0].run
        self.broker.say(frame)
        return agent

    # --- proper ones ---

    def test_goodbye(self):
        agent = self.seated()
        self.broker.say(pb.Frame(goodbye=pb.Goodbye()))
        self.ends(agent, 0)

    def test_it_waits_for_a_broker_that_comes_later_and_not_for_ever(self):
        agent = start(BOULWARE, f"ipc://{self.folder.name}/nobody", "a", "--patience", "0.3")
        self.agents.append(agent)
        self.ends(agent, 69, "nobody answers at")

    def test_the_broker_refuses(self):
        agent = self.start()
        self.broker.hear()
        self.broker.say(pb.Frame(refused=pb.Refused(why=pb.Refused.SEAT_TAKEN, text="taken")))
        self.ends(agent, 64, "the broker refused: taken")

    def test_versions_do_not_meet(self):
        agent = self.start()
        self.broker.hear()
        self.broker.say(pb.Frame(refused=pb.Refused(why=pb.Refused.VERSION, text="too old")))
        self.ends(agent, 76, "too old")

    def test_the_broker_dies(self):
        agent = self.seated()
        self.broker.socket.close(linger=200)
        self.ends(agent, 0)

    def test_the_broker_dies_while_the_strategy_does_not_come_back(self):
        agent = self.opened("""
import nonpaper
class Mine(nonpaper.Strategy):
    def act(self, host, now, reply):
        while True:
            pass
nonpaper.main(Mine)
""")
        self.broker.say(grant(self.run, 0))
        self.broker.socket.close(linger=200)
        self.ends(agent, 69, "does not come back")

    def test_control_c(self):
        agent = self.opened("""
import nonpaper
class Mine(nonpaper.Strategy):
    def act(self, host, now, reply):
        reply.wake(now + 5)
nonpaper.main(Mine)
""")
        self.broker.say(grant(self.run, 0))
        self.assertEqual(self.broker.hear().WhichOneof("said"), "answers")
        agent.send_signal(signal.SIGINT)
        self.ends(agent, 130)
        self.assertEqual(self.broker.hear().WhichOneof("said"), "goodbye")

    # --- a broker that breaks the rules ---

    def test_what_is_not_of_the_protocol_ends_the_agent_with_a_sentence(self):
        dossier_gone = pb.Frame()
        dossier_gone.orders.open_run.add(run=1, dossier=3)
        hello = pb.Frame(hello=pb.Hello(lowest=1, highest=2, seat="a"))
        strange = {
            b"\x22\x05hello": "does not parse",
            b"\xff" * 40: "does not say one thing",
            b"\x22\x00\x22\x00": "does not say one thing",
            dossier_gone.SerializeToString(): "unknown dossier",
            grant(9, 0).SerializeToString(): "not open",
            hello.SerializeToString(): "only an agent sends",
            b"\x22" + _length(200000) + b"\x1a\x00" * 100000: "too many messages",
        }
        for data, sentence in strange.items():
            with self.subTest(sentence):
                agent = self.seated()
                self.broker.say_bytes(data)
                self.ends(agent, 76, sentence)

    def test_a_message_of_many_parts_is_refused(self):
        agent = self.seated()
        self.broker.socket.send_multipart([self.broker.agent, b"", b"more"])
        self.ends(agent, 76, "many parts")

    # --- a strategy that fails ---

    def test_an_error_is_a_fault_that_names_the_line(self):
        agent = self.opened("""
import nonpaper
class Mine(nonpaper.Strategy):
    def act(self, host, now, reply):
        nothing = {}
        return nothing["here"]
nonpaper.main(Mine)
""")
        self.broker.say(grant(self.run, 0))
        fault = self.broker.hear().fault.text
        self.assertIn("KeyError: 'here' (mine.py, line 7)", fault)
        self.ends(agent, 3, "Traceback", "the strategy failed")

    def test_a_strategy_may_refuse_what_it_cannot_play(self):
        agent = self.opened("""
import nonpaper
class Mine(nonpaper.Strategy):
    def open(self, host, arguments):
        raise nonpaper.CannotPlay("there is no pie here")
nonpaper.main(Mine)
""")
        self.assertEqual(self.broker.hear().fault.text, "there is no pie here")
        self.ends(agent, 65, "there is no pie here")

    def test_parameters_are_checked(self):
        agent = self.start(BOULWARE, "--set", "e=7")
        self.ends(agent, 64, "e=7 is out of range: 0.01 to 1")
        other = self.start(BOULWARE, "--set", "pace=1")
        self.ends(other, 64, 'there is no parameter "pace"; there are: e, k, every, table')

    def test_it_describes_itself(self):
        said = subprocess.run([BOULWARE, "--describe"], capture_output=True, text=True, check=True).stdout
        self.assertIn("boulware: Holds out and concedes shortly before the deadline.", said)
        self.assertIn("0.01 to 1; default 0.2", said)

    # --- playing ---

    def test_closing_runs_and_unknown_fields_and_empty_frames(self):
        agent = self.opened("""
import sys
import nonpaper
class Mine(nonpaper.Strategy):
    def act(self, host, now, reply):
        reply.wake(now + 5)
    def close(self, host):
        print("closed", file=sys.stderr)
nonpaper.main(Mine)
""")
        self.broker.say_bytes(b"")
        frame = grant(self.run, 10)
        frame.orders.grant[0].occasion.add(at=20)
        frame.orders.close_run.append(999)
        unknown = frame.orders.SerializeToString() + b"\xa2\x06\x02hi"
        self.broker.say_bytes(b"\x22" + _length(len(unknown)) + unknown)
        answer = self.broker.hear().answers.answer[0]
        self.assertEqual(answer.run, self.run)
        self.assertEqual([(r.at, r.wake_at) for r in answer.reply], [(10, 15), (20, 25)])
        self.broker.say(pb.Frame(orders=pb.Orders(close_run=[self.run])))
        self.broker.say(pb.Frame(goodbye=pb.Goodbye()))
        said = self.ends(agent, 0)
        self.assertEqual(said.count("closed"), 1)

    def test_sets_of_words_have_one_order_in_every_process(self):
        seen = set()
        for _ in range(3):
            agent = self.opened("""
import sys
import nonpaper
class Mine(nonpaper.Strategy):
    deterministic = True
    def open(self, host, arguments):
        print("order", list({"ann", "bob", "cid", "dan", "eve"}), file=sys.stderr)
    def act(self, host, now, reply):
        pass
nonpaper.main(Mine)
""")
            self.broker.say(pb.Frame(goodbye=pb.Goodbye()))
            seen.add(self.ends(agent, 0, "order"))
        self.assertEqual(len(seen), 1)


def _length(number):
    octets = b""
    while number > 0x7F:
        octets += bytes([number & 0x7F | 0x80])
        number >>= 7
    return octets + bytes([number])


def running(path):
    """The processes that have that path among their words."""
    found = []
    for process in pathlib.Path("/proc").iterdir():
        try:
            if process.name.isdigit() and path.encode() in (process / "cmdline").read_bytes().split(b"\0"):
                found.append(process.name)
        except OSError:
            pass
    return found


class Processes(unittest.TestCase):
    def leaves_nobody(self, number):
        with tempfile.TemporaryDirectory() as folder:
            path = strategy_file(folder, pathlib.Path(BOULWARE).read_text())
            launcher = subprocess.Popen(
                [PROGRAM, "run", RIYADH, "--seed", "1", "-o", folder + "/r.db", "--strategy", f"ukraine={path}",
                 "--seat", "russia=foreign"],  # who never comes, so that the run is still under way
                stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            )
            self.assertTrue(wait_for(lambda: running(path)), "the program was never started")
            launcher.send_signal(number)
            launcher.wait(timeout=30)
            self.assertTrue(wait_for(lambda: not running(path)), "somebody is left")

    def test_nobody_is_left_when_the_launcher_is_asked_to_stop(self):
        self.leaves_nobody(signal.SIGTERM)

    def test_nobody_is_left_when_the_launcher_is_killed(self):
        self.leaves_nobody(signal.SIGKILL)


if __name__ == "__main__":
    unittest.main()
