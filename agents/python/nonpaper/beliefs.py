"""Which of its public types a seat seems to be (core/negotiation/belief.h): a prior, updated by Bayes' rule at every
offer, where a type offers as a logit choice between what it offered and a fixed set of packages."""
from __future__ import annotations

from functools import lru_cache
from typing import Sequence

from nonpaper import real
from nonpaper.luck import Luck, key_of
from nonpaper.preferences import Domain, SeatType, as_real, complete
from nonpaper.words import Package

RATIONALITY = 10
REFERENCES = 64
_MOST_DRAWS = 1 << 14
_LEAST_LIKELIHOOD = 1e-12


@lru_cache(maxsize=8)
def reference_set(domain: Domain) -> tuple[Package, ...]:
    """Complete, feasible packages, drawn evenly; the same for all seats of all runs."""
    luck = Luck(*key_of(0, "belief/reference"))
    packages: list[Package] = []
    for _ in range(_MOST_DRAWS):
        if len(packages) == REFERENCES:
            break
        package = bytes(luck.below(issue.options) for issue in domain.issue)
        if not domain.excludes(package):
            packages.append(package)
    return tuple(packages)


class Belief:
    """About one seat."""

    def __init__(self, types: Sequence[SeatType], domain: Domain) -> None:
        self.types = tuple(types)
        self.likely = [type_.prior for type_ in self.types]
        self._domain = domain
        self._weighed = [self._weigh(type_, domain) for type_ in self.types]

    @staticmethod
    def _weigh(type_: SeatType, domain: Domain) -> tuple[float, float]:
        utility = [as_real(type_.profile.utility(domain, p)) for p in reference_set(domain)]
        most, total = max(utility, default=0.0), 0.0
        for u in utility:
            total += real.exp(RATIONALITY * (u - most))
        return most, total

    def _likelihood(self, type_: int, package: Package) -> float:
        most, passed_over = self._weighed[type_]
        if passed_over == 0:
            return 1.0
        behind = most - as_real(self.types[type_].profile.utility(self._domain, package))
        return 1 / (1 + passed_over * real.exp(RATIONALITY * behind))

    def _log_likelihood(self, type_: int, menu: Sequence[Package]) -> float:
        total, count = 0.0, 0
        for package in menu:
            if complete(package):
                total += real.log(max(self._likelihood(type_, package), _LEAST_LIKELIHOOD))
                count += 1
        return total / count if count else 0.0

    def update(self, menu: Sequence[Package]) -> None:
        """The seat tabled this menu."""
        likelihood = [
            real.exp(self._log_likelihood(k, menu)) for k in range(len(self.types))
        ]
        total = 0.0
        for k, likely in enumerate(self.likely):
            total += likelihood[k] * likely
        if total > 0:
            self.likely = [likelihood[k] * likely / total for k, likely in enumerate(self.likely)]

    def know(self, type_: int) -> None:
        """It is known for sure."""
        self.likely = [float(k == type_) for k in range(len(self.types))]
