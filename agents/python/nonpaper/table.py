"""What a seat has seen of the table, and the moves that the built-in strategies have in common: accepting what is good
enough, saying no to what never will be, tabling a package when one is due (agents/table.h, move for move)."""
from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum
from typing import Callable, Optional, Sequence

from nonpaper.host import Host
from nonpaper.preferences import as_real, complete, exactly
from nonpaper.words import NEVER, NO_SEAT, EventKind, MoveKind, Observation, Package, Reply, Time, has

_SLACK = 0.02  # how far above its target a seat looks for a package that is nearer to the others
_MOST_ACCEPTANCES = 4  # in one reply; the rest of it is for saying no and offering
_MOST_REJECTIONS = 2


def target_exactly(target: float) -> float:
    """Utilities are whole billionths; so must be what they are held against."""
    return as_real(exactly(target))


class Merit(IntEnum):
    """How a tabled package stands with this seat."""

    NEVER = 0  #: infeasible, across a red line, or an accord that makes things worse
    BY_WORTH = 1  #: complete: accepted when it is worth enough
    ALWAYS = 2  #: a partial accord that is better than none: the talks go on after it


@dataclass
class SeenOffer:
    """A seat's latest menu, as this seat weighs it."""

    number: int = 0  #: 0: none stands; the menu remains as the latest heard
    table: int = 0
    expires_at: Time = 0
    menu: tuple[Package, ...] = ()
    worth: list[float] = field(default_factory=list)
    merit: list[Merit] = field(default_factory=list)
    accepted: set[int] = field(default_factory=set)  #: packages that this seat has accepted
    rejected: bool = False  #: by this seat

    def keep(self, menu: Sequence[Package]) -> None:
        """The menu alone; nothing is weighed."""
        self.menu = tuple(menu)
        self.worth = [0.0] * len(self.menu)
        self.merit = [Merit.NEVER] * len(self.menu)

    def weigh(self, host: Host) -> None:
        """Worth and merit by the seat's present numbers."""
        self.worth = [host.utility(package) for package in self.menu]
        self.merit = [_merit_of(host, p, worth) for p, worth in zip(self.menu, self.worth)]

    def serves(self, host: Host, k: int) -> bool:
        """Is the package no worse than going without?"""
        if self.merit[k] != Merit.BY_WORTH:
            return self.merit[k] == Merit.ALWAYS
        return self.worth[k] >= host.reservation()

    def is_hopeless(self, host: Host) -> bool:
        """Does it need this seat's yes, with nothing in it that serves?"""
        needed = 0
        for k, package in enumerate(self.menu):
            if self.serves(host, k):
                return False
            needed |= host.needed(package)
        return has(needed, host.seat)

    def best(self) -> Optional[int]:
        """The best complete package."""
        best = None
        for k, package in enumerate(self.menu):
            if complete(package) and (best is None or self.worth[k] > self.worth[best]):
                best = k
        return best


def _merit_of(host: Host, package: Package, worth: float) -> Merit:
    if not host.acceptable(package):
        return Merit.NEVER
    if complete(package):
        return Merit.BY_WORTH
    return Merit.ALWAYS if worth > host.utility(host.empty()) else Merit.NEVER


class Text:
    """The single text as its mediator and its judges see it; empty outside mediated talks."""

    def __init__(self) -> None:
        self.text: Package = b""
        self.draft: Package = b""
        self.number = 0  #: the draft's; 0: none is being judged
        self.drafts = 0  #: put forward so far
        self.for_it = 0
        self.against_it = 0
        self.exists = False  #: there is a text
        self.final = False  #: the draft is the text: its final reading
        self.said = False  #: this seat has judged the draft,
        self.yes = False  #: ... and would have it

    def observe(self, host: Host, seen: Observation) -> None:
        """Called for everything that the seat comes to know."""
        if host.mediator == NO_SEAT:
            return
        if seen.kind == EventKind.OFFER:
            self.draft, self.number = seen.menu[0], seen.offer
            self.drafts += 1
            self.for_it = self.against_it = 0
            self.final = self.exists and self.draft == self.text
            self.said = self.yes = False
        if seen.kind == EventKind.ACCORD:
            self.exists = False  # that text is done with
        if self.number == 0 or seen.offer != self.number:
            return
        if seen.kind == EventKind.ACCEPTANCE:
            judges = ((1 << host.seats) - 1) & ~(1 << host.mediator)
            self.for_it = seen.seats & judges
            self.against_it &= ~self.for_it
            if self.for_it == judges:
                self.text, self.exists = self.draft, True
        elif seen.kind == EventKind.REJECTION:
            self.against_it |= 1 << seen.seat
        elif seen.kind == EventKind.WITHDRAWAL:
            self.for_it &= ~(1 << seen.seat)
            if seen.seat == host.mediator:
                self.number = 0
        elif seen.kind == EventKind.LAPSE:
            self.number = 0

    def waits(self) -> bool:
        """Is there a draft that this seat has yet to judge?"""
        return self.number != 0 and not self.said

    def gain(self, host: Host) -> float:
        """What the draft is worth above the text so far; all of it where there is none."""
        worth = host.utility(self.draft)
        return worth - host.utility(self.text) if self.exists else worth

    def say(self, yes: bool, reply: Reply) -> None:
        """Judges the draft."""
        if reply.full:
            return
        if yes:
            reply.accept(self.number)
        else:
            reply.reject(self.number)
        self.said, self.yes = True, yes


def judges_text(host: Host) -> bool:
    """Is this seat a judge of a single text?"""
    return host.mediator not in (NO_SEAT, host.seat)


def _one_move_at_a_time(host: Host) -> bool:
    return host.turns or host.rounds


class Seen:
    """The table as one seat has seen it. Tell it everything in ``observe``; ask it in ``act``."""

    def __init__(self, host: Host) -> None:
        self.offer = [SeenOffer() for _ in range(host.seats)]  #: by seat; the own one from deciding on
        self.due: Time = 0  #: when to table something again unasked
        self.where = 0  #: the table at which this seat tables its offers
        self.closed = False  #: signed: nothing more to do
        self.text = Text()
        self._on_their_way = 0  # own offers that have not come to the table yet
        self._stale = False  # the seat's numbers have moved since offers were weighed,
        self._moved = False  # ... or since it last took back what no longer serves

    # --- seeing ---

    def observe(self, host: Host, seen: Observation) -> None:
        """One thing that the seat has come to know."""
        self.text.observe(host, seen)
        if seen.kind == EventKind.OFFER:
            self._see_offer(host, seen)
        elif seen.kind == EventKind.WITHDRAWAL:
            self._see_withdrawal(host, seen)
        elif seen.kind == EventKind.LAPSE:
            offer = self._find(seen.offer)
            if offer is not None:
                offer.number = 0
                if offer is self.offer[host.seat]:
                    offer.keep(())
        elif seen.kind == EventKind.SIGNATURE:
            self.closed = True
        elif seen.kind == EventKind.REFUSAL:
            if seen.refused == MoveKind.OFFER:
                self.offer[host.seat].keep(())
                self._on_their_way = max(self._on_their_way - 1, 0)
        elif seen.kind in (EventKind.APPRAISAL, EventKind.ACCORD, EventKind.STATUS_QUO):
            self._moved = self._stale = True

    def _see_offer(self, host: Host, seen: Observation) -> None:
        if host.turns:
            for other in self.offer:
                other.number = 0
        offer = self.offer[seen.seat]
        offer.number, offer.expires_at, offer.table = seen.offer, seen.expires_at, seen.table
        if seen.seat == host.seat:
            self._on_their_way = max(self._on_their_way - 1, 0)
            return  # noted when it was decided, and not to be weighed
        offer.keep(seen.menu)
        offer.weigh(host)
        offer.accepted = set()
        offer.rejected = False

    def _find(self, number: int) -> Optional[SeenOffer]:
        for offer in self.offer:
            if number != 0 and offer.number == number:
                return offer
        return None

    def _see_withdrawal(self, host: Host, seen: Observation) -> None:
        offer = self._find(seen.offer)
        if offer is None:
            return
        if offer is self.offer[seen.seat]:
            offer.number = 0
        elif seen.seat == host.seat:
            offer.accepted.discard(seen.package)

    def follow(self, host: Host) -> bool:
        """Have the seat's numbers moved since this was last asked? Then all offers are weighed anew."""
        if not self._stale:
            return False
        self._stale = False
        for seat, offer in enumerate(self.offer):
            if seat != host.seat:
                offer.weigh(host)
        return True

    # --- taking back ---

    def _take_back(self, host: Host, now: Time, reply: Reply) -> None:
        if not self._moved or self.closed:
            return
        done = True
        if judges_text(host):
            draft = self.offer[host.mediator]
            bound = self.text.number != 0 and self.text.number == draft.number
            if bound and self.text.final and self.text.yes and not draft.serves(host, 0):
                self.text.say(False, reply)
        else:
            for seat, offer in enumerate(self.offer):
                if seat != host.seat:
                    done &= self._take_back_acceptances(host, offer, reply)
            done &= self._take_back_offer(host, now, reply)
        self._moved = not done

    @staticmethod
    def _take_back_acceptances(host: Host, offer: SeenOffer, reply: Reply) -> bool:
        for k in range(len(offer.menu)):
            if offer.number == 0 or k not in offer.accepted or offer.serves(host, k):
                continue
            if reply.full:
                return False
            reply.withdraw(offer.number, k)
            offer.accepted.discard(k)
        return True

    def _take_back_offer(self, host: Host, now: Time, reply: Reply) -> bool:
        own = self.offer[host.seat]
        own.weigh(host)
        nothing = own.number == 0 and self._on_their_way == 0
        if nothing or all(own.serves(host, k) for k in range(len(own.menu))):
            return True
        self.due = now
        if self._on_their_way > 0:
            reply.wake(now + host.delay)
            return False
        if reply.full:
            return False
        reply.withdraw(own.number, 0)
        own.number = 0
        own.keep(())
        return True

    # --- answering ---

    def accept(
        self, host: Host, now: Time, clears: Callable[[Package, float], bool], reply: Reply
    ) -> bool:
        """Accepts what others have on the table and clears the bar. Says whether the turn is spent.

        ``clears(package, worth)`` judges complete packages; accords that are better than none always do.
        """
        self._take_back(host, now, reply)
        if judges_text(host):
            self._judge_text(host, clears, reply)
            return False
        most = 1 if _one_move_at_a_time(host) else _MOST_ACCEPTANCES
        for _ in range(most):
            found = self._best_offered(host, now + host.delay, clears)
            if found is None or reply.full:
                return False
            offer, k = found
            reply.accept(offer.number, k)
            offer.accepted.add(k)
        return _one_move_at_a_time(host)

    @staticmethod
    def _clears(clears: Callable[[Package, float], bool], offer: SeenOffer, k: int) -> bool:
        if offer.merit[k] != Merit.BY_WORTH:
            return offer.merit[k] == Merit.ALWAYS
        return clears(offer.menu[k], offer.worth[k])

    def _is_own(self, host: Host, where: int, package: Package) -> bool:
        return where == self.where and not host.turns and package in self.offer[host.seat].menu

    def _best_offered(
        self, host: Host, at: Time, clears: Callable[[Package, float], bool]
    ) -> Optional[tuple[SeenOffer, int]]:
        best: Optional[tuple[SeenOffer, int]] = None
        for seat, offer in enumerate(self.offer):
            if seat == host.seat or offer.number == 0:
                continue
            for k, package in enumerate(offer.menu):
                if at >= offer.expires_at or k in offer.accepted:
                    continue
                if not self._clears(clears, offer, k):
                    continue
                if best is not None and offer.worth[k] <= best[0].worth[best[1]]:
                    continue
                if not self._is_own(host, offer.table, package):
                    best = (offer, k)
        return best

    def _judge_text(
        self, host: Host, clears: Callable[[Package, float], bool], reply: Reply
    ) -> None:
        text, draft = self.text, self.offer[host.mediator]
        if not text.waits() or draft.number != text.number:
            return
        if not text.final:
            text.say(host.acceptable(text.draft) and (not text.exists or text.gain(host) > 0), reply)
        elif self._clears(clears, draft, 0):
            text.say(True, reply)
        elif draft.is_hopeless(host):
            text.say(False, reply)

    def reject(self, host: Host, reply: Reply) -> None:
        """Says no, once, to each offer that needs this seat's yes and holds nothing that serves."""
        if host.turns or judges_text(host):
            return
        made = 0
        for seat, offer in enumerate(self.offer):
            if made == _MOST_REJECTIONS or reply.full:
                return
            if seat == host.seat or offer.number == 0 or offer.rejected:
                continue
            if offer.is_hopeless(host):
                reply.reject(offer.number)
                offer.rejected = True
                made += 1

    # --- tabling ---

    def is_due(self, host: Host, now: Time) -> bool:
        """Is it time to table something?"""
        if host.turns:
            return True
        if judges_text(host):
            return False
        return (host.rounds or now >= self.due) and now + 2 * host.delay <= host.deadline

    def table(self, host: Host, menu: Sequence[Package], reply: Reply) -> None:
        """Tables the menu, but without turns not what stands there already."""
        own, menu = self.offer[host.seat], tuple(menu)
        text = self.text
        final = host.mediator == host.seat and text.exists and not text.final and menu[0] == text.text
        if (not host.turns and not final and own.menu == menu) or reply.full:
            return
        reply.offer(*menu, table=self.where)
        own.keep(menu)
        self._on_their_way = min(self._on_their_way + 1, 255)

    def wait(self, host: Host, now: Time, every: Time, reply: Reply) -> None:
        """Asks to be woken for the next offer, ever sooner as the deadline nears, and for the last call."""
        last_call = host.deadline - host.delay
        if _one_move_at_a_time(host) or now >= last_call:
            return
        if now >= self.due:
            left = (host.deadline - now) // 2
            patience = min(max(left, max(every // 4, 2 * host.delay)), every)
            self.due = now + max(patience, host.lookahead)
        reply.wake(min(self.due, last_call))

    # --- choosing ---

    def reference(self, host: Host) -> Optional[Package]:
        """The others' latest package to move towards: from the seat that leaves this one least."""
        reference, least = None, 0.0
        for seat, offer in enumerate(self.offer):
            best = None if seat == host.seat else offer.best()
            if best is None or (reference is not None and offer.worth[best] >= least):
                continue
            reference, least = offer.menu[best], offer.worth[best]
        return reference

    def package(self, host: Host, target: float) -> Optional[Package]:
        """Worth at least the target and otherwise as near as can be to what the others asked for."""
        reference = self.reference(host)
        if reference is not None:
            near = host.nearest(target, _SLACK, reference)
            if near is not None:
                return near
        least = host.at_least(target)
        if least is not None:
            return least
        best = host.best()
        return best if best is not None and host.utility(best) >= host.reservation() else None


__all__ = ["Merit", "NEVER", "Seen", "SeenOffer", "Text", "judges_text", "target_exactly"]
