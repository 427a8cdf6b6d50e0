"""The agent's process: connects to a broker, takes a seat, and plays a strategy in every run that it is given."""
from __future__ import annotations

import argparse
import os
import sys
import threading
import time
import traceback
from typing import Iterator, NoReturn, Optional, Sequence, Type

import zmq
from zmq.utils.monitor import recv_monitor_message

from nonpaper import nonpaper_pb2 as pb
from nonpaper import wire
from nonpaper.host import Brief, Host
from nonpaper.inverse import InverseCache
from nonpaper.strategy import Arguments, CannotPlay, Strategy, arguments_of, read_specification
from nonpaper.words import Reply

VERSION = "0.1.0"
EXIT_FAULT = 3  # the strategy raised
EXIT_USAGE = 64
EXIT_SCENARIO = 65  # the strategy cannot play this
EXIT_UNAVAILABLE = 69  # nobody is there
EXIT_PROTOCOL = 76
_FULL_REPLIES = 4096
_FULL_BYTES = 1 << 20
_GRACE_SECONDS = 3.0  # for a strategy that still thinks when its broker has gone
_MAX_RUNS = 1 << 17


class AgentError(Exception):
    """The conversation cannot go on: a sentence, and the exit code that goes with it."""

    def __init__(self, sentence: str, code: int, told: bool = False) -> None:
        super().__init__(sentence)
        self.code = code
        self.told = told  # the broker knows


class Peer:
    """Watches whether a broker is there, from a thread of its own, so that a strategy that does not come back leaves
    no process behind when its broker is gone. ZeroMQ's monitor belongs to that thread alone."""

    def __init__(self, socket: "zmq.Socket[bytes]") -> None:
        events = zmq.Event.HANDSHAKE_SUCCEEDED | zmq.Event.DISCONNECTED | zmq.Event.MONITOR_STOPPED
        self._socket = socket
        self._monitor = socket.get_monitor_socket(events)
        self.news, self._tell = os.pipe()
        self.lost = False
        self.seated = False  # from the Welcome on the end of the connection is the end of the conversation
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="peer", daemon=True)
        self._thread.start()

    def _watch(self) -> None:
        try:
            while self._heed(recv_monitor_message(self._monitor)["event"]):
                continue
        except (zmq.ZMQError, OSError):
            pass
        self._monitor.close(linger=0)

    def _heed(self, event: int) -> bool:
        if event == zmq.Event.MONITOR_STOPPED:
            return False
        there = event == zmq.Event.HANDSHAKE_SUCCEEDED
        self.lost = not there
        os.write(self._tell, b"+" if there else b"-")
        if self.lost and self.seated and not self._over.wait(_GRACE_SECONDS):
            print("nonpaper: the broker is gone, and the strategy does not come back", file=sys.stderr)
            os._exit(EXIT_UNAVAILABLE)
        return not (self.lost and self.seated)

    def hear(self) -> str:
        """What has happened since, in order."""
        return os.read(self.news, 64).decode()

    def close(self) -> None:
        """Ends the thread; the socket may be closed after that."""
        self._over.set()
        self._socket.monitor(None, 0)
        self._thread.join()


class Run:
    """One run: its host, and the strategy at work in it."""

    def __init__(self, host: Host, strategy: Strategy) -> None:
        self.host = host
        self.strategy = strategy


class Agent:
    """One seat, in any number of runs."""

    def __init__(self, strategy: Type[Strategy], given: dict[str, str], program: str) -> None:
        self._type = strategy
        self._given = given
        self._names = {strategy.name or program, program, os.path.basename(program)}
        self._dossiers: dict[int, tuple[wire.Terms, wire.Profile, dict[int, tuple[wire.SeatType, ...]]]] = {}
        self._runs: dict[int, Run] = {}
        self._cache = InverseCache()

    # --- orders ---

    def obey(self, orders: pb.Orders) -> Iterator[pb.Frame]:
        """Dossiers, then runs that begin, then grants, then runs that are over; yields frames of answers."""
        for dossier in orders.dossier:
            self._keep(dossier)
        for opened in orders.open_run:
            self._open(opened)
        frame, replies, size = pb.Frame(), 0, 0
        for grant in orders.grant:
            answer = self._answer(grant)
            replies += len(answer.reply)
            size += answer.ByteSize()
            frame.answers.answer.append(answer)
            if replies >= _FULL_REPLIES or size >= _FULL_BYTES:
                yield frame
                frame, replies, size = pb.Frame(), 0, 0
        if replies:
            yield frame
        for number in orders.close_run:
            self._close(number)

    def _keep(self, dossier: pb.Dossier) -> None:
        if dossier.number >= wire.MAX_DOSSIERS:
            raise wire.ProtocolError("a dossier's number is out of range")
        terms = wire.read_terms(dossier.terms)
        profile = wire.read_profile(dossier.profile, terms)
        self._dossiers[dossier.number] = (terms, profile, wire.read_library(dossier.type, terms))

    def _arguments(self, specification: str) -> Arguments:
        """Parameters of the specification count when it names this strategy; those of the command line first."""
        given: dict[str, str] = {}
        name = specification.partition("(")[0].strip().partition("#")[0]
        if name in self._names or os.path.basename(name) in self._names:
            given = read_specification(specification)[1]
        return arguments_of(self._type.parameters, {**given, **self._given})

    def _open(self, opened: pb.OpenRun) -> None:
        if opened.run in self._runs or len(self._runs) >= _MAX_RUNS:
            raise wire.ProtocolError("the broker opens a run twice, or too many")
        if opened.dossier not in self._dossiers:
            raise wire.ProtocolError("the broker names an unknown dossier")
        terms, profile, library = self._dossiers[opened.dossier]
        if opened.seat >= len(terms.seat):
            raise wire.ProtocolError("the broker gives a seat that does not exist")
        luck = (opened.luck_first, opened.luck_second)
        brief = Brief(
            opened.run, opened.seat, terms, profile, library, luck, opened.strategy[: wire.MAX_TEXT]
        )
        run = Run(Host(brief, self._cache), self._type())
        run.strategy.open(run.host, self._arguments(brief.strategy))
        self._runs[opened.run] = run

    def _answer(self, grant: pb.Grant) -> pb.Answer:
        run = self._runs.get(grant.run)
        if run is None:
            raise wire.ProtocolError("the broker grants a run that is not open")
        if not grant.occasion:
            raise wire.ProtocolError("a grant without an occasion")
        answer, host, before = pb.Answer(run=grant.run), run.host, None
        for occasion in grant.occasion:
            at = occasion.at
            if before is not None and at <= before:
                raise wire.ProtocolError("a grant's occasions are out of order")
            before = at
            for observation in occasion.observation:
                seen = wire.read_observation(observation, host._terms, host.seat)
                host._take(seen)
                run.strategy.observe(host, seen)
            reply = Reply(at)
            run.strategy.act(host, at, reply)
            wire.add_reply(answer, at, reply)
        return answer

    def _close(self, number: int) -> None:
        run = self._runs.pop(number, None)
        if run is not None:
            run.strategy.close(run.host)

    def close(self) -> None:
        """All runs that are open are over."""
        for number in list(self._runs):
            self._close(number)


class Conversation:
    """The agent's end of the channel."""

    def __init__(self, address: str, seat: str, deterministic: bool, name: str) -> None:
        self._context = zmq.Context()
        self._socket: "zmq.Socket[bytes]" = self._context.socket(zmq.DEALER)
        self._socket.setsockopt(zmq.LINGER, 1000)
        self._socket.setsockopt(zmq.RECONNECT_IVL, 5)
        self._socket.setsockopt(zmq.MAXMSGSIZE, wire.MAX_FRAME)
        self._socket.setsockopt(zmq.SNDTIMEO, 5000)
        self._peer = Peer(self._socket)
        self._poller = zmq.Poller()
        self._poller.register(self._socket, zmq.POLLIN)
        self._poller.register(self._peer.news, zmq.POLLIN)
        self._address = address
        self._hello = pb.Frame()
        self._hello.hello.lowest = wire.LOWEST_VERSION
        self._hello.hello.highest = wire.HIGHEST_VERSION
        self._hello.hello.seat = seat
        self._hello.hello.strategy = name
        self._hello.hello.deterministic = deterministic
        self._hello.hello.software = f"nonpaper for Python {VERSION}"

    def _next(self, timeout_ms: Optional[int]) -> Optional[bytes]:
        """A frame; None when the time is up or the peer came or went."""
        ready = dict(self._poller.poll(timeout_ms))
        if self._socket not in ready:
            return None
        parts = self._socket.recv_multipart()
        if len(parts) != 1:
            raise wire.ProtocolError("the broker sent a message of many parts")
        return parts[0]

    def send(self, frame: pb.Frame) -> None:
        """Sends one frame."""
        try:
            self._socket.send(frame.SerializeToString())
        except zmq.Again as error:
            raise AgentError("the broker takes no answers any more", EXIT_UNAVAILABLE) from error

    def greet(self, patience: float) -> None:
        """Says hello and waits for the welcome."""
        try:
            self._socket.connect(self._address)
        except zmq.ZMQError as error:
            raise AgentError(f"{self._address}: {error}", EXIT_UNAVAILABLE) from error
        self.send(self._hello)
        until, lost = time.monotonic() + patience, False
        while (left := until - time.monotonic()) > 0:
            data = self._next(int(left * 1000) + 1)
            if data is None and self._peer.news in dict(self._poller.poll(0)):
                for event in self._peer.hear():
                    if event == "+" and lost:
                        self.send(self._hello)  # the one who comes now has not heard it
                    lost = event == "-"
            if data and self._take_first(wire.read_frame(data)):
                self._peer.seated = True
                return
        raise AgentError(f"nobody answers at {self._address}", EXIT_UNAVAILABLE)

    @staticmethod
    def _take_first(frame: pb.Frame) -> bool:
        said = frame.WhichOneof("said")
        if said == "refused":
            old = frame.refused.why == pb.Refused.VERSION
            text = frame.refused.text[:512]
            raise AgentError(f"the broker refused: {text}", EXIT_PROTOCOL if old else EXIT_USAGE)
        known = wire.LOWEST_VERSION <= frame.welcome.version <= wire.HIGHEST_VERSION
        if said != "welcome" or not known:
            raise wire.ProtocolError("the broker answered a hello with something else")
        return True

    def frames(self) -> Iterator[pb.Orders]:
        """The orders, until the broker says goodbye or is gone. What came before that is still obeyed."""
        while True:
            gone = self._peer.lost
            data = self._next(0 if gone else None)
            if data is None:
                if gone:
                    return
                if self._peer.news in dict(self._poller.poll(0)):
                    self._peer.hear()
                continue
            frame = wire.read_frame(data)
            said = frame.WhichOneof("said")
            if said == "goodbye":
                return
            if said == "orders":
                yield frame.orders
            elif said not in (None, "welcome"):
                raise wire.ProtocolError("the broker sent what only an agent sends")

    def fault(self, sentence: str) -> None:
        """Tells the broker that this agent cannot go on, and why."""
        frame = pb.Frame()
        frame.fault.text = sentence.replace("\0", " ").encode()[:2048].decode(errors="ignore")
        self.send(frame)

    def close(self, goodbye: bool) -> None:
        """Says goodbye when that is still news, and ends."""
        try:
            if goodbye and not self._peer.lost:
                frame = pb.Frame()
                frame.goodbye.SetInParent()
                self.send(frame)
        except (AgentError, zmq.ZMQError):
            pass
        self._peer.close()
        self._socket.close(linger=0 if self._peer.lost else 1000)
        self._context.term()


def _where(error: BaseException) -> str:
    """The sentence of an error, with the last line of the strategy's own that led to it."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [f for f in frames if os.path.dirname(f.filename) != os.path.dirname(__file__)]
    place = f" ({os.path.basename(own[-1].filename)}, line {own[-1].lineno})" if own else ""
    return f"{type(error).__name__}: {error}{place}"


def play(agent: Agent, conversation: Conversation) -> None:
    """The whole conversation, from the hello to the end."""
    try:
        for orders in conversation.frames():
            for frame in agent.obey(orders):
                conversation.send(frame)
    except (wire.ProtocolError, AgentError):
        raise
    except CannotPlay as error:
        conversation.fault(str(error))
        raise AgentError(str(error), EXIT_SCENARIO, told=True) from error
    except Exception as error:
        traceback.print_exc()
        conversation.fault(_where(error))
        raise AgentError("the strategy failed: " + _where(error), EXIT_FAULT, told=True) from error


def _converse(agent: Agent, conversation: Conversation, patience: float) -> int:
    told = True
    try:
        conversation.greet(patience)
        told = False
        play(agent, conversation)
        told = True
        return 0
    except wire.ProtocolError as error:
        print(f"nonpaper: {error}", file=sys.stderr)
        return EXIT_PROTOCOL
    except AgentError as error:
        told = told or error.told
        print(f"nonpaper: {error}", file=sys.stderr)
        return error.code
    except KeyboardInterrupt:
        return 130
    finally:
        try:
            agent.close()
        finally:
            conversation.close(goodbye=not told)


def _same_order_of_words(strategy: Type[Strategy]) -> None:
    """Sets of words come in an order that varies from process to process, unless Python is told not to."""
    if strategy.deterministic and os.environ.get("PYTHONHASHSEED") != "0" and sys.orig_argv:
        os.environ["PYTHONHASHSEED"] = "0"
        os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])


def _parser(strategy: Type[Strategy]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=strategy.__doc__)
    parser.add_argument("--connect", metavar="ADDRESS", help="where the broker is: ipc:///…/broker")
    parser.add_argument("--seat", metavar="SEAT", help="the seat to play")
    parser.add_argument("--patience", metavar="SECONDS", type=float, default=20.0, help="wait so long for a broker")
    parser.add_argument(
        "--set", metavar="PARAMETER=VALUE", action="append", default=[], help="a parameter of the strategy"
    )
    parser.add_argument("--describe", action="store_true", help="say what its parameters are")
    return parser


def describe(strategy: Type[Strategy]) -> str:
    """Name, summary, source and parameters, for people."""
    summary = (strategy.__doc__ or "").strip().split("\n")[0]
    lines = [f"{strategy.name or strategy.__name__}: {summary}"]
    if strategy.source:
        lines.append(f"Source: {strategy.source}")
    for parameter in strategy.parameters:
        least, most = getattr(parameter, "least", None), getattr(parameter, "most", None)
        bounds = "a word" if least is None else f"{least:g} to {most:g}; default {parameter.initial:g}"
        lines.append(f"  {parameter.name:<12}{parameter.summary} ({bounds})")
    return "\n".join(lines)


def run(strategy: Type[Strategy], arguments: Optional[Sequence[str]] = None) -> int:
    """Plays; returns the exit code."""
    parser = _parser(strategy)
    options = parser.parse_args(arguments)
    if options.describe:
        print(describe(strategy))
        return 0
    if options.connect is None or options.seat is None:
        parser.print_usage(sys.stderr)
        print("nonpaper: an agent needs --connect ADDRESS and --seat SEAT", file=sys.stderr)
        return EXIT_USAGE
    given = dict(piece.partition("=")[::2] for piece in options.set)
    program = os.path.basename(sys.argv[0]) if sys.argv else ""
    try:
        arguments_of(strategy.parameters, given)
    except CannotPlay as error:
        print(f"nonpaper: {error}", file=sys.stderr)
        return EXIT_USAGE
    conversation = Conversation(
        options.connect, options.seat, strategy.deterministic, strategy.name or program
    )
    return _converse(Agent(strategy, given, program), conversation, options.patience)


def main(strategy: Type[Strategy]) -> NoReturn:
    """Plays the strategy as the command line says, and ends the process with its exit code.

    ``./mine.py --connect ADDRESS --seat SEAT [--set PARAMETER=VALUE]``
    """
    _same_order_of_words(strategy)
    sys.exit(run(strategy))
