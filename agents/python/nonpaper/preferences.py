"""What packages are worth to a seat: the domain, its profile, and whether a peace holds.

Utilities are whole billionths here, as in the program: each term is rounded once, sums are exact.
"""
from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Optional

from nonpaper import real
from nonpaper.words import NO_OPTION, Issue, Package, Time

ONE = 10**9
MOST_EFFECT = 16
KNOTS = 1024
_KNOT_STEP = 2 * MOST_EFFECT * ONE // KNOTS


def exactly(number: float) -> int:
    """Billionths, half away from zero; for numbers up to a million."""
    scaled = number * 1e9
    return int(scaled - 0.5 if scaled < 0 else scaled + 0.5)


def bounded(number: float) -> int:
    """The same for numbers from outside: what is beyond a million counts as a million."""
    if not number > -1e6:
        return exactly(-1e6)
    return exactly(number if number < 1e6 else 1e6)


def as_real(utility: int) -> float:
    """Billionths as a real number."""
    return utility / 1e9


# --- the domain ---


@dataclass(frozen=True)
class Condition:
    """Holds when each named issue has one of the named options; false where a package is silent."""

    terms: tuple[tuple[int, int], ...]  #: (issue, set of options)

    def holds(self, package: Package) -> bool:
        """For that package."""
        for issue, options in self.terms:
            option = package[issue]
            if option == NO_OPTION or not options >> option & 1:
                return False
        return True


@dataclass(frozen=True)
class Domain:
    """Issues, their options, and the combinations that cannot be."""

    issue: tuple[Issue, ...]
    exclusion: tuple[Condition, ...]

    @property
    def status_quo(self) -> Package:
        """Silent on issues that have none."""
        return bytes(issue.status_quo for issue in self.issue)

    def contains(self, package: Package) -> bool:
        """Do the options that it names exist?"""
        return len(package) == len(self.issue) and all(
            option == NO_OPTION or option < issue.options
            for option, issue in zip(package, self.issue)
        )

    def excludes(self, package: Package) -> bool:
        """Is it infeasible?"""
        return any(condition.holds(package) for condition in self.exclusion)

    def raw_count(self) -> int:
        """How many complete packages, excluded ones and all."""
        count = 1
        for issue in self.issue:
            count *= issue.options
        return count


def complete(package: Package) -> bool:
    """Silent on nothing."""
    return NO_OPTION not in package


def fill(package: Package, base: Package) -> Package:
    """The package with the options of ``base`` where it is silent."""
    return bytes(b if o == NO_OPTION else o for o, b in zip(package, base))


def proper(package: object, issues: int) -> Package:
    """A package of exactly so many octets, from any sequence of options; silence may be left out."""
    octets = bytes(package)  # type: ignore[call-overload]
    if len(octets) > issues:
        if octets[issues:].strip(b"\xff"):
            raise ValueError(f"a package names {len(octets)} issues; there are {issues}")
        return bytes(octets[:issues])
    return bytes(octets + b"\xff" * (issues - len(octets)))


# --- the peace ---

_NODE = (
    -0.9602898564975363,
    -0.7966664774136267,
    -0.5255324099163290,
    -0.1834346424956498,
    0.1834346424956498,
    0.5255324099163290,
    0.7966664774136267,
    0.9602898564975363,
)
_NODE_WEIGHT = (
    0.1012285362903763,
    0.2223810344533745,
    0.3137066458778873,
    0.3626837833783620,
    0.3626837833783620,
    0.3137066458778873,
    0.2223810344533745,
    0.1012285362903763,
)


def _times(base: float, shape: float, discount: float, horizon: float) -> list[tuple[float, float]]:
    """The times that the rule looks at: what each counts, and the cumulated hazard by then at z = 0."""
    rate = -real.log(discount)
    end = counting = horizon
    if rate * end > 1:
        counting = 1 / rate
    if rate * end > 40.0:
        end = 40.0 / rate
    start = real.log(counting) - 30.0
    length = real.log(end) - start
    wanted = length * (shape if shape > 1 else 1) + 1
    panels = int(wanted) if wanted < 512 else 512
    half = length / panels / 2
    times = []
    for panel in range(panels):
        for node, weight in zip(_NODE, _NODE_WEIGHT):
            x = start + half * (2 * panel + 1 + node)
            t = real.exp(x)
            hazard = base * real.exp(shape * x)
            times.append((weight * t * real.exp(-rate * t), hazard if hazard < 1e300 else 1e300))
    return times


def _surviving(times: list[tuple[float, float]], multiple: float) -> float:
    total, exp = 0.0, real.exp
    for counts, hazard in times:
        total += counts * exp(-multiple * hazard)
    return total


@lru_cache(maxsize=16)
def _shares(base: float, shape: float, discount: float, horizon: float) -> tuple[float, ...]:
    """The share of its discounted time that a peace is expected to hold, at equal steps of z."""
    times = _times(base, shape, discount, horizon)
    everything, before, shares = _surviving(times, 0.0), 1.0, []
    for knot in range(KNOTS + 1):
        z = as_real(knot * _KNOT_STEP) - MOST_EFFECT
        before = min(before, _surviving(times, real.exp(z)) / everything)
        shares.append(before)
    return tuple(shares)


@dataclass(frozen=True)
class Durability:
    """Does the peace hold? See PROTOCOL.md."""

    base: float
    shape: float
    discount: float
    horizon: float
    effect: tuple[tuple[int, ...], ...]  #: per issue and option, on the log hazard, in billionths

    def effect_of(self, package: Package, world: int = 0) -> int:
        """z of a package, in billionths."""
        for effects, option in zip(self.effect, package):
            if option < len(effects):
                world += effects[option]
        return world

    def share(self, effect: int) -> float:
        """s(z), linear between knots."""
        shares = _shares(self.base, self.shape, self.discount, self.horizon)
        most = MOST_EFFECT * ONE
        place = min(max(effect, -most), most) + most
        knot, rest = divmod(place, _KNOT_STEP)
        if knot == KNOTS:
            return shares[KNOTS]
        above, below = shares[knot], shares[knot + 1]
        share = above + (below - above) * (float(rest) / float(_KNOT_STEP))
        return below if share < below else share


# --- the profile ---


@dataclass(frozen=True)
class RedLine:
    """A combination that the seat must not, or would rather not, accept."""

    when: Condition
    hard: bool
    penalty: int


@dataclass(frozen=True)
class Profile:
    """One seat's preferences, in billionths."""

    value: tuple[tuple[int, ...], ...]  #: per issue and option: weight times value
    weight: tuple[float, ...] = ()
    linkage: tuple[tuple[Condition, int], ...] = ()
    red_line: tuple[RedLine, ...] = ()
    reservation: int = 0
    discount: float = 1.0
    discount_every: Time = 1
    meanwhile: int = 0
    eroded: int = 0
    aftermath: int = 0
    hazard: int = 0
    durability: Optional[Durability] = field(default=None)

    def with_numbers(self, **numbers: int) -> "Profile":
        """The same with other numbers of its own."""
        return replace(self, **numbers)  # type: ignore[arg-type]

    def penalty(self, line: RedLine) -> int:
        """What crossing it takes off now."""
        if self.eroded <= 0:
            return line.penalty
        if self.eroded >= ONE:
            return 0
        whole, rest = divmod(line.penalty, ONE)
        kept = ONE - self.eroded
        return whole * kept + (rest * kept + ONE // 2) // ONE

    def weighted(self, utility: int, effect: int) -> int:
        """U from u, and z without what the world adds."""
        assert self.durability is not None
        share = self.durability.share(effect + self.hazard)
        return self.aftermath + exactly(share * as_real(utility - self.aftermath))

    def utility(self, domain: Domain, package: Package) -> int:
        """Of a package; where it is silent the status quo counts."""
        lived = fill(package, domain.status_quo)
        total = sum(values[o] for values, o in zip(self.value, lived) if o != NO_OPTION)
        for when, bonus in self.linkage:
            if when.holds(lived):
                total += bonus
        for line in self.red_line:
            if line.penalty != 0 and line.when.holds(lived):
                total -= self.penalty(line)
        if self.durability is None or not complete(package):
            return total
        return self.weighted(total, self.durability.effect_of(package))

    def value_at(self, domain: Domain, package: Package, at: Time) -> float:
        """Worth of a package if concluded at that moment."""
        utility = as_real(self.utility(domain, package))
        if self.discount >= 1:
            return utility
        factor = real.pow(self.discount, float(at) / float(self.discount_every))
        meanwhile = as_real(self.meanwhile)
        return meanwhile + factor * (utility - meanwhile)

    def crosses(self, package: Package) -> bool:
        """Does it cross a hard red line?"""
        return any(line.hard and line.when.holds(package) for line in self.red_line)


@dataclass(frozen=True)
class SeatType:
    """What a seat of several types may be, as everybody knows it."""

    id: str
    prior: float
    profile: Profile


@dataclass(frozen=True)
class Consent:
    """Whose yes is needed for what."""

    unanimous: bool
    all: int
    always: int
    needs: tuple[tuple[int, ...], ...]

    def needed(self, status_quo: Package, package: Package) -> int:
        """The set of seats; nobody when the package changes nothing."""
        needed, changes = 0, False
        for needs, option, present in zip(self.needs, package, status_quo):
            if option == NO_OPTION or option == present:
                continue
            changes = True
            needed |= needs[option]
        if not changes:
            return 0
        if self.unanimous:
            return self.all
        return needed | self.always if complete(package) else needed
