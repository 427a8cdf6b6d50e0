"""Frames to values and back (PROTOCOL.md, nonpaper.proto). What is read is not trusted: it is bounded before it is
unpacked where that is about size, and every value is held against its range after."""
from __future__ import annotations

import math
from typing import Any, Iterable, Sequence

from google.protobuf.message import DecodeError

from nonpaper import nonpaper_pb2 as pb
from nonpaper.host import Mechanism, Seat, Terms
from nonpaper.preferences import (
    Condition,
    Consent,
    Domain,
    Durability,
    Profile,
    RedLine,
    SeatType,
)
from nonpaper.words import (
    MAX_ISSUES,
    MAX_LEVERS,
    MAX_MENU,
    MAX_OPTIONS,
    MAX_SEATS,
    MAX_TABLES,
    MAX_VARIABLES,
    NEVER,
    NO_LEVER,
    NO_OPTION,
    NO_SEAT,
    Aspect,
    EventKind,
    Issue,
    Lever,
    Observation,
    Package,
    Reply,
    Ruling,
    Say,
    Table,
    Variable,
)

LOWEST_VERSION = 1
HIGHEST_VERSION = 2
MAX_FRAME = 4 << 20
MAX_FIELDS = 1 << 19
MAX_MESSAGES = 1 << 16
MAX_TEXT = 4096
MAX_LIST = 16384
MAX_DOSSIERS = 64
MAX_TYPES = 5
_MAX_REAL = 1e9
_MAX_UTILITY = 10**15  # a million, in billionths


class ProtocolError(Exception):
    """The broker sent what is not of the protocol."""


def _refuse(what: str) -> ProtocolError:
    return ProtocolError(what)


def _require(good: bool, what: str) -> None:
    if not good:
        raise _refuse(what)


# --- size, before anything is unpacked ---


def _varint(data: memoryview, at: int) -> tuple[int, int]:
    value = shift = 0
    while at < len(data) and shift < 70:
        octet = data[at]
        value |= (octet & 0x7F) << shift
        at, shift = at + 1, shift + 7
        if octet < 0x80:
            return value, at
    raise _refuse("a number without an end")


def _count(data: memoryview, descriptor: Any, counts: list[int]) -> None:
    """Counts the fields and messages inside a message. Every field is at least two bytes long."""
    at = 0
    while at < len(data):
        key, at = _varint(data, at)
        counts[0] += 1
        _require(counts[0] <= MAX_FIELDS, "a frame has too many fields")
        kind = key & 7
        if kind == 0:
            _, at = _varint(data, at)
        elif kind in (1, 5):
            at += 8 if kind == 1 else 4
        elif kind == 2:
            length, at = _varint(data, at)
            field = descriptor.fields_by_number.get(key >> 3)
            if field is not None and field.message_type is not None:
                counts[1] += 1
                _require(counts[1] <= MAX_MESSAGES, "a frame has too many messages")
                _require(at + length <= len(data), "a message ends too soon")
                _count(data[at : at + length], field.message_type, counts)
            at += length
        else:
            raise _refuse("a field of an unknown kind")
        _require(at <= len(data), "a message ends too soon")


def read_frame(data: bytes) -> pb.Frame:
    """The frame, which says exactly one thing; an empty one says nothing."""
    frame = pb.Frame()
    if not data:
        return frame
    _require(len(data) <= MAX_FRAME, "a frame is longer than 4 MiB")
    view = memoryview(data)
    try:
        length, at = _varint(view, 1)
    except ProtocolError:
        length, at = -1, 0
    _require(len(data) - at == length, "a frame that does not say one thing")
    if len(data) > 2 * MAX_MESSAGES:  # a shorter one cannot hold too many
        _count(view, pb.Frame.DESCRIPTOR, [0, 0])
    try:
        frame.ParseFromString(data)
    except DecodeError as error:
        raise _refuse(f"a frame that does not parse: {error}") from error
    _require(frame.WhichOneof("said") is not None, "a frame that says nothing known")
    return frame


# --- dossiers ---


def _text(text: str) -> str:
    _require(len(text.encode()) <= MAX_TEXT and "\0" not in text, "a text is too long, or holds a NUL")
    return text


def _list(values: Sequence[Any], most: int, what: str) -> list[Any]:
    _require(len(values) <= most, f"too many {what}")
    return list(values)


def _finite(number: float, what: str, most: float = math.inf) -> float:
    _require(math.isfinite(number) and abs(number) <= most, f"{what} is out of range")
    return number


def _utility(number: int, what: str) -> int:
    _require(abs(number) <= _MAX_UTILITY, f"{what} is out of range")
    return number


def _set(seats: int, count: int, what: str) -> int:
    _require(seats >> count == 0, f"{what} holds a seat that does not exist")
    return seats


def _condition(wire: pb.Condition, issues: Sequence[Issue]) -> Condition:
    terms = tuple(zip(wire.issue, wire.options))
    _require(len(wire.issue) == len(wire.options) and 1 <= len(terms) <= 6, "a condition is malformed")
    _require(all(issue < len(issues) for issue, _ in terms), "a condition names no issue")
    return Condition(terms)


def _by_option(flat: Sequence[int], issues: Sequence[Issue], what: str) -> tuple[tuple[int, ...], ...]:
    """One number per option, issue by issue."""
    _require(len(flat) == sum(issue.options for issue in issues), f"{what}: not one for each option")
    rows, at = [], 0
    for issue in issues:
        rows.append(tuple(flat[at : at + issue.options]))
        at += issue.options
    return tuple(rows)


def _issue(wire: pb.Issue) -> Issue:
    options = tuple(_text(option) for option in _list(wire.option, MAX_OPTIONS, "options"))
    _require(len(options) >= 1, "an issue without options")
    status_quo = wire.status_quo
    _require(status_quo < len(options) or status_quo == NO_OPTION, "a status quo does not exist")
    return Issue(_text(wire.id), _text(wire.title), options, status_quo, wire.separable)


def _durability(wire: pb.Durability, issues: Sequence[Issue]) -> Durability:
    good = wire.hazard > 0 and wire.shape > 0 and 0 < wire.discount <= 1 and wire.horizon > 0
    for number in (wire.hazard, wire.shape, wire.discount, wire.horizon):
        good = good and math.isfinite(number)
    _require(good, "durability is out of range")
    effect = _by_option(wire.effect, issues, "effects")
    for row in effect:
        for number in row:
            _utility(number, "an effect")
    return Durability(wire.hazard, wire.shape, wire.discount, wire.horizon, effect)


def _consent(wire: pb.Consent, issues: Sequence[Issue], seats: int) -> Consent:
    needs = _by_option(wire.needs, issues, "consent")
    for row in needs:
        for set_ in row:
            _set(set_, seats, "consent")
    return Consent(
        wire.unanimous, _set(wire.all, seats, "consent"), _set(wire.always, seats, "consent"), needs
    )


def _table(wire: pb.Table, seats: int) -> Table:
    _require(0 <= wire.leak <= 1, "a table's leak is out of range")
    return Table(_text(wire.id), _text(wire.title), _set(wire.members, seats, "a table"), wire.leak)


def _lever(wire: pb.Lever, seats: int) -> Lever:
    _require(wire.seat < seats, "a lever of no seat")
    numbers = [
        _finite(number, "a lever", _MAX_REAL)
        for number in (wire.start, wire.least, wire.most, wire.cost, wire.upkeep)
    ]
    return Lever(_text(wire.id), _text(wire.title), wire.seat, *numbers, wire.delay)


def _variable(wire: pb.Variable, seats: int) -> Variable:
    return Variable(
        _text(wire.id),
        _text(wire.title),
        _text(wire.unit),
        _finite(wire.start, "a variable"),
        _set(wire.seen_by, seats, "a variable"),
    )


def read_terms(wire: pb.Terms) -> Terms:
    """What every seat may know."""
    seat = tuple(
        Seat(_text(s.id), _text(s.name), s.delay, s.types) for s in _list(wire.seat, MAX_SEATS, "seats")
    )
    seats = len(seat)
    _require(seats >= 1 and all(s.delay >= 0 and s.types <= MAX_TYPES for s in seat), "a seat is malformed")
    issue = tuple(_issue(i) for i in _list(wire.issue, MAX_ISSUES, "issues"))
    _require(len(issue) >= 1, "no issues")
    exclusion = tuple(
        _condition(e.when, issue) for e in _list(wire.exclusion, 64, "exclusions")
    )
    mechanism = wire.mechanism
    _require(1 <= wire.menu_limit <= MAX_MENU, "the menu's limit is out of range")
    _require(wire.mediator < seats or wire.mediator == NO_SEAT, "the mediator is no seat")
    return Terms(
        name=_text(wire.name),
        epoch=wire.epoch,
        deadline=wire.deadline,
        lookahead=wire.lookahead,
        stall_window=wire.stall_window,
        stall_epsilon=wire.stall_epsilon,
        menu_limit=wire.menu_limit,
        mechanism=Mechanism(
            _text(mechanism.name),
            mechanism.turns,
            mechanism.unanimous,
            mechanism.menu_limit,
            mechanism.rounds,
            mechanism.mediated,
            mechanism.closed_tables,
        ),
        seat=seat,
        domain=Domain(issue, exclusion),
        consent=_consent(wire.consent, issue, seats),
        mediator=wire.mediator,
        breaks_off=wire.breaks_off,
        unauthorised=_set(wire.unauthorised, seats, "the unauthorised"),
        audience_base=wire.audience_base,
        audience_step=wire.audience_step,
        table=tuple(_table(t, seats) for t in _list(wire.table, MAX_TABLES, "tables")),
        lever=tuple(_lever(one, seats) for one in _list(wire.lever, MAX_LEVERS, "levers")),
        variable=tuple(_variable(v, seats) for v in _list(wire.variable, MAX_VARIABLES, "variables")),
        durability=_durability(wire.durability, issue) if wire.HasField("durability") else None,
    )


def read_profile(wire: pb.Profile, terms: Terms) -> Profile:
    """One seat's preferences."""
    issues = terms.domain.issue
    value = _by_option(wire.value, issues, "values")
    for row in value:
        for number in row:
            _utility(number, "a value")
    discount = wire.discount if wire.HasField("discount") else 1.0
    every = wire.discount_every if wire.HasField("discount_every") else 1
    _require(0 < discount <= 1 and every > 0, "a discount is out of range")
    _require(0 <= wire.eroded <= 10**9, "the eroded share is out of range")
    return Profile(
        value=value,
        weight=tuple(_finite(w, "a weight") for w in _list(wire.weight, MAX_ISSUES, "weights")),
        linkage=tuple(
            (_condition(linkage.when, issues), _utility(linkage.bonus, "a bonus"))
            for linkage in _list(wire.linkage, 64, "linkages")
        ),
        red_line=tuple(
            RedLine(_condition(line.when, issues), line.hard, _utility(line.penalty, "a penalty"))
            for line in _list(wire.red_line, 32, "red lines")
        ),
        reservation=_utility(wire.reservation, "the reservation value"),
        discount=discount,
        discount_every=every,
        meanwhile=_utility(wire.meanwhile, "the utility meanwhile"),
        eroded=wire.eroded,
        aftermath=_utility(wire.aftermath, "the aftermath"),
        hazard=_utility(wire.hazard, "the hazard"),
        durability=terms.durability,
    )


def read_library(wire: Iterable[pb.SeatType], terms: Terms) -> dict[int, tuple[SeatType, ...]]:
    """What seats of several types may be, by seat."""
    library: dict[int, list[SeatType]] = {}
    for one in wire:
        _require(one.seat < len(terms.seat) and 0 <= one.prior <= 1, "a type is out of range")
        type_ = SeatType(_text(one.id), one.prior, read_profile(one.profile, terms))
        library.setdefault(one.seat, []).append(type_)
    for seat, types in library.items():
        _require(len(types) == terms.seat[seat].types, "not as many types as the seat has")
    return {seat: tuple(types) for seat, types in library.items()}


# --- observations ---


def read_package(octets: bytes, terms: Terms) -> Package:
    """Silence at the end is filled in."""
    issues = len(terms.domain.issue)
    _require(len(octets) <= MAX_ISSUES, "a package names too many issues")
    package = octets[:issues] + bytes([NO_OPTION]) * (issues - len(octets))
    _require(not octets[issues:].strip(b"\xff"), "a package names an issue that does not exist")
    _require(terms.domain.contains(package), "a package names an option that does not exist")
    return package


def _subject_fits(seen: Observation, terms: Terms, own: int) -> bool:
    issues = terms.domain.issue
    named = seen.issue < len(issues) and seen.option < issues[seen.issue].options
    kind = seen.kind
    if kind in (EventKind.RULE_OUT, EventKind.STATUS_QUO):
        return named
    if kind == EventKind.LEVER:
        return seen.subject < len(terms.lever)
    if kind == EventKind.WORLD:
        return seen.subject < len(terms.variable)
    if kind == EventKind.APPRAISAL:
        return seen.word < Aspect.TYPE or (
            seen.word == Aspect.TYPE and 0 <= seen.amount < terms.seat[own].types
        )
    if kind == EventKind.STATEMENT:
        silent = seen.option == NO_OPTION and (seen.issue < len(issues) or seen.issue == NO_OPTION)
        lever = seen.subject == NO_LEVER or seen.subject < len(terms.lever)
        return (named or silent) and lever and Say.DEMAND <= seen.word <= Say.DENY
    return True


def read_observation(wire: pb.Observation, terms: Terms, own: int) -> Observation:
    """One thing that the seat has come to know."""
    numbers = (wire.package, wire.issue, wire.option, wire.table, wire.subject, wire.word, wire.refused)
    good = wire.kind != 0 and all(0 <= number <= 255 for number in numbers)
    good = good and (wire.seat < len(terms.seat) or wire.seat == NO_SEAT) and math.isfinite(wire.amount)
    _require(good and wire.package < MAX_MENU and len(wire.menu) <= MAX_MENU, "an observation is out of range")
    seen = Observation(
        kind=EventKind(wire.kind),
        at=wire.at,
        seat=wire.seat,
        offer=wire.offer,
        menu=tuple(read_package(octets, terms) for octets in wire.menu),
        package=wire.package,
        expires_at=wire.expires_at,
        seats=wire.seats,
        ruling=Ruling(wire.ruling),
        refused=wire.refused,
        issue=wire.issue,
        option=wire.option,
        table=wire.table,
        subject=wire.subject,
        word=wire.word,
        amount=wire.amount,
    )
    tables = max(len(terms.table), 1)
    placed = seen.table < tables or seen.kind == EventKind.REFUSAL
    needs_menu = seen.kind == EventKind.OFFER and not seen.menu
    _require(placed and not needs_menu and _subject_fits(seen, terms, own), "told of what does not exist")
    return seen


# --- answers ---


def add_reply(answer: pb.Answer, at: int, reply: Reply) -> None:
    """One reply, to the occasion at that time."""
    wire = answer.reply.add()
    wire.at = at
    if reply.wake_at != NEVER:
        wire.wake_at = reply.wake_at
    for move in reply.moves:
        out = wire.move.add()
        out.kind = int(move.kind)
        out.menu.extend(package.rstrip(b"\xff") for package in move.menu)
        for name in ("valid_for", "offer", "package", "issue", "option", "table", "lever", "statement"):
            value = getattr(move, name)
            if value != 0:
                setattr(out, name, value)
        if move.level != 0.0:
            out.level = move.level
