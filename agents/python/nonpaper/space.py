"""Packages as one seat's search walks them, issue by issue: conditions are bits, so that a package under
construction knows what it may still meet (core/negotiation/inverse_space.h)."""
from __future__ import annotations

from typing import Optional, Sequence

from nonpaper.preferences import Condition, Domain, Profile


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
