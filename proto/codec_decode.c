#include <assert.h>
#include <string.h>

#include "proto/codec_wire.h"

static bool refuse(Error *error, const char *what) {
    return error_set(error, ERROR_PROTOCOL, "%s", what);
}

void frame_reader_init(FrameReader *reader) {
    arena_init(&reader->arena);
}

void frame_reader_finish(FrameReader *reader) {
    arena_finish(&reader->arena);
}

bool wire_read_menu(size_t count, const ProtobufCBinaryData *wire, Outcome menu[NP_MAX_MENU],
                    Error *error) {
    if (count > NP_MAX_MENU) return refuse(error, "a menu has too many packages");
    for (size_t i = 0; i < count; i++) {
        memset(menu[i].option, NP_NO_OPTION, sizeof menu[i].option);
        if (wire[i].len > NP_MAX_ISSUES) return refuse(error, "a package names too many issues");
        if (wire[i].len) memcpy(menu[i].option, wire[i].data, wire[i].len);
    }
    return true;
}

/* --- orders --- */

static bool proper_seat(uint32_t seat) {
    return seat < NP_MAX_SEATS || seat == NP_NO_SEAT;
}

static bool proper_observation(const Nonpaper__Observation *wire) {
    const int kind = (int)wire->kind;
    return kind >= NP_EVENT_OPENING && kind <= NP_EVENT_HORIZON && proper_seat(wire->seat) &&
           wire->package < NP_MAX_MENU && (uint32_t)wire->ruling <= NP_RULING_NOT_YOUR_ROLE &&
           wire_octet((uint32_t)wire->refused) && wire_octet(wire->issue) &&
           wire_octet(wire->option) && wire->table < NP_MAX_TABLES && wire_octet(wire->subject) &&
           wire_octet(wire->word) && __builtin_isfinite(wire->amount);
}

static bool read_observation(const Nonpaper__Observation *wire, Observation *seen, Error *error) {
    if (!proper_observation(wire)) return refuse(error, "an observation is out of range");
    seen->kind = (uint8_t)wire->kind;
    seen->at = wire->at;
    seen->seat = (uint8_t)wire->seat;
    seen->offer = wire->offer;
    seen->package = (uint8_t)wire->package;
    seen->packages = (uint8_t)wire->n_menu;
    seen->expires_at = wire->expires_at;
    seen->seats = wire->seats;
    seen->ruling = (uint8_t)wire->ruling;
    seen->refused = (uint8_t)wire->refused;
    seen->issue = (uint8_t)wire->issue;
    seen->option = (uint8_t)wire->option;
    seen->table = (uint8_t)wire->table;
    seen->subject = (uint8_t)wire->subject;
    seen->word = (uint8_t)wire->word;
    seen->amount = wire->amount;
    return wire_read_menu(wire->n_menu, wire->menu, seen->menu, error);
}

static bool read_occasion(const Nonpaper__Occasion *wire, Occasion *occasion,
                          const Observation **list, Observation *seen, Error *error) {
    *occasion = (Occasion){wire->at, wire->woken, (uint32_t)wire->n_observation};
    for (uint32_t i = 0; i < occasion->observations; i++) {
        list[i] = &seen[i];
        if (!read_observation(wire->observation[i], &seen[i], error)) return false;
    }
    return true;
}

static uint32_t count_observations(const Nonpaper__Grant *wire) {
    uint32_t count = 0;
    for (size_t i = 0; i < wire->n_occasion; i++)
        count += (uint32_t)wire->occasion[i]->n_observation;
    return count;
}

static bool read_grant(Arena *arena, const Nonpaper__Grant *wire, Grant *grant, Error *error) {
    uint32_t observations = count_observations(wire), taken = 0;
    Occasion *occasion = arena_new(arena, wire->n_occasion * sizeof *occasion);
    const Observation **list = arena_new(arena, observations * sizeof *list);
    Observation *seen = arena_new(arena, observations * sizeof *seen);
    if (wire->n_occasion == 0) return refuse(error, "a grant without an occasion");
    for (size_t i = 0; i < wire->n_occasion; i++) {
        if (!read_occasion(wire->occasion[i], &occasion[i], list + taken, seen + taken, error))
            return false;
        if (i > 0 && occasion[i].at <= occasion[i - 1].at)
            return refuse(error, "a grant's occasions are out of order");
        taken += occasion[i].observations;
    }
    *grant =
        (Grant){wire->run, NP_NO_SEAT, (uint32_t)wire->n_occasion, occasion, observations, list};
    return true;
}

static bool read_open_run(const Nonpaper__OpenRun *wire, OpenRun *open, Error *error) {
    if (wire->dossier >= CODEC_MAX_DOSSIERS || wire->seat >= NP_MAX_SEATS)
        return refuse(error, "a run's dossier or seat is out of range");
    *open = (OpenRun){wire->run,
                      wire->dossier,
                      (SeatId)wire->seat,
                      {{wire->luck_first, wire->luck_second}},
                      wire->strategy ? wire->strategy : ""};
    return true;
}

static bool read_runs(Arena *arena, const Nonpaper__Orders *wire, Orders *orders, Error *error) {
    DossierOnWire *dossier = arena_new(arena, wire->n_dossier * sizeof *dossier);
    OpenRun *open = arena_new(arena, wire->n_open_run * sizeof *open);
    orders->dossiers = (uint32_t)wire->n_dossier;
    orders->dossier = dossier;
    orders->open_runs = (uint32_t)wire->n_open_run;
    orders->open_run = open;
    for (size_t i = 0; i < wire->n_dossier; i++) {
        dossier[i] = (DossierOnWire){wire->dossier[i]->number, wire->dossier[i]};
        if (dossier[i].number >= CODEC_MAX_DOSSIERS)
            return refuse(error, "a dossier's number is out of range");
    }
    for (size_t i = 0; i < wire->n_open_run; i++)
        if (!read_open_run(wire->open_run[i], &open[i], error)) return false;
    return true;
}

bool wire_read_orders(Arena *arena, const Nonpaper__Orders *wire, Orders *orders, Error *error) {
    *orders = (Orders){0};
    if (!read_runs(arena, wire, orders, error)) return false;
    Grant *grant = arena_new(arena, wire->n_grant * sizeof *grant);
    orders->grants = (uint32_t)wire->n_grant;
    orders->grant = grant;
    orders->close_runs = (uint32_t)wire->n_close_run;
    orders->close_run = wire->close_run;
    for (size_t i = 0; i < wire->n_grant; i++)
        if (!read_grant(arena, wire->grant[i], &grant[i], error)) return false;
    return true;
}

/* --- answers --- */

static bool proper_move(const Nonpaper__Move *wire) {
    return wire_octet((uint32_t)wire->kind) && wire_octet(wire->package) &&
           wire_octet(wire->issue) && wire_octet(wire->option) && wire_octet(wire->table) &&
           wire_octet(wire->lever) && wire_octet(wire->statement);
}

static bool read_move(const Nonpaper__Move *wire, Action *action, Error *error) {
    if (!proper_move(wire)) return refuse(error, "a move is out of range");
    action->kind = (uint8_t)wire->kind;
    action->packages = (uint8_t)wire->n_menu;
    action->package = (uint8_t)wire->package;
    action->issue = (uint8_t)wire->issue;
    action->option = (uint8_t)wire->option;
    action->table = (uint8_t)wire->table;
    action->lever = (uint8_t)wire->lever;
    action->statement = (uint8_t)wire->statement;
    action->level = wire->level;
    action->offer = wire->offer;
    action->valid_for = wire->valid_for;
    return wire_read_menu(wire->n_menu, wire->menu, action->menu, error);
}

static bool read_reply(const Nonpaper__Reply *wire, Reply *reply, Error *error) {
    if (wire->n_move > NP_MAX_MOVES) return refuse(error, "a reply has too many moves");
    reply->at = wire->at;
    reply->wake_at = wire->has_wake_at ? wire->wake_at : NP_NEVER;
    reply->moves = (uint32_t)wire->n_move;
    for (size_t i = 0; i < wire->n_move; i++)
        if (!read_move(wire->move[i], &reply->move[i], error)) return false;
    return true;
}

static bool read_answer(Arena *arena, const Nonpaper__Answer *wire, Answer *answer, Error *error) {
    Reply *reply = arena_new(arena, wire->n_reply * sizeof *reply);
    for (size_t i = 0; i < wire->n_reply; i++)
        if (!read_reply(wire->reply[i], &reply[i], error)) return false;
    *answer = (Answer){wire->run, NP_NO_SEAT, (uint32_t)wire->n_reply, reply};
    return true;
}

/* A reply is two octets on the wire and a thousand here: hence a bound of their own. */
static bool few_replies(const Nonpaper__Answers *wire) {
    size_t replies = 0;
    for (size_t i = 0; i < wire->n_answer; i++) replies += wire->answer[i]->n_reply;
    return replies <= CODEC_MAX_REPLIES;
}

bool wire_read_answers(Arena *arena, const Nonpaper__Answers *wire, Answers *answers,
                       Error *error) {
    if (!few_replies(wire)) return refuse(error, "a frame has too many replies");
    answers->answers = (uint32_t)wire->n_answer;
    answers->answer = arena_new(arena, wire->n_answer * sizeof *answers->answer);
    for (size_t i = 0; i < wire->n_answer; i++)
        if (!read_answer(arena, wire->answer[i], &answers->answer[i], error)) return false;
    return true;
}

/* --- short frames --- */

static const char *text_of(const char *text) {
    return text ? text : "";
}

static bool read_hello(const Nonpaper__Hello *wire, Hello *hello, Error *error) {
    if (!wire->seat || !wire->has_lowest || !wire->has_highest || wire->lowest > wire->highest)
        return refuse(error, "a hello without a seat or versions");
    *hello =
        (Hello){wire->lowest,        wire->highest,          wire->seat, text_of(wire->strategy),
                wire->deterministic, text_of(wire->software)};
    return true;
}

static void read_refused(const Nonpaper__Refused *wire, Refusal *refusal) {
    bool known = (uint32_t)wire->why <= REFUSAL_MALFORMED;
    *refusal = (Refusal){known ? (RefusalWhy)wire->why : REFUSAL_UNSPECIFIED, text_of(wire->text),
                         text_of(wire->nearest), wire->lowest, wire->highest};
}

static bool read_said(Arena *arena, const Nonpaper__Frame *wire, Frame *frame, Error *error) {
    frame->kind = (FrameKind)wire->said_case;
    switch (wire->said_case) {
    case NONPAPER__FRAME__SAID_HELLO: return read_hello(wire->hello, &frame->hello, error);
    case NONPAPER__FRAME__SAID_WELCOME: frame->version = wire->welcome->version; return true;
    case NONPAPER__FRAME__SAID_REFUSED: read_refused(wire->refused, &frame->refused); return true;
    case NONPAPER__FRAME__SAID_ORDERS:
        return wire_read_orders(arena, wire->orders, &frame->orders, error);
    case NONPAPER__FRAME__SAID_ANSWERS:
        return wire_read_answers(arena, wire->answers, &frame->answers, error);
    case NONPAPER__FRAME__SAID_FAULT: frame->text = text_of(wire->fault->text); return true;
    case NONPAPER__FRAME__SAID_GOODBYE: frame->text = text_of(wire->goodbye->text); return true;
    default: return refuse(error, "a frame that says nothing known");
    }
}

/* A frame is one field: its key, its length, and nothing after it. */
static bool says_one_thing(Bytes bytes) {
    size_t length = 0, at = 1;
    for (unsigned shift = 0; at < bytes.length && at <= 5; shift += 7) {
        length |= (size_t)(bytes.at[at] & 0x7f) << shift;
        if (bytes.at[at++] < 0x80) return bytes.length - at == length;
    }
    return false;
}

bool frame_read(FrameReader *reader, Bytes bytes, Frame *frame, Error *error) {
    arena_reset(&reader->arena);
    frame->kind = FRAME_EMPTY;
    if (bytes.length == 0) return true;
    if (bytes.length > CODEC_MAX_FRAME) return refuse(error, "a frame is too long");
    if (!says_one_thing(bytes)) return refuse(error, "a frame that does not say one thing");
    if (!wire_scan(&nonpaper__frame__descriptor, bytes, error)) return false;
    ProtobufCAllocator allocator = wire_allocator(&reader->arena);
    Nonpaper__Frame *wire = nonpaper__frame__unpack(&allocator, bytes.length, bytes.at);
    if (!wire) return refuse(error, "a frame that does not parse");
    return read_said(&reader->arena, wire, frame, error);
}
