"""Search among the packages that one seat can accept: exact where the space is small enough to be ranked, and
otherwise bounded in nodes, with the same answers as the program's (core/negotiation/inverse_utility.h)."""
from __future__ import annotations

from bisect import bisect_left
from collections import OrderedDict
from dataclasses import dataclass
from typing import Optional, Sequence

from nonpaper.preferences import ONE, Condition, Domain, Durability, Profile, as_real, complete, exactly
from nonpaper.words import NO_OPTION, Package

MAX_RANKED = 1 << 17
NODE_BUDGET = 20000
_LEAST = -(2**63)
_MOST = 2**63 - 1


class Space:
    """Packages as a search walks them, issue by issue: conditions are bits of one whole number."""

    def __init__(self, domain: Domain, profile: Profile, order: Sequence[int]) -> None:
        self.domain = domain
        self.profile = profile
        self.order = tuple(order)
        self.issues = len(domain.issue)
        self.status_quo = domain.status_quo
        self.value = [list(row) for row in profile.value]
        self.never = [0] * self.issues
        self.hard = self.bonuses = self.maluses = self.reds = 0
        self.worth_of: dict[int, int] = {}  # bit -> what meeting it adds
        self.all = 0
        self._next_bit = 1
        depth_of = {issue: depth for depth, issue in enumerate(self.order)}
        self.fits = [[-1] * issue.options for issue in domain.issue]
        self.closes = [0] * self.issues
        self.forbidden = 0
        for when in domain.exclusion:
            if len(when.terms) == 1:
                self._forbid(when)
            else:
                self.forbidden |= self._enter(when, depth_of)
        for when, bonus in profile.linkage:
            if len(when.terms) == 1:
                self._add_worth(when, bonus)
                continue
            bit = self._enter(when, depth_of)
            self.worth_of[bit] = bonus
            if bonus > 0:
                self.bonuses |= bit
            else:
                self.maluses |= bit
        for line in profile.red_line:
            penalty = profile.penalty(line)
            if len(line.when.terms) == 1:
                if line.hard:
                    self._forbid(line.when)
                self._add_worth(line.when, -penalty)
                continue
            bit = self._enter(line.when, depth_of)
            self.worth_of[bit] = -penalty
            self.reds |= bit
            if line.hard:
                self.hard |= bit
        self.forbidden |= self.hard
        self.soft = self.reds & ~self.hard
        durability = profile.durability
        self.effect: Optional[tuple[tuple[int, ...], ...]] = durability.effect if durability else None
        self._sums: dict[int, int] = {0: 0}

    def _forbid(self, when: Condition) -> None:
        issue, options = when.terms[0]
        self.never[issue] |= options

    def _add_worth(self, when: Condition, worth: int) -> None:
        issue, options = when.terms[0]
        for option in range(len(self.value[issue])):
            if options >> option & 1:
                self.value[issue][option] += worth

    def _enter(self, when: Condition, depth_of: dict[int, int]) -> int:
        bit, self._next_bit = self._next_bit, self._next_bit << 1
        last = 0
        for issue, options in when.terms:
            last = max(last, depth_of[issue])
            for option in range(len(self.fits[issue])):
                if not options >> option & 1:
                    self.fits[issue][option] &= ~bit
        self.closes[last] |= bit
        self.all |= bit
        return bit

    def sum_of(self, bits: int) -> int:
        """What meeting these conditions adds up to."""
        total = self._sums.get(bits)
        if total is None:
            total, rest = 0, bits
            while rest:
                bit = rest & -rest
                total += self.worth_of.get(bit, 0)
                rest ^= bit
            if len(self._sums) < 65536:
                self._sums[bits] = total
        return total

    def decide(
        self, depth: int, option: int, total: int, effect: int, alive: int
    ) -> Optional[tuple[int, int, int]]:
        """Decides the issue at that depth; None when that completes something forbidden."""
        issue = self.order[depth]
        if self.never[issue] >> option & 1:
            return None
        alive &= self.fits[issue][option]
        met = alive & self.closes[depth]
        total += self.value[issue][option]
        if met:
            if met & self.forbidden:
                return None
            total += self.sum_of(met)
            alive &= ~met
        if self.effect is not None:
            effect += self.effect[issue][option]
        return total, effect, alive

    def worth(self, total: int, effect: int) -> int:
        """What a package with that sum and effect is worth."""
        return total if self.effect is None else self.profile.weighted(total, effect)

    def pending_gain(self, alive: int) -> int:
        """What the conditions that are still open can add at most."""
        return self.sum_of(alive & self.bonuses)

    def pending_loss(self, alive: int) -> int:
        """And take."""
        return -self.sum_of(alive & self.soft) - self.sum_of(alive & self.maluses)


# --- small spaces: ranked once ---


class Ranking:
    """All acceptable packages by utility, ties in the order of their options."""

    def __init__(self, space: Space) -> None:
        self._options = [issue.options for issue in space.domain.issue]
        found: list[tuple[int, Package]] = []
        self._walk(space, found)
        status_quo = space.status_quo
        if complete(status_quo):
            found = [entry for entry in found if entry[1] != status_quo]
        found.sort(key=lambda entry: entry[0])  # stable: ties stay in the packages' order
        self.worths = [worth for worth, _ in found]
        self.packages = [package for _, package in found]
        self._best_with: dict[tuple[int, int], Optional[Package]] = {}

    @staticmethod
    def _walk(space: Space, found: list[tuple[int, Package]]) -> None:
        last = space.issues - 1
        shares: dict[int, float] = {}
        durability, profile = space.profile.durability, space.profile

        def worth_of(total: int, effect: int) -> int:
            if durability is None:
                return total
            share = shares.get(effect)
            if share is None:
                share = shares[effect] = durability.share(effect + profile.hazard)
            return profile.aftermath + exactly(share * as_real(total - profile.aftermath))

        def walk(depth: int, trail: bytes, total: int, effect: int, alive: int) -> None:
            for option in range(space.domain.issue[depth].options):
                next_ = space.decide(depth, option, total, effect, alive)
                if next_ is None:
                    continue
                package = trail + bytes((option,))
                if depth == last:
                    found.append((worth_of(next_[0], next_[1]), package))
                else:
                    walk(depth + 1, package, *next_)

        walk(0, b"", 0, 0, space.all)

    def best(self) -> Optional[Package]:
        """The first of those worth most."""
        return self.at_least(self.worths[-1]) if self.worths else None

    def at_least(self, target: int) -> Optional[Package]:
        """The package of least utility that is still worth the target."""
        place = bisect_left(self.worths, target)
        return self.packages[place] if place < len(self.packages) else None

    def nearest(self, target: int, ceiling: int, reference: Package) -> Optional[Package]:
        """Shares most options with the reference; ties go to the higher utility."""
        compared = [i for i, n in enumerate(self._options) if reference[i] < n]
        chosen, least, chosen_worth = None, len(self._options) + 1, 0
        for place in range(bisect_left(self.worths, target), len(self.worths)):
            worth = self.worths[place]
            if worth > ceiling:
                break
            package = self.packages[place]
            apart = 0
            for i in compared:
                if package[i] != reference[i]:
                    apart += 1
            if apart > least or (apart == least and worth == chosen_worth):
                continue
            chosen, least, chosen_worth = package, apart, worth
        return chosen

    def best_with(self, issue: int, option: int) -> Optional[Package]:
        """The first of those worth most that have that option."""
        if (issue, option) not in self._best_with:
            self._best_with[issue, option] = self._find_best_with(issue, option)
        return self._best_with[issue, option]

    def _find_best_with(self, issue: int, option: int) -> Optional[Package]:
        best, worth = None, 0
        for place in range(len(self.packages) - 1, -1, -1):
            if best is not None and self.worths[place] != worth:
                break
            if self.packages[place][issue] == option:
                best, worth = self.packages[place], self.worths[place]
        return best

    def _bounds(self, worth: int) -> tuple[int, int]:
        return bisect_left(self.worths, worth), bisect_left(self.worths, worth + 1)

    def between(self, least: int, most: int, room: int) -> list[Package]:
        """From the best down, ties in the order of their options."""
        out: list[Package] = []
        end = bisect_left(self.worths, most + 1)
        floor = bisect_left(self.worths, least)
        while end > floor and len(out) < room:
            start = max(bisect_left(self.worths, self.worths[end - 1]), floor)
            out.extend(self.packages[start:end])
            end = start
        return out[:room]

    def next_best(self, worth: int, package: Package) -> Optional[Package]:
        """The package that comes next below one of that worth."""
        start, end = self._bounds(worth)
        place = start
        while place < end and self.packages[place] <= package:
            place += 1
        if place < end:
            return self.packages[place]
        return self.packages[self._bounds(self.worths[start - 1])[0]] if start > 0 else None


# --- large spaces: searched within a budget of nodes ---


@dataclass
class Wanted:
    """What is looked for."""

    floor: int = _LEAST
    ceiling: int = _MOST
    lowest: bool = False
    budget: int = NODE_BUDGET
    issue: int = -1
    option: int = 0
    reference: Optional[Package] = None


@dataclass(frozen=True)
class _Leaning:
    """What a unit of worth and a unit of effect come to, nearly: it says only what to try first."""

    durability: Optional[Durability]
    worth: float
    effect: float

    def score(self, value: Sequence[int], issue: int) -> list[int]:
        """What having each option comes to, nearly."""
        if self.durability is None:
            return list(value)
        effects = self.durability.effect[issue]
        return [
            exactly(self.worth * as_real(v) + self.effect * as_real(e)) for v, e in zip(value, effects)
        ]


def _halved(total: int) -> int:
    return -(-total // 2) if total < 0 else total // 2


def _leaning_of(profile: Profile) -> _Leaning:
    durability = profile.durability
    if durability is None:
        return _Leaning(None, 1.0, 0.0)
    total, middle = 0, profile.hazard
    for values, effects in zip(profile.value, durability.effect):
        total += max(values)
        middle += _halved(min(effects) + max(effects))
    slope = durability.share(middle + ONE // 2) - durability.share(middle - ONE // 2)
    return _Leaning(durability, durability.share(middle), slope * as_real(total - profile.aftermath))


def _search_order(profile: Profile) -> list[int]:
    """The issues from the widest to the narrowest."""
    leaning = _leaning_of(profile)
    spread = []
    for issue, values in enumerate(profile.value):
        score = leaning.score(values, issue)
        spread.append(max(score) - min(score))
    return sorted(range(len(spread)), key=lambda issue: -spread[issue])


class _Search:
    """Depth first, branch and bound."""

    def __init__(self, space: Space, wanted: Wanted) -> None:
        self.space, self.wanted = space, wanted
        self.floor, self.ceiling = wanted.floor, wanted.ceiling
        self.left = 0
        self.cut = False
        self.best: Optional[Package] = None
        self.best_worth = 0
        self.trail = bytearray(b"\xff" * space.issues)
        issues = space.issues
        leaning = _leaning_of(space.profile)
        self.options: list[list[int]] = [[] for _ in range(issues)]
        self.changes_most = issues if wanted.reference is not None else 0
        zeros = [0] * (self.changes_most + 1)
        self.high, self.low = [zeros] * (issues + 1), [zeros] * (issues + 1)
        self.effect_high, self.effect_low = [zeros] * (issues + 1), [zeros] * (issues + 1)
        self.possible = True
        for depth in range(issues - 1, -1, -1):
            issue = space.order[depth]
            self._list_options(leaning, depth, issue)
            if not self.options[depth]:
                self.possible = False
                return
            self.high[depth], self.low[depth] = self._extend(
                self.high[depth + 1], self.low[depth + 1], depth, space.value[issue]
            )
            if space.effect is not None:
                self.effect_high[depth], self.effect_low[depth] = self._extend(
                    self.effect_high[depth + 1], self.effect_low[depth + 1], depth, space.effect[issue]
                )

    def _may_have(self, issue: int, option: int) -> bool:
        if self.space.never[issue] >> option & 1:
            return False
        return self.wanted.issue != issue or self.wanted.option == option

    def _list_options(self, leaning: _Leaning, depth: int, issue: int) -> None:
        score = leaning.score(self.space.value[issue], issue)
        options = [o for o in range(len(score)) if self._may_have(issue, o)]
        sign = 1 if self.wanted.lowest else -1
        self.options[depth] = sorted(options, key=lambda option: sign * score[option])

    def _extend(
        self, high: list[int], low: list[int], depth: int, number: Sequence[int]
    ) -> tuple[list[int], list[int]]:
        issue, reference = self.space.order[depth], self.wanted.reference
        listed = [number[option] for option in self.options[depth]]
        any_most, any_least = max(listed), min(listed)
        keep_most, keep_least = any_most, any_least
        if reference is not None:
            kept = reference[issue]
            if kept < len(number) and self._may_have(issue, kept):
                keep_most = keep_least = number[kept]
        new_high, new_low = [], []
        for changes in range(self.changes_most + 1):
            most, least = high[changes] + keep_most, low[changes] + keep_least
            if changes > 0:
                most = max(most, high[changes - 1] + any_most)
                least = min(least, low[changes - 1] + any_least)
            new_high.append(most)
            new_low.append(least)
        return new_high, new_low

    def _hopeless(self, depth: int, changes: int, total: int, effect: int, alive: int) -> bool:
        space = self.space
        least_effect = most_effect = effect
        if space.effect is not None:
            least_effect += self.effect_low[depth][changes]
            most_effect += self.effect_high[depth][changes]
        aftermath = space.profile.aftermath
        high = total + self.high[depth][changes] + space.pending_gain(alive)
        if space.worth(high, least_effect if high >= aftermath else most_effect) < self.floor:
            return True
        low = total + self.low[depth][changes] - space.pending_loss(alive)
        return space.worth(low, most_effect if low >= aftermath else least_effect) > self.ceiling

    def _consider(self, total: int, effect: int) -> None:
        package = bytes(self.trail)
        if package == self.space.status_quo:
            return
        worth = self.space.worth(total, effect)
        if worth < self.floor or worth > self.ceiling:
            return
        if self.best is not None and worth == self.best_worth and package > self.best:
            return
        self.best, self.best_worth = package, worth
        if self.wanted.lowest:
            self.ceiling = worth
        else:
            self.floor = worth

    def _descend(self, depth: int, changes: int, total: int, effect: int, alive: int) -> None:
        space = self.space
        if depth == space.issues:
            self._consider(total, effect)
            return
        issue, reference = space.order[depth], self.wanted.reference
        for option in self.options[depth]:
            change = reference is not None and reference[issue] != option
            if change and changes == 0:
                continue
            if self.left == 0:
                self.cut = True
                return
            self.left -= 1
            next_ = space.decide(depth, option, total, effect, alive)
            if next_ is None or self._hopeless(depth + 1, changes - change, *next_):
                continue
            self.trail[issue] = option
            self._descend(depth + 1, changes - change, *next_)

    def within(self, changes: int, budget: int) -> None:
        """At most so many changes against the reference, and so many nodes."""
        self.left = budget
        if not self._hopeless(0, changes, 0, 0, self.space.all):
            self._descend(0, changes, 0, 0, self.space.all)

    def near(self, budget: int) -> None:
        """Few changes first; a quarter of what is left is spent on each number of changes."""
        for changes in range(self.space.issues + 1):
            if self.best is not None:
                return
            share = (budget + 3) // 4
            self.within(changes, share)
            budget -= share - self.left


class _Polish:
    """Looks around a package by changing one issue at a time, then two, and with a reference three."""

    def __init__(self, space: Space, wanted: Wanted, package: Package) -> None:
        self.space, self.wanted = space, wanted
        self.left = wanted.budget
        self.found = False
        self.best = package
        self.worth = 0
        self.apart = 0  # options other than the reference's; 0 without one

    def _apart_on(self, issue: int, option: int) -> int:
        reference = self.wanted.reference
        return int(reference is not None and reference[issue] != option)

    def _apart(self, package: Package) -> int:
        return sum(self._apart_on(issue, option) for issue, option in enumerate(package))

    def _judge(self, package: Package) -> Optional[int]:
        if package == self.space.status_quo:
            return None
        partway: Optional[tuple[int, int, int]] = (0, 0, self.space.all)
        for depth, issue in enumerate(self.space.order):
            assert partway is not None
            partway = self.space.decide(depth, package[issue], *partway)
            if partway is None:
                return None
        assert partway is not None
        return self.space.worth(partway[0], partway[1])

    def _look_at(self, package: Package, apart: int) -> None:
        if self.left == 0 or (self.found and apart > self.apart):
            return
        self.left -= 1
        worth, wanted = self._judge(package), self.wanted
        if worth is None or worth < wanted.floor or worth > wanted.ceiling:
            return
        as_near = self.found and apart == self.apart
        if as_near and (worth >= self.worth if wanted.lowest else worth <= self.worth):
            return
        self.found, self.best, self.worth, self.apart = True, package, worth, apart

    def _look_around(self, base: Package, apart: int, first: int, changes: int) -> None:
        if self.found and apart - changes > self.apart:
            return
        for issue in range(first, self.space.issues):
            if self.left == 0:
                return
            if issue == self.wanted.issue:
                continue
            without = apart - self._apart_on(issue, base[issue])
            for option in range(self.space.domain.issue[issue].options):
                if option == base[issue]:
                    continue
                other = base[:issue] + bytes((option,)) + base[issue + 1 :]
                now = without + self._apart_on(issue, option)
                self._look_at(other, now)
                if changes > 1:
                    self._look_around(other, now, issue + 1, changes - 1)

    def _improve(self, changes: int) -> bool:
        before = (self.found, self.worth, self.apart)
        self._look_around(self.best, self._apart(self.best), 0, changes)
        return self.found and before != (True, self.worth, self.apart)

    def run(self) -> Optional[Package]:
        """The best that was seen, or None when nothing qualifies."""
        three = self.wanted.reference is not None
        self._look_at(self.best, self._apart(self.best))
        while self._improve(1) or self._improve(2) or (three and self._improve(3)):
            continue
        return self.best if self.found else None


# --- both ---


class InverseUtility:
    """The questions of nonpaper_host: best, at_least, nearest, best_with, between, next_best."""

    def __init__(self, domain: Domain, profile: Profile) -> None:
        self.domain, self.profile = domain, profile
        self.exact = domain.raw_count() <= MAX_RANKED
        self._ranking: Optional[Ranking] = None
        if self.exact:
            self._space = Space(domain, profile, range(len(domain.issue)))
            self._ranking = Ranking(self._space)
            self._best = self._ranking.best()
        else:
            self._space = Space(domain, profile, _search_order(profile))
            self._best = self._search(Wanted(), None)

    def _search(self, wanted: Wanted, instead: Optional[Package]) -> Optional[Package]:
        search = _Search(self._space, wanted)
        if not search.possible:
            return None
        search.within(0, wanted.budget)
        if not search.cut:
            return search.best
        start = search.best if search.best is not None else instead
        return None if start is None else _Polish(self._space, wanted, start).run()

    def _search_nearest(self, wanted: Wanted) -> Optional[Package]:
        search = _Search(self._space, wanted)
        if not search.possible:
            return None
        search.near(wanted.budget)
        if not search.cut:
            return search.best
        found = search.best if search.best is not None else self.at_least(wanted.floor)
        while found is not None:
            found = _Polish(self._space, wanted, found).run()
            if found is None:
                break
            nearer = self._search_nearer(wanted, found)
            if nearer is None:
                break
            found = nearer
        return found

    def _search_nearer(self, wanted: Wanted, package: Package) -> Optional[Package]:
        assert wanted.reference is not None
        apart = sum(a != b for a, b in zip(package, wanted.reference))
        if apart == 0:
            return None
        search = _Search(self._space, wanted)
        if not search.possible:
            return None
        search.within(apart - 1, wanted.budget)
        return search.best

    def best(self) -> Optional[Package]:
        """The package worth most."""
        return self._best

    def at_least(self, target: int) -> Optional[Package]:
        """The package of least utility that is still worth the target."""
        if self._ranking is not None:
            return self._ranking.at_least(target)
        return self._search(Wanted(floor=target, lowest=True), self._best)

    def nearest(self, target: int, slack: int, reference: Package) -> Optional[Package]:
        """Among those worth target to target + slack, the one that shares most with the reference."""
        ceiling = min(target + slack, _MOST)
        if self._ranking is not None:
            return self._ranking.nearest(target, ceiling, reference)
        return self._search_nearest(Wanted(floor=target, ceiling=ceiling, reference=reference))

    def best_with(self, issue: int, option: int) -> Optional[Package]:
        """The package worth most in which the issue has that option."""
        if not 0 <= issue < len(self.domain.issue):
            return None
        if not 0 <= option < self.domain.issue[issue].options:
            return None
        if self._ranking is not None:
            return self._ranking.best_with(issue, option)
        likely = self._best
        if likely is not None:
            likely = likely[:issue] + bytes((option,)) + likely[issue + 1 :]
        return self._search(Wanted(issue=issue, option=option), likely)

    def between(self, least: int, most: int, room: int) -> list[Package]:
        """Packages worth least to most, from the best down."""
        if self._ranking is not None:
            return self._ranking.between(least, most, room)
        found: list[Package] = []
        package = self._search(Wanted(floor=least, ceiling=most), None)
        while package is not None and len(found) < room:
            found.append(package)
            package = self.next_best(package)
            if package is not None and self._worth(package) < least:
                break
        return found

    def next_best(self, after: Package) -> Optional[Package]:
        """The package that comes next below ``after``."""
        worth = self._worth(after)
        if self._ranking is not None:
            return self._ranking.next_best(worth, after)
        return self._search(Wanted(ceiling=worth - 1), None)

    def _worth(self, package: Package) -> int:
        return self.profile.utility(self.domain, package)


class InverseCache:
    """Searches by what they are over: many runs share one."""

    KEPT = 6

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[object, ...], InverseUtility] = OrderedDict()

    def take(self, domain: Domain, profile: Profile) -> InverseUtility:
        """The search over that domain by that profile; made where it is not there yet."""
        key = (domain, profile.value, profile.linkage, profile.red_line, profile.eroded)
        if profile.durability is not None:
            key += (profile.durability, profile.aftermath, profile.hazard)
        found = self._kept.get(key)
        if found is None:
            found = self._kept[key] = InverseUtility(domain, profile)
            if len(self._kept) > self.KEPT:
                self._kept.popitem(last=False)
        self._kept.move_to_end(key)
        return found


def shares_with(package: Package, reference: Package) -> int:
    """How many options two packages share."""
    return sum(a == b != NO_OPTION for a, b in zip(package, reference))
