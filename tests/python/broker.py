"""A broker in a test's hands, and what tests of processes share."""
import os
import pathlib
import re
import signal
import subprocess
import sys
import tempfile
import time

import zmq

from nonpaper import nonpaper_pb2 as pb

SOURCE = pathlib.Path(os.environ["NONPAPER_SOURCE_DIR"])
BINARY = pathlib.Path(os.environ["NONPAPER_BINARY_DIR"])
PROGRAM = str(BINARY / "nonpaper")
BOULWARE = str(SOURCE / "agents" / "python" / "examples" / "boulware.py")
PATIENCE_MS = 10000


def vectors_orders():
    """Orders as the program writes them: the dossier and the run of the first generated case."""
    program = str(BINARY / "python-tests" / "vectors")
    said = subprocess.run([program, "1"], check=True, capture_output=True, text=True).stdout
    frame = pb.Frame()
    frame.ParseFromString(bytes.fromhex(re.search(r'"open": "([0-9a-f]+)"', said)[1]))
    return frame


class Broker:
    """Binds a ROUTER; hears one agent, and says what the test wants it to say."""

    def __init__(self):
        self.directory = tempfile.TemporaryDirectory()
        self.address = f"ipc://{self.directory.name}/broker"
        self.context = zmq.Context()
        self.socket = self.context.socket(zmq.ROUTER)
        self.socket.setsockopt(zmq.LINGER, 200)
        self.socket.setsockopt(zmq.RCVTIMEO, PATIENCE_MS)
        self.socket.bind(self.address)
        self.agent = None

    def hear(self):
        self.agent, data = self.socket.recv_multipart()
        frame = pb.Frame()
        frame.ParseFromString(data)
        return frame

    def say_bytes(self, data):
        self.socket.send_multipart([self.agent, data])

    def say(self, frame):
        self.say_bytes(frame.SerializeToString())

    def welcome(self, version=2):
        hello = self.hear()
        while hello.WhichOneof("said") != "hello":  # what an earlier agent said last
            hello = self.hear()
        self.say(pb.Frame(welcome=pb.Welcome(version=version)))
        return hello.hello

    def close(self):
        self.socket.close()
        self.context.term()
        self.directory.cleanup()


def grant(run, at, *observations):
    frame = pb.Frame()
    occasion = frame.orders.grant.add(run=run).occasion.add(at=at)
    occasion.observation.extend(observations)
    return frame


def start(program, address, seat, *options, **more):
    """An agent's process; a program may be several words."""
    words = program if isinstance(program, tuple) else (program,)
    return subprocess.Popen(
        [*words, "--connect", address, "--seat", seat, *options],
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **more,
    )


def strategy_file(directory, text):
    """A program that holds that strategy."""
    path = pathlib.Path(directory) / "mine.py"
    path.write_text("#!/usr/bin/python3\n" + text)
    path.chmod(0o755)
    return str(path)


def digest_of(said):
    found = re.search(r'"digest":"([0-9a-f]{64})"', said)
    return found and found[1]


def run(scenario, *options):
    """A run to its end: the digest."""
    with tempfile.TemporaryDirectory() as directory:
        done = subprocess.run(
            [PROGRAM, "run", scenario, "--json", "-o", directory + "/r.db", *options],
            capture_output=True, text=True, timeout=120,
        )
    return digest_of(done.stdout), done


def wait_for(condition, seconds=20.0):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if condition():
            return True
        time.sleep(0.02)
    return False


__all__ = ["BINARY", "BOULWARE", "Broker", "PROGRAM", "SOURCE", "digest_of", "grant", "pb", "run",
           "signal", "start", "strategy_file", "sys", "vectors_orders", "wait_for"]
