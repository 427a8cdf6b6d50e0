"""nonpaper for Python: write a negotiation strategy, and play it against any other.

    import nonpaper

    class Mine(nonpaper.Strategy):
        '''Offers the best package it has, and accepts what is worth nearly as much.'''

        def open(self, host, arguments):
            self.best = host.best()

        def observe(self, host, seen):
            ...

        def act(self, host, now, reply):
            reply.offer(self.best)

    nonpaper.main(Mine)

The host answers questions about the seat's own preferences and searches the packages that it can accept, with the
same answers as the program's own, to the last bit.
"""
from nonpaper.agent import describe, main, run
from nonpaper.host import Host
from nonpaper.luck import Luck
from nonpaper.preferences import complete, fill
from nonpaper.inverse import shares_with
from nonpaper.strategy import Arguments, CannotPlay, Number, Strategy, Word
from nonpaper.table import Seen, target_exactly
from nonpaper.words import (
    DAY,
    NEVER,
    NO_LEVER,
    NO_OPTION,
    NO_SEAT,
    Aspect,
    EventKind,
    Issue,
    Lever,
    Move,
    MoveKind,
    Observation,
    Package,
    Reply,
    Ruling,
    Say,
    Table,
    Time,
    Variable,
    find,
    has,
)

__version__ = "0.1.0"
__all__ = [
    "Arguments",
    "Aspect",
    "CannotPlay",
    "DAY",
    "EventKind",
    "Host",
    "Issue",
    "Lever",
    "Luck",
    "Move",
    "MoveKind",
    "NEVER",
    "NO_LEVER",
    "NO_OPTION",
    "NO_SEAT",
    "Number",
    "Observation",
    "Package",
    "Reply",
    "Ruling",
    "Say",
    "Seen",
    "Strategy",
    "Table",
    "Time",
    "Variable",
    "Word",
    "complete",
    "describe",
    "fill",
    "find",
    "has",
    "main",
    "run",
    "shares_with",
    "target_exactly",
]
