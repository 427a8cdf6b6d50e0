"""The words of a negotiation: packages, offers, moves, and what a seat comes to know.

Time is whole seconds since the scenario's start. Seats, issues, options, tables, levers and variables are
indexes, in the order of the scenario. Utilities are real numbers, usually in [0, 1].

A *package* is ``bytes``: one octet per issue, the option's index, or ``NO_OPTION`` where it is silent.
"""
from __future__ import annotations

import enum
from dataclasses import dataclass, field
from typing import Optional, Sequence

Package = bytes
Time = int

MAX_SEATS = 16
MAX_ISSUES = 32
MAX_OPTIONS = 32
MAX_MENU = 4
MAX_MOVES = 8
MAX_TABLES = 4
MAX_VARIABLES = 64
MAX_LEVERS = 32
NO_OPTION = 255
NO_SEAT = 255
NO_LEVER = 255
NEVER: Time = 2**63 - 1
DAY: Time = 86400


class EventKind(enum.IntEnum):
    """What happens at the table."""

    OPENING = 1
    OFFER = 2
    ACCEPTANCE = 3
    REJECTION = 4
    WITHDRAWAL = 5
    RULE_OUT = 6
    WALK_OUT = 7
    PASS = 8
    REFUSAL = 9
    LAPSE = 10
    ACCORD = 11
    SIGNATURE = 12
    RATIFICATION = 13
    AGREEMENT = 14
    BREAKDOWN = 15
    FAULT = 16
    LEVER = 17
    STATEMENT = 18
    WORLD = 19
    SHOCK = 20
    APPRAISAL = 21
    LEAK = 22
    AUTHORITY = 23
    STATUS_QUO = 24
    AUDIENCE_COST = 25
    IMPLEMENTATION = 26
    PROBE = 27
    RENEWED_WAR = 28
    STEP = 29
    HORIZON = 30


class MoveKind(enum.IntEnum):
    """What a seat may do."""

    PASS = 0
    OFFER = 1
    ACCEPT = 2
    REJECT = 3
    WITHDRAW = 4
    RULE_OUT = 5
    WALK_OUT = 6
    LEVER = 7
    STATEMENT = 8


class Ruling(enum.IntEnum):
    """The referee's answer to a move; one that it refuses comes back as a REFUSAL with its ruling."""

    OK = 0
    MALFORMED = 1
    NOT_YOUR_TURN = 2
    INFEASIBLE = 3
    INCOMPLETE = 4
    STATUS_QUO = 5
    CROSSES_RED_LINE = 6
    NO_SUCH_OFFER = 7
    ALREADY_SAID = 8
    CONTRADICTS_ACCORD = 9
    TALKS_CLOSED = 10
    MENU_TOO_LARGE = 11
    NOT_A_MEMBER = 12
    NOT_YOUR_LEVER = 13
    OUT_OF_BOUNDS = 14
    NOT_YOUR_ROLE = 15


class Say(enum.IntEnum):
    """What a statement says. Statements bind nobody."""

    DEMAND = 1  #: we ask for that option of that issue
    SIGNAL = 2  #: we could live with it
    THREAT = 3  #: else we move that lever
    PROMISE = 4  #: then we move that lever
    DENY = 5  #: we deny that the other side may or can do what it says


class Aspect(enum.IntEnum):
    """Which of a seat's own numbers an appraisal changes."""

    RESERVATION = 0
    AFTERMATH = 1
    EROSION = 2
    HAZARD = 3
    TYPE = 4


@dataclass(frozen=True)
class Issue:
    """One issue of the domain, as every seat sees it."""

    id: str
    title: str
    option: tuple[str, ...]  #: the options' names
    status_quo: int  #: index of an option, or NO_OPTION when none is named
    separable: bool  #: may be settled on its own as a partial accord

    @property
    def options(self) -> int:
        """How many."""
        return len(self.option)


@dataclass(frozen=True)
class Table:
    """A table at which seats talk; number 0 is public."""

    id: str
    title: str
    members: int  #: a set of seats, a bit each
    leak: float  #: chance that one move there becomes known to everybody


@dataclass(frozen=True)
class Variable:
    """A quantity of the world outside the talks."""

    id: str
    title: str
    unit: str
    start: float
    seen_by: int  #: a set of seats, a bit each


@dataclass(frozen=True)
class Lever:
    """What one seat may do without anybody's consent."""

    id: str
    title: str
    seat: int  #: the actor
    start: float
    least: float
    most: float
    cost: float  #: own utility that one unit of change costs
    upkeep: float  #: own utility that one unit of level costs a year
    delay: Time  #: from the pull to its effects


@dataclass(frozen=True)
class Observation:
    """What a seat has come to know. What the kind does not use is zero (seat: NO_SEAT)."""

    kind: EventKind
    at: Time
    seat: int = NO_SEAT  #: who did it
    offer: int = 0  #: the offer's number
    menu: tuple[Package, ...] = ()  #: OFFER: the menu; ACCEPTANCE, ACCORD, SIGNATURE: the package
    package: int = 0  #: ACCEPTANCE, WITHDRAWAL: index into the offer's menu
    expires_at: Time = 0  #: OFFER: last moment it stands, or NEVER
    seats: int = 0  #: ACCEPTANCE: all who have now accepted; ACCORD, SIGNATURE: signatories
    ruling: Ruling = Ruling.OK  #: REFUSAL: why
    refused: int = 0  #: REFUSAL: MoveKind of the refused move; LEAK: EventKind of what leaked
    issue: int = 0  #: RULE_OUT, STATEMENT, STATUS_QUO
    option: int = 0  #: RULE_OUT, STATEMENT, STATUS_QUO
    table: int = 0  #: where it happened
    subject: int = 0  #: LEVER, STATEMENT: the lever; WORLD: the variable; SHOCK: its number
    word: int = 0  #: STATEMENT: Say; APPRAISAL: Aspect
    amount: float = 0.0  #: LEVER: level; WORLD: value; APPRAISAL: the new number; AUDIENCE_COST: the cost


@dataclass(frozen=True)
class Move:
    """One move of a reply. Made by the methods of Reply."""

    kind: MoveKind
    menu: tuple[Package, ...] = ()
    valid_for: Time = 0
    offer: int = 0
    package: int = 0
    issue: int = 0
    option: int = 0
    table: int = 0
    lever: int = 0
    statement: int = 0
    level: float = 0.0


def _within(what: str, number: int, least: int, most: int) -> int:
    if not least <= number <= most:
        raise ValueError(f"{what} must be from {least} to {most}, not {number}")
    return int(number)


def _octet(what: str, number: int) -> int:
    return _within(what, number, 0, 255)


@dataclass
class Reply:
    """The answer to one occasion: moves in order, at most eight, and when to be asked again."""

    at: Time
    moves: list[Move] = field(default_factory=list)
    wake_at: Time = NEVER

    @property
    def full(self) -> bool:
        """No move more fits in."""
        return len(self.moves) >= MAX_MOVES

    def _add(self, move: Move) -> None:
        if self.full:
            raise ValueError(f"a reply holds at most {MAX_MOVES} moves")
        self.moves.append(move)

    def offer(self, *menu: Sequence[int], table: int = 0, valid_for: Time = 0) -> None:
        """Tables one to four packages, which replaces the seat's previous offer.

        It stands for ``valid_for`` seconds once tabled; 0: until it is replaced.
        """
        _within("the number of packages", len(menu), 1, MAX_MENU)
        for package in menu:
            _within("the length of a package", len(package), 0, MAX_ISSUES)
        self._add(
            Move(
                MoveKind.OFFER,
                menu=tuple(bytes(package) for package in menu),
                valid_for=_within("valid_for", valid_for, 0, NEVER),
                table=_octet("table", table),
            )
        )

    def accept(self, offer: int, package: int = 0) -> None:
        """Accepts one package of a standing offer."""
        offer = _within("offer", offer, 0, 2**32 - 1)
        self._add(Move(MoveKind.ACCEPT, offer=offer, package=_octet("package", package)))

    def reject(self, offer: int) -> None:
        """Says no to an offer; the seat's acceptances of it end."""
        self._add(Move(MoveKind.REJECT, offer=_within("offer", offer, 0, 2**32 - 1)))

    def withdraw(self, offer: int, package: int = 0) -> None:
        """One's own offer: takes it back. Another's: takes back the acceptance of that package."""
        offer = _within("offer", offer, 0, 2**32 - 1)
        self._add(Move(MoveKind.WITHDRAW, offer=offer, package=_octet("package", package)))

    def rule_out(self, issue: int, option: int) -> None:
        """Says publicly that the option is out of the question."""
        self._add(
            Move(MoveKind.RULE_OUT, issue=_octet("issue", issue), option=_octet("option", option))
        )

    def walk_out(self) -> None:
        """Leaves: the talks break down."""
        self._add(Move(MoveKind.WALK_OUT))

    def pull(self, lever: int, level: float) -> None:
        """Moves a lever to that level; needs nobody's consent."""
        self._add(Move(MoveKind.LEVER, lever=_octet("lever", lever), level=float(level)))

    def say(
        self,
        statement: Say,
        *,
        issue: int = 0,
        option: int = NO_OPTION,
        lever: int = NO_LEVER,
        table: int = 0,
    ) -> None:
        """Says it to the table's members; binds nobody."""
        self._add(
            Move(
                MoveKind.STATEMENT,
                statement=_octet("statement", statement),
                issue=_octet("issue", issue),
                option=_octet("option", option),
                lever=_octet("lever", lever),
                table=_octet("table", table),
            )
        )

    def wake(self, at: Time) -> None:
        """Asks to be asked at that moment even if nothing happens; the earliest wish counts."""
        self.wake_at = min(self.wake_at, max(int(at), -(2**63)))


def has(seats: int, seat: int) -> bool:
    """Is the seat in the set?"""
    return seats >> seat & 1 != 0


def find(names: Sequence[str], name: str) -> Optional[int]:
    """The index of a name."""
    return names.index(name) if name in names else None
