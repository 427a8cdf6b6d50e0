"""Small spaces: all acceptable packages, ranked once (core/negotiation/inverse_ranking.h)."""
from __future__ import annotations

from bisect import bisect_left
from typing import Optional

from nonpaper.preferences import as_real, complete, exactly
from nonpaper.space import Space
from nonpaper.words import Package


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
