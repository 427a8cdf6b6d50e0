"""What the host does for a strategy: one seat's view of one run, and the search over what it can accept."""
from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from typing import Optional, Sequence

from nonpaper import real
from nonpaper.beliefs import Belief
from nonpaper.luck import Luck
from nonpaper.preferences import (
    Condition,
    Consent,
    Domain,
    Durability,
    Profile,
    SeatType,
    as_real,
    bounded,
    complete,
    fill,
    proper,
)
from nonpaper.inverse import InverseCache, InverseUtility
from nonpaper.words import (
    NO_OPTION,
    NO_SEAT,
    Aspect,
    EventKind,
    Issue,
    Lever,
    Observation,
    Package,
    Table,
    Time,
    Variable,
    has,
)

_MAX_EXCLUSIONS = 64


@dataclass(frozen=True)
class Seat:
    """A seat, as everybody sees it."""

    id: str
    name: str
    delay: Time
    types: int = 0


@dataclass(frozen=True)
class Mechanism:
    """The rules of the table, as far as an agent must know them."""

    name: str = ""
    turns: bool = False
    unanimous: bool = False
    menu_limit: int = 1
    rounds: bool = False
    mediated: bool = False
    closed_tables: bool = False


@dataclass(frozen=True)
class Terms:
    """What every seat may know."""

    name: str
    epoch: int
    deadline: Time
    lookahead: Time
    stall_window: Time
    stall_epsilon: int
    menu_limit: int
    mechanism: Mechanism
    seat: tuple[Seat, ...]
    domain: Domain
    consent: Consent
    mediator: int = NO_SEAT
    breaks_off: Time = 0
    unauthorised: int = 0
    audience_base: int = 0
    audience_step: int = 0
    table: tuple[Table, ...] = ()
    lever: tuple[Lever, ...] = ()
    variable: tuple[Variable, ...] = ()
    durability: Optional[Durability] = None


@dataclass(frozen=True)
class Brief:
    """What a seat is told when a run begins, and nothing of anybody else's."""

    run: int
    seat: int
    terms: Terms
    profile: Profile
    library: dict[int, tuple[SeatType, ...]] = field(default_factory=dict, hash=False)
    luck: tuple[int, int] = (0, 0)
    strategy: str = ""


class Host:
    """The table as everybody sees it, and one seat's own preferences, as of now.

    Nothing here fails on a well-formed package; one that names what does not exist raises ValueError.
    """

    def __init__(self, brief: Brief, cache: Optional[InverseCache] = None) -> None:
        terms = brief.terms
        self._brief, self._terms = brief, terms
        self._cache = cache if cache is not None else InverseCache()
        self._profile = brief.profile
        self._domain = terms.domain
        self._inverse: Optional[InverseUtility] = None
        self._status_quo = terms.domain.status_quo
        self._settled: set[int] = set()
        self._luck = Luck(*brief.luck)
        self._seen = [variable.start for variable in terms.variable]
        self._level = [lever.start for lever in terms.lever]
        self._ruled_out = [0] * len(terms.domain.issue)
        self._broken = [0] * len(terms.domain.issue)
        self._paid = [0] * len(terms.domain.issue)
        self._said = [0] * len(terms.domain.issue)
        self._beliefs = {
            seat: Belief(types, terms.domain)
            for seat, types in brief.library.items()
            if len(types) > 1 and terms.seat[seat].types > 1
        }
        #: My own seat's index.
        self.seat: int = brief.seat
        #: How many seats, and issues.
        self.seats: int = len(terms.seat)
        self.issues: int = len(terms.domain.issue)
        #: Moves only when it is the seat's turn.
        self.turns: bool = terms.mechanism.turns
        #: All move at once, unseen: each offers or accepts once a round.
        self.rounds: bool = terms.mechanism.rounds
        #: Packages that one offer may hold at this table.
        self.menu_limit: int = terms.menu_limit
        #: The talks end here.
        self.deadline: Time = terms.deadline
        #: From deciding to the table: my delivery and deliberation.
        self.delay: Time = terms.seat[brief.seat].delay
        #: The least delay at this table.
        self.lookahead: Time = terms.lookahead
        #: The issues and the seats' words.
        self.issue: tuple[Issue, ...] = terms.domain.issue
        self.seat_id: tuple[str, ...] = tuple(seat.id for seat in terms.seat)
        #: Single text: who drafts; NO_SEAT otherwise.
        self.mediator: int = terms.mediator if terms.mechanism.mediated else NO_SEAT
        #: The public table first; the levers and variables of the world.
        self.table: tuple[Table, ...] = terms.table or (
            Table("", "", (1 << len(terms.seat)) - 1, 0.0),
        )
        self.lever: tuple[Lever, ...] = terms.lever
        self.variable: tuple[Variable, ...] = terms.variable

    # --- preferences ---

    def _proper(self, package: Sequence[int]) -> Package:
        whole = proper(package, self.issues)
        if not self._domain.contains(whole):
            raise ValueError(f"there is no package {list(package)}: an option does not exist")
        return whole

    def utility(self, package: Sequence[int]) -> float:
        """Where it is silent the status quo counts; a complete one is weighted by the peace's survival."""
        return as_real(self._profile.utility(self._domain, self._proper(package)))

    def reservation(self) -> float:
        """The walk-away value."""
        return as_real(self._profile.reservation)

    def value_at(self, package: Sequence[int], at: Time) -> float:
        """Worth of a package if concluded then: utility times discount."""
        return self._profile.value_at(self._domain, self._proper(package), at)

    def acceptable(self, package: Sequence[int]) -> bool:
        """Feasible, changing something, and crossing no hard red line of mine."""
        try:
            lived = fill(self._proper(package), self._status_quo)
        except ValueError:
            return False
        return (
            lived != self._status_quo
            and not self._domain.excludes(lived)
            and not self._profile.crosses(lived)
        )

    def needed(self, package: Sequence[int]) -> int:
        """Whose yes the package needs: a set of seats."""
        return self._terms.consent.needed(self._status_quo, self._proper(package))

    def empty(self) -> Package:
        """The package that is silent on everything."""
        return bytes([NO_OPTION]) * self.issues

    # --- search ---

    def _search(self) -> InverseUtility:
        if self._inverse is None:
            self._inverse = self._cache.take(self._domain, self._profile)
        return self._inverse

    def best(self) -> Optional[Package]:
        """The acceptable package worth most; None when there is none."""
        return self._search().best()

    def at_least(self, target: float) -> Optional[Package]:
        """The package of least own utility that is still worth the target."""
        return self._search().at_least(bounded(target))

    def nearest(self, target: float, slack: float, reference: Sequence[int]) -> Optional[Package]:
        """Among packages worth target to target + slack, the one that shares most with the reference."""
        whole = proper(reference, self.issues)
        return self._search().nearest(bounded(target), bounded(slack), whole)

    def best_with(self, issue: int, option: int) -> Optional[Package]:
        """The best package in which the issue has that option."""
        return self._search().best_with(issue, option)

    def between(self, least: float, most: float, room: int = 2**32 - 1) -> list[Package]:
        """Acceptable packages worth least to most, from the best down: at most ``room`` of them.

        All of them where ``exact`` says yes; otherwise those that a walk down from the best one has found.
        """
        return self._search().between(bounded(least), bounded(most), room)

    def next_best(self, after: Optional[Sequence[int]] = None) -> Optional[Package]:
        """The acceptable package that comes next below ``after``; the best one when that is None."""
        if after is None:
            return self.best()
        return self._search().next_best(self._proper(after))

    def exact(self) -> bool:
        """Are the answers exact, or the best of a search bounded in nodes?"""
        return self._search().exact

    # --- luck, and arithmetic with the same bits on every machine ---

    def random_u32(self) -> int:
        """32 bits of my own random stream."""
        return self._luck.u32()

    def random_unit(self) -> float:
        """A number in [0, 1) of my own random stream."""
        return self._luck.unit()

    exp = staticmethod(real.exp)
    log = staticmethod(real.log)
    pow = staticmethod(real.pow)

    # --- the world outside ---

    def seen(self, variable: int) -> float:
        """As last told to me, its start before that; not a number for one that I do not see."""
        if not 0 <= variable < len(self.variable):
            return math.nan
        return self._seen[variable] if has(self.variable[variable].seen_by, self.seat) else math.nan

    def level(self, lever: int) -> float:
        """As last moved."""
        return self._level[lever] if 0 <= lever < len(self.lever) else math.nan

    def durability(self, package: Sequence[int]) -> float:
        """The share of its time that the peace is expected to hold; 1 without enforcement."""
        peace = self._terms.durability
        if peace is None:
            return 1.0
        return peace.share(peace.effect_of(self._proper(package), self._profile.hazard))

    def audience_cost(self, package: Sequence[int]) -> float:
        """Own utility that offering or accepting it at the public table would cost me, for commitments that it breaks.

        What was broken behind closed doors counts until it has come out and was paid for.
        """
        breaks = 0
        for ruled_out, paid, option in zip(self._ruled_out, self._paid, self._proper(package)):
            breaks += option != NO_OPTION and (ruled_out & ~paid) >> option & 1
        return as_real(breaks * self._tariff())

    def _tariff(self) -> int:
        sworn = sum(bin(ruled_out).count("1") for ruled_out in self._ruled_out)
        return self._terms.audience_base + sworn * self._terms.audience_step

    # --- the others ---

    def types(self, seat: int) -> int:
        """Of how many types a seat may be, at least 1."""
        return max(self._terms.seat[seat].types, 1) if 0 <= seat < self.seats else 1

    def belief(self, seat: int, type_: int) -> float:
        """How likely I hold it that the seat is of that type."""
        if not 0 <= type_ < self.types(seat):
            return 0.0
        held = self._beliefs.get(seat)
        return held.likely[type_] if held is not None else 1.0 / self.types(seat)

    def type_utility(self, seat: int, type_: int, package: Sequence[int]) -> float:
        """What a seat of that type would hold of it; not a number where its types are not public."""
        held = self._beliefs.get(seat)
        if held is None or not 0 <= type_ < len(held.types):
            return math.nan
        return as_real(held.types[type_].profile.utility(self._domain, self._proper(package)))

    # --- what comes to be known (called by the agent before the strategy is told) ---

    def _take(self, seen: Observation) -> None:
        if seen.kind == EventKind.ACCORD and seen.menu:
            self._settle(seen.menu[0])
        elif seen.kind == EventKind.STATUS_QUO:
            moved = bytearray(self.empty())
            moved[seen.issue] = seen.option
            self._settle(bytes(moved))
        elif seen.kind == EventKind.APPRAISAL:
            self._appraise(seen)
        elif seen.kind == EventKind.WORLD:
            self._seen[seen.subject] = seen.amount
        elif seen.kind == EventKind.LEVER:
            self._level[seen.subject] = seen.amount
        if seen.kind == EventKind.OFFER or (
            seen.kind == EventKind.LEAK and seen.refused == EventKind.OFFER
        ):
            if seen.seat != self.seat and seen.seat in self._beliefs:
                self._beliefs[seen.seat].update(seen.menu)
        self._note_words(seen)

    def _note_words(self, seen: Observation) -> None:
        """What I said is paid for when it comes out: at once, before anything else is told, or with what it
        concludes in. Until then it is as dear as before."""
        own = seen.seat == self.seat
        if seen.kind == EventKind.AUDIENCE_COST:
            if own:
                self._note_charge(bounded(seen.amount))
            return
        self._said = [0] * self.issues
        if own and seen.kind == EventKind.RULE_OUT:
            self._ruled_out[seen.issue] |= 1 << seen.option
        elif own and seen.kind in (EventKind.OFFER, EventKind.ACCEPTANCE):
            self._note_said(seen.menu)
        elif seen.kind in (EventKind.ACCORD, EventKind.SIGNATURE) and has(seen.seats, self.seat):
            for issue, option in enumerate(seen.menu[0] if seen.menu else ()):
                if option != NO_OPTION:
                    self._paid[issue] |= self._broken[issue] & 1 << option

    def _note_said(self, menu: Sequence[Package]) -> None:
        for package in menu:
            for issue, option in enumerate(package):
                if option != NO_OPTION:
                    self._said[issue] |= 1 << option
        for issue, said in enumerate(self._said):
            self._broken[issue] |= self._ruled_out[issue] & said

    def _note_charge(self, amount: int) -> None:
        """My latest words have come out, when they cost as much; or else a package is concluded, and told of next."""
        out = [said & broken for said, broken in zip(self._said, self._broken)]
        owed = sum(bin(o & ~paid).count("1") for o, paid in zip(out, self._paid))
        if amount == owed * self._tariff():
            self._paid = [paid | o for paid, o in zip(self._paid, out)]

    def _appraise(self, seen: Observation) -> None:
        if seen.word == Aspect.TYPE:
            if self.seat in self._beliefs:
                self._beliefs[self.seat].know(int(seen.amount + 0.5))
            return
        name = ("reservation", "aftermath", "eroded", "hazard")[seen.word]
        number = bounded(seen.amount)
        if getattr(self._profile, name) == number:
            return
        self._profile = self._profile.with_numbers(**{name: number})
        peace = name in ("aftermath", "hazard") and self._profile.durability is not None
        if peace or (name == "eroded" and self._profile.red_line):
            self._inverse = None

    def _settle(self, options: Package) -> None:
        """From here on the search offers nothing that reopens these issues."""
        exclusions, issues = list(self._domain.exclusion), list(self._domain.issue)
        if not self._domain.contains(options):
            return
        for number, option in enumerate(options):
            if option == NO_OPTION:
                continue
            place = None
            if number in self._settled:
                before = Condition(((number, 0xFFFFFFFF & ~(1 << issues[number].status_quo)),))
                places = [i for i, when in enumerate(exclusions) if when == before]
                place = places[-1] if places else None
            others = Condition(((number, 0xFFFFFFFF & ~(1 << option)),))
            if place is not None:
                exclusions[place] = others
            elif len(exclusions) < _MAX_EXCLUSIONS:
                exclusions.append(others)
            issues[number] = replace(issues[number], status_quo=option)
            self._settled.add(number)
        self._domain = Domain(tuple(issues), tuple(exclusions))
        self._status_quo = fill(options, self._status_quo)
        self._inverse = None


__all__ = ["Brief", "Host", "Mechanism", "Seat", "Terms", "complete"]
