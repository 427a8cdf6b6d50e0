"""Search among the packages that one seat can accept: exact where the space is small enough to be ranked, and
otherwise bounded in nodes, with the same answers as the program's (core/negotiation/inverse_utility.h)."""
from __future__ import annotations

from collections import OrderedDict
from typing import Optional

from nonpaper.preferences import Domain, Profile
from nonpaper.ranking import Ranking
from nonpaper.search import Polish, Search, Wanted, search_order
from nonpaper.space import Space
from nonpaper.words import NO_OPTION, Package

MAX_RANKED = 1 << 17
_MOST = 2**63 - 1


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
            self._space = Space(domain, profile, search_order(profile))
            self._best = self._search(Wanted(), None)

    def _search(self, wanted: Wanted, instead: Optional[Package]) -> Optional[Package]:
        search = Search(self._space, wanted)
        if not search.possible:
            return None
        search.within(0, wanted.budget)
        if not search.cut:
            return search.best
        start = search.best if search.best is not None else instead
        return None if start is None else Polish(self._space, wanted, start).run()

    def _search_nearest(self, wanted: Wanted) -> Optional[Package]:
        search = Search(self._space, wanted)
        if not search.possible:
            return None
        search.near(wanted.budget)
        if not search.cut:
            return search.best
        found = search.best if search.best is not None else self.at_least(wanted.floor)
        while found is not None:
            found = Polish(self._space, wanted, found).run()
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
        search = Search(self._space, wanted)
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
