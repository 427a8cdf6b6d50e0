"""Concession by the clock: the program's boulware, linear and conceder, move for move.

Faratin, Sierra and Jennings 1998, time-dependent tactics: F(t) = k + (1 - k)(t/T)^(1/e). Read this, then write your
own.
"""
from __future__ import annotations

from nonpaper.host import Host
from nonpaper.strategy import Arguments, CannotPlay, Number, Strategy, Word
from nonpaper.table import Seen, target_exactly
from nonpaper.words import DAY, Observation, Package, Reply, Time, has


class TimeDependent(Strategy):
    """Concedes by the clock; the smaller e, the later."""

    name = "time_dependent"
    deterministic = True
    source = "Faratin, Sierra and Jennings 1998, time-dependent tactics: F(t) = k + (1 - k)(t/T)^(1/e)"
    parameters = (
        Number("e", 1, 0.01, 100, "pace of concession; the smaller, the later"),
        Number("k", 0, 0, 1, "share of the way to the reservation value conceded at once"),
        Number("every", 14, 0.01, 3650, "days between offers that nobody prompted (open table)"),
        Word("table", "", "closed table at which it tables its offers; empty: the public one"),
    )

    def open(self, host: Host, arguments: Arguments) -> None:
        self.exponent = 1 / arguments.number("e")
        self.k = arguments.number("k")
        self.every: Time = max(int(arguments.number("every") * DAY), 1)
        self.seen = Seen(host)
        self.seen.where = _own_table(host, arguments.word("table"))
        self._follow(host)

    def observe(self, host: Host, seen: Observation) -> None:
        self.seen.observe(host, seen)

    def act(self, host: Host, now: Time, reply: Reply) -> None:
        """Accept what is worth the target by the time the acceptance arrives; otherwise, when it is time, table a
        package that is worth as much and is otherwise as near to the others as can be."""
        if self.seen.closed:
            return
        if self.seen.follow(host):
            self._follow(host)
        target = self.target(host, now + host.delay)

        def clears(_: Package, worth: float) -> bool:
            return worth >= target

        if self.seen.accept(host, now, clears, reply):
            return
        self.seen.reject(host, reply)
        if self.seen.is_due(host, now):
            package = self.seen.package(host, target)
            if package is not None:
                self.seen.table(host, (package,), reply)
        self.seen.wait(host, now, self.every, reply)

    def target(self, host: Host, at: Time) -> float:
        """What it asks for at that moment."""
        if at >= host.deadline:
            return self.reservation
        pace = host.pow(float(at) / float(host.deadline) if at > 0 else 0.0, self.exponent)
        conceded = self.k + (1 - self.k) * pace
        return target_exactly(self.reservation + (1 - conceded) * (self.best - self.reservation))

    def _follow(self, host: Host) -> None:
        """The same curve between the seat's present numbers."""
        self.reservation = self.best = host.reservation()
        best = host.best()
        if best is not None:
            self.best = max(self.best, host.utility(best))


class Boulware(TimeDependent):
    """Holds out and concedes shortly before the deadline."""

    name = "boulware"
    parameters = (
        Number("e", 0.2, 0.01, 1, "pace of concession; the smaller, the later"),
        *TimeDependent.parameters[1:],
    )


def _own_table(host: Host, name: str) -> int:
    if not name:
        return 0
    for number, table in enumerate(host.table):
        if number > 0 and table.id == name and has(table.members, host.seat):
            return number
    raise CannotPlay(f'table: this seat is a member of no closed table "{name}"')
