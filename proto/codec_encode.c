#include <assert.h>
#include <string.h>

#include "core/base/text.h"
#include "proto/codec_wire.h"

#define SAME(wire, ours) static_assert((int)(wire) == (int)(ours), "the wire's words are ours")
SAME(NONPAPER__EVENT_KIND__EVENT_LAPSE, NP_EVENT_LAPSE);
SAME(NONPAPER__EVENT_KIND__EVENT_FAULT, NP_EVENT_FAULT);
SAME(NONPAPER__EVENT_KIND__EVENT_HORIZON, NP_EVENT_HORIZON);
SAME(NONPAPER__ACTION_KIND__WALK_OUT, NP_WALK_OUT);
SAME(NONPAPER__ACTION_KIND__STATEMENT, NP_STATEMENT);
SAME(NONPAPER__RULING__RULING_NOT_YOUR_ROLE, NP_RULING_NOT_YOUR_ROLE);
SAME(NONPAPER__STATEMENT_KIND__SAY_DENY, NP_SAY_DENY);
SAME(NONPAPER__REFUSED__WHY__MALFORMED, REFUSAL_MALFORMED);

/* --- short frames --- */

/* A string that a frame may carry: cut at a character's end, visible where it is not UTF-8. */
static char *wire_text(Arena *arena, const char *text) {
    size_t length = strlen(text);
    if (length < CODEC_MAX_TEXT && text_is_utf8(text, length))
        return arena_text(arena, text, length);
    char *cut = arena_new(arena, CODEC_MAX_TEXT);
    return text_safe(cut, CODEC_MAX_TEXT, text);
}

static void frame_of(FrameWriter *writer, FrameKind kind, const ProtobufCMessage *message) {
    size_t size = protobuf_c_message_get_packed_size(message);
    writer->kind = kind;
    uint8_t *packed = arena_new(&writer->arena, size + 1);
    protobuf_c_message_pack(message, packed);
    wire_add(writer, packed, size);
}

void frame_hello(FrameWriter *writer, const Hello *hello) {
    Nonpaper__Hello wire = NONPAPER__HELLO__INIT;
    frame_clear(writer);
    wire.has_lowest = wire.has_highest = true;
    wire.lowest = hello->lowest;
    wire.highest = hello->highest;
    wire.seat = wire_text(&writer->arena, hello->seat);
    if (hello->strategy && *hello->strategy)
        wire.strategy = wire_text(&writer->arena, hello->strategy);
    wire.has_deterministic = wire.deterministic = hello->deterministic;
    if (hello->software && *hello->software)
        wire.software = wire_text(&writer->arena, hello->software);
    frame_of(writer, FRAME_HELLO, &wire.base);
}

void frame_welcome(FrameWriter *writer, uint32_t version) {
    Nonpaper__Welcome wire = NONPAPER__WELCOME__INIT;
    frame_clear(writer);
    wire.has_version = true;
    wire.version = version;
    frame_of(writer, FRAME_WELCOME, &wire.base);
}

void frame_refused(FrameWriter *writer, const Refusal *refusal) {
    Nonpaper__Refused wire = NONPAPER__REFUSED__INIT;
    frame_clear(writer);
    wire.has_why = true;
    wire.why = (Nonpaper__Refused__Why)refusal->why;
    wire.text = wire_text(&writer->arena, refusal->text);
    if (refusal->nearest && *refusal->nearest)
        wire.nearest = wire_text(&writer->arena, refusal->nearest);
    wire.has_lowest = wire.has_highest = refusal->why == REFUSAL_VERSION;
    wire.lowest = refusal->lowest;
    wire.highest = refusal->highest;
    frame_of(writer, FRAME_REFUSED, &wire.base);
}

void frame_fault(FrameWriter *writer, const char *text) {
    Nonpaper__Fault wire = NONPAPER__FAULT__INIT;
    frame_clear(writer);
    wire.text = wire_text(&writer->arena, text);
    frame_of(writer, FRAME_FAULT, &wire.base);
}

void frame_goodbye(FrameWriter *writer, const char *text) {
    Nonpaper__Goodbye wire = NONPAPER__GOODBYE__INIT;
    frame_clear(writer);
    if (text && *text) wire.text = wire_text(&writer->arena, text);
    frame_of(writer, FRAME_GOODBYE, &wire.base);
}

/* --- orders --- */

bool frame_add_dossier(FrameWriter *writer, uint32_t number, Bytes body, Error *error) {
    assert(number < CODEC_MAX_DOSSIERS);
    if (writer->length + body.length + 32 > CODEC_MAX_FRAME)
        return error_set(error, ERROR_PROTOCOL, "a frame cannot hold so many bytes");
    uint32_t messages = 1 + wire_count(&nonpaper__dossier__descriptor, body);
    if (!wire_begin(writer, FRAME_ORDERS, messages, error)) return false;
    wire_add_varint(writer, 1 << 3 | 2); /* Orders.dossier; its number is one key and one octet */
    wire_add_varint(writer, body.length + 2);
    wire_add(writer, (uint8_t[]){1 << 3, (uint8_t)number}, 2);
    wire_add(writer, body.at, body.length);
    return true;
}

bool frame_add_open_run(FrameWriter *writer, const Brief *brief, uint32_t dossier, Error *error) {
    Nonpaper__OpenRun wire = NONPAPER__OPEN_RUN__INIT;
    arena_reset(&writer->arena);
    wire.has_run = wire.has_dossier = wire.has_seat = true;
    wire.has_luck_first = wire.has_luck_second = true;
    wire.run = brief->run;
    wire.dossier = dossier;
    wire.seat = brief->seat;
    wire.luck_first = brief->luck.word[0];
    wire.luck_second = brief->luck.word[1];
    wire.strategy = wire_text(&writer->arena, brief->strategy ? brief->strategy : "");
    return wire_begin(writer, FRAME_ORDERS, 1, error) &&
           wire_add_message(writer, 2, &wire.base, error);
}

bool frame_add_close_run(FrameWriter *writer, uint64_t run, Error *error) {
    if (!wire_begin(writer, FRAME_ORDERS, 1, error)) return false;
    wire_add_varint(writer, 4 << 3); /* Orders.close_run */
    wire_add_varint(writer, run);
    return true;
}

static ProtobufCBinaryData *encode_menu(Arena *arena, const Outcome *menu, size_t packages) {
    ProtobufCBinaryData *wire = arena_new(arena, packages * sizeof *wire);
    for (size_t i = 0; i < packages; i++) wire[i] = wire_outcome(&menu[i]);
    return wire;
}

static void encode_observation(Arena *arena, const Observation *seen, Nonpaper__Observation *wire) {
    nonpaper__observation__init(wire);
    wire->has_kind = wire->has_at = true;
    wire->kind = (Nonpaper__EventKind)seen->kind;
    wire->at = seen->at;
    wire->has_seat = (wire->seat = seen->seat) != NP_NO_SEAT;
    wire->has_offer = (wire->offer = seen->offer) != 0;
    wire->has_package = (wire->package = seen->package) != 0;
    wire->has_expires_at = (wire->expires_at = seen->expires_at) != 0;
    wire->has_seats = (wire->seats = seen->seats) != 0;
    wire->has_ruling = (wire->ruling = (Nonpaper__Ruling)seen->ruling) != 0;
    wire->has_refused = (wire->refused = (Nonpaper__ActionKind)seen->refused) != 0;
    wire->has_issue = (wire->issue = seen->issue) != 0;
    wire->has_option = (wire->option = seen->option) != 0;
    wire->has_table = (wire->table = seen->table) != 0;
    wire->has_subject = (wire->subject = seen->subject) != 0;
    wire->has_word = (wire->word = seen->word) != 0;
    wire->has_amount = (wire->amount = seen->amount) != 0;
    assert(seen->packages <= NP_MAX_MENU && __builtin_isfinite(seen->amount));
    if ((wire->n_menu = seen->packages))
        wire->menu = encode_menu(arena, seen->menu, seen->packages);
}

static Nonpaper__Observation **encode_observations(Arena *arena, const Observation *const *seen,
                                                   uint32_t count) {
    Nonpaper__Observation **list = arena_new(arena, count * sizeof *list);
    Nonpaper__Observation *wire = arena_new(arena, count * sizeof *wire);
    for (uint32_t i = 0; i < count; i++) {
        encode_observation(arena, seen[i], &wire[i]);
        list[i] = &wire[i];
    }
    return list;
}

static Nonpaper__Occasion **encode_occasions(Arena *arena, const Grant *grant) {
    Nonpaper__Occasion **list = arena_new(arena, grant->occasions * sizeof *list);
    Nonpaper__Occasion *wire = arena_new(arena, grant->occasions * sizeof *wire);
    Nonpaper__Observation **seen =
        encode_observations(arena, grant->observation, grant->observations);
    for (uint32_t i = 0; i < grant->occasions; i++) {
        const Occasion *occasion = &grant->occasion[i];
        nonpaper__occasion__init(&wire[i]);
        wire[i].has_at = true;
        wire[i].at = occasion->at;
        wire[i].has_woken = wire[i].woken = occasion->woken;
        wire[i].n_observation = occasion->observations;
        wire[i].observation = seen;
        seen += occasion->observations;
        list[i] = &wire[i];
    }
    return list;
}

bool frame_add_grant(FrameWriter *writer, const Grant *grant, Error *error) {
    Nonpaper__Grant wire = NONPAPER__GRANT__INIT;
    if (grant->occasions > CODEC_MAX_REPLIES || grant->observations > CODEC_MAX_MESSAGES)
        return error_set(error, ERROR_PROTOCOL, "a grant has too many occasions");
    uint32_t messages = 1 + grant->occasions + grant->observations;
    if (!wire_begin(writer, FRAME_ORDERS, messages, error)) return false;
    arena_reset(&writer->arena);
    wire.has_run = true;
    wire.run = grant->run;
    wire.n_occasion = grant->occasions;
    wire.occasion = encode_occasions(&writer->arena, grant);
    writer->replies += grant->occasions;
    return wire_add_message(writer, 3, &wire.base, error);
}

/* --- answers --- */

static void encode_move(Arena *arena, const Action *action, Nonpaper__Move *wire) {
    nonpaper__move__init(wire);
    wire->has_kind = true;
    wire->kind = (Nonpaper__ActionKind)action->kind;
    wire->has_valid_for = (wire->valid_for = action->valid_for) != 0;
    wire->has_offer = (wire->offer = action->offer) != 0;
    wire->has_package = (wire->package = action->package) != 0;
    wire->has_issue = (wire->issue = action->issue) != 0;
    wire->has_option = (wire->option = action->option) != 0;
    wire->has_table = (wire->table = action->table) != 0;
    wire->has_lever = (wire->lever = action->lever) != 0;
    wire->has_statement = (wire->statement = action->statement) != 0;
    wire->has_level = (wire->level = action->level) != 0;
    if (action->packages == 0 || action->packages > NP_MAX_MENU) return;
    wire->n_menu = action->packages;
    wire->menu = encode_menu(arena, action->menu, action->packages);
}

static Nonpaper__Move **encode_moves(Arena *arena, const Reply *reply) {
    Nonpaper__Move **list = arena_new(arena, reply->moves * sizeof *list);
    Nonpaper__Move *wire = arena_new(arena, reply->moves * sizeof *wire);
    for (uint32_t i = 0; i < reply->moves; i++) {
        encode_move(arena, &reply->move[i], &wire[i]);
        list[i] = &wire[i];
    }
    return list;
}

static void encode_reply(Arena *arena, const Reply *reply, Nonpaper__Reply *wire) {
    nonpaper__reply__init(wire);
    wire->has_at = true;
    wire->at = reply->at;
    wire->has_wake_at = (wire->wake_at = reply->wake_at) != NP_NEVER;
    if ((wire->n_move = reply->moves)) wire->move = encode_moves(arena, reply);
}

/* How many messages the answer is; 0 when a reply has more moves than there can be. */
static uint32_t answer_messages(const Answer *answer) {
    uint32_t messages = 1;
    for (uint32_t i = 0; i < answer->replies; i++) {
        if (answer->reply[i].moves > NP_MAX_MOVES) return 0;
        messages += 1 + answer->reply[i].moves;
    }
    return messages;
}

bool frame_add_answer(FrameWriter *writer, const Answer *answer, Error *error) {
    Nonpaper__Answer wire = NONPAPER__ANSWER__INIT;
    if (answer->replies > CODEC_MAX_REPLIES - writer->replies)
        return error_set(error, ERROR_PROTOCOL, "a frame cannot hold so many replies");
    uint32_t messages = answer_messages(answer);
    if (!messages)
        return error_set(error, ERROR_AGENT, "a reply has more than %d moves", NP_MAX_MOVES);
    if (!wire_begin(writer, FRAME_ANSWERS, messages, error)) return false;
    arena_reset(&writer->arena);
    Nonpaper__Reply *reply = arena_new(&writer->arena, answer->replies * sizeof *reply);
    wire.reply = arena_new(&writer->arena, answer->replies * sizeof *wire.reply);
    for (uint32_t i = 0; i < answer->replies; i++) {
        encode_reply(&writer->arena, &answer->reply[i], &reply[i]);
        wire.reply[i] = &reply[i];
    }
    wire.has_run = true;
    wire.run = answer->run;
    wire.n_reply = answer->replies;
    writer->replies += answer->replies;
    return wire_add_message(writer, 1, &wire.base, error);
}
