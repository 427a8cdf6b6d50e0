"""The strategy contract in Python: derive from Strategy, and give your class to ``nonpaper.main``."""
from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Mapping, Optional, Sequence, Union

from nonpaper.host import Host
from nonpaper.words import Observation, Reply, Time


class CannotPlay(Exception):
    """Raised in ``open`` when the arguments make no sense for this domain: a sentence for people."""


@dataclass(frozen=True)
class Number:
    """A parameter that is a number."""

    name: str
    initial: float
    least: float
    most: float
    summary: str = ""

    def read(self, text: str) -> float:
        """The number that the text says, when it is within bounds."""
        try:
            number = float(text)
        except ValueError:
            number = float("nan")
        if number != number:
            raise CannotPlay(
                f'{self.name} must be a number from {self.least:g} to {self.most:g}, not "{text}"'
            )
        if not self.least <= number <= self.most:
            raise CannotPlay(f"{self.name}={text} is out of range: {self.least:g} to {self.most:g}")
        return number


@dataclass(frozen=True)
class Word:
    """A parameter that is a word, such as an option's name."""

    name: str
    initial: str = ""
    summary: str = ""

    def read(self, text: str) -> str:
        """The word itself."""
        return text


Parameter = Union[Number, Word]


class Arguments:
    """The parameters' values."""

    def __init__(self, values: Mapping[str, Union[float, str]]) -> None:
        self._values = dict(values)

    def number(self, name: str) -> float:
        """The value of a Number."""
        value = self._values[name]
        assert not isinstance(value, str), f"{name} is a word"
        return value

    def word(self, name: str) -> str:
        """The value of a Word."""
        value = self._values[name]
        assert isinstance(value, str), f"{name} is a number"
        return value


class Strategy:
    """One seat's way of negotiating; one object for each run.

    It is asked at *occasions*: moments at which its seat has come to know something, has its turn, or asked to be
    woken. ``observe`` is called for each thing that it came to know, in order, then ``act`` once.

    Deterministic strategies set ``deterministic = True``: same observations and same random stream, same answers. They
    use the host's ``random_*`` and ``exp``, ``log``, ``pow``, never Python's ``random`` or ``math``, no clock, and
    keep nothing outside ``self``: what runs share would depend on how the broker mixes them.
    """

    name: ClassVar[str] = ""  #: its word in specifications; empty: the program file's name
    source: ClassVar[Optional[str]] = None  #: paper, equation
    parameters: ClassVar[Sequence[Parameter]] = ()
    deterministic: ClassVar[bool] = False

    def open(self, host: Host, arguments: Arguments) -> None:
        """A run begins. Raise CannotPlay when the arguments make no sense for this domain."""

    def observe(self, host: Host, seen: Observation) -> None:
        """One thing that the seat has come to know."""

    def act(self, host: Host, now: Time, reply: Reply) -> None:
        """The seat may move: fill the reply. It comes with no moves and no wake-up."""
        raise NotImplementedError(f"{type(self).__name__} has no act")

    def close(self, host: Host) -> None:
        """The run is over."""


def _split(text: str) -> list[str]:
    """At commas that stand outside parentheses."""
    parts, depth, part = [], 0, ""
    for letter in text:
        depth += (letter == "(") - (letter == ")")
        if depth < 0:
            raise CannotPlay(f'a ")" too many in "{text}"')
        if letter == "," and depth == 0:
            parts.append(part)
            part = ""
        else:
            part += letter
    if depth:
        raise CannotPlay(f'a "(" is never closed in "{text}"')
    return [piece.strip() for piece in [*parts, part] if piece.strip()]


def read_specification(spec: str) -> tuple[str, dict[str, str]]:
    """``name(parameter=value, …)`` as its name and what is given."""
    name, bracket, rest = spec.strip().partition("(")
    given: dict[str, str] = {}
    if bracket:
        if not rest.endswith(")"):
            raise CannotPlay(f'"{spec}" does not end with a ")"')
        for piece in _split(rest[:-1]):
            key, equals, value = piece.partition("=")
            if not equals:
                raise CannotPlay(f'expected parameter=value, not "{piece}"')
            if key.strip() in given:
                raise CannotPlay(f'parameter "{key.strip()}" is given twice')
            given[key.strip()] = value.strip()
    return name.strip(), given


def arguments_of(parameters: Sequence[Parameter], given: Mapping[str, str]) -> Arguments:
    """Initial values, and what is given instead; CannotPlay with a sentence for what does not fit."""
    known = {parameter.name: parameter for parameter in parameters}
    for name in given:
        if name not in known:
            some = ", ".join(known) or "it takes none"
            raise CannotPlay(f'there is no parameter "{name}"; there are: {some}')
    values: dict[str, Union[float, str]] = {}
    for name, parameter in known.items():
        values[name] = parameter.read(given[name]) if name in given else parameter.initial
    return Arguments(values)
