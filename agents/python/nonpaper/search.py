"""Large spaces: searched issue by issue within a budget of nodes, and then improved a little at a time
(core/negotiation/inverse_search.h)."""
from __future__ import annotations

from dataclasses import dataclass
from typing import Optional, Sequence

from nonpaper.preferences import ONE, Durability, Profile, as_real, exactly
from nonpaper.space import Space
from nonpaper.words import Package

NODE_BUDGET = 20000
_LEAST = -(2**63)
_MOST = 2**63 - 1


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


def search_order(profile: Profile) -> list[int]:
    """The issues from the widest to the narrowest."""
    leaning = _leaning_of(profile)
    spread = []
    for issue, values in enumerate(profile.value):
        score = leaning.score(values, issue)
        spread.append(max(score) - min(score))
    return sorted(range(len(spread)), key=lambda issue: -spread[issue])


class Search:
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


class Polish:
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
