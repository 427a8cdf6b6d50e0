#!/usr/bin/python3
"""Asks for the best package it can have, a little less every day, and accepts what is worth as much."""
import nonpaper


class Patient(nonpaper.Strategy):
    """Concedes evenly from its best package to its outside option."""

    name = "patient"
    deterministic = True  # draws chance only from host.random_unit(), and keeps everything in self
    parameters = (
        nonpaper.Number("least", 0, 0, 1, "share of its claim that it never gives up"),
    )

    def open(self, host, arguments):
        """A run begins. The host knows my own preferences and searches what I can accept."""
        self.least = arguments.number("least")
        self.offered = None

    def target(self, host, at):
        """What I ask for at that moment; my numbers may move with the world, so they are asked for anew."""
        best, walk_away = host.utility(host.best()), host.reservation()
        left = max(1 - at / host.deadline, self.least)
        return nonpaper.target_exactly(walk_away + left * (best - walk_away))

    def observe(self, host, seen):
        """One thing that my seat has come to know."""
        if seen.kind == nonpaper.EventKind.OFFER and seen.seat != host.seat:
            self.latest = seen
        elif seen.kind in (nonpaper.EventKind.LAPSE, nonpaper.EventKind.WITHDRAWAL):
            self.latest = None

    latest = None

    def act(self, host, now, reply):
        """I may move. What I decide now takes effect at the table after host.delay."""
        if host.best() is None:
            return
        target = self.target(host, now + host.delay)
        if self.latest is not None:
            for number, package in enumerate(self.latest.menu):
                good = nonpaper.complete(package) and host.acceptable(package)
                if good and host.utility(package) >= target:
                    reply.accept(self.latest.offer, number)
                    return
        package = host.at_least(target)
        if package is not None and (host.turns or package != self.offered):
            reply.offer(package)
            self.offered = package
        if now + nonpaper.DAY < host.deadline:
            reply.wake(now + nonpaper.DAY)


if __name__ == "__main__":
    nonpaper.main(Patient)
