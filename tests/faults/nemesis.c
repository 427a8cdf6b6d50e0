#include "tests/faults/nemesis.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "core/base/memory.h"

enum { LETTERS = 256, VAIN_WAITS = 200, MOST_RECEIVES = 2000000 };

/* One arrival on its way to the broker. */
typedef struct Letter {
    ArrivalKind kind;
    SeatId seat;
    bool held; /* back until there is nothing else */
    bool lie;
    bool spoiled; /* not what its agent said, or not when */
    uint32_t answers;
    Answer *answer; /* its own, replies and all */
    const char *detail;
} Letter;

struct Nemesis {
    Channel channel; /* the broker's end; first */
    NemesisPlan plan;
    Channel *inner;
    Actor actor[NP_MAX_SEATS];
    Rng luck;
    Letter letter[LETTERS];
    uint32_t letters;
    Letter lent;
    SeatSet dead;    /* nothing reaches them and nothing comes from them */
    SeatSet revived; /* not the first agent of their seat */
    SeatSet away;    /* the next one does not come */
    bool break_next, stop;
    uint32_t waits_in_vain;
    uint64_t receives, heard;
    SimTime taken_until[NP_MAX_SEATS][ACTOR_MAX_RUNS]; /* answers of each seat's first agent */
    Damage damage;
};

static Nemesis *of(Channel *channel) {
    return (Nemesis *)channel;
}

/* --- letters --- */

static void letter_burn(Letter *letter) {
    for (uint32_t i = 0; i < letter->answers; i++)
        memory_free((void *)(uintptr_t)letter->answer[i].reply);
    memory_free(letter->answer);
    *letter = (Letter){0};
}

static Letter letter_copy(const Arrival *arrival) {
    Letter letter = {.kind = arrival->kind, .seat = arrival->seat, .answers = arrival->answers};
    letter.answer = memory_new(arrival->answers + 1, sizeof(Answer));
    for (uint32_t i = 0; i < arrival->answers; i++) {
        const Answer *from = &arrival->answer[i];
        Reply *reply = memory_new(from->replies + 1, sizeof *reply);
        if (from->replies > 0) memcpy(reply, from->reply, from->replies * sizeof *reply);
        letter.answer[i] = (Answer){from->run, from->seat, from->replies, reply};
    }
    return letter;
}

static void post(Nemesis *nemesis, Letter letter) {
    assert_true(nemesis->letters < LETTERS);
    nemesis->letter[nemesis->letters++] = letter;
}

static void post_fault(Nemesis *nemesis, SeatId seat, const char *what) {
    post(nemesis, (Letter){.kind = ARRIVAL_FAULT, .seat = seat, .detail = what});
}

static Letter take_letter(Nemesis *nemesis, uint32_t which) {
    Letter letter = nemesis->letter[which];
    memmove(&nemesis->letter[which], &nemesis->letter[which + 1],
            (nemesis->letters - which - 1) * sizeof letter);
    nemesis->letters--;
    return letter;
}

static void burn_letters_of(Nemesis *nemesis, SeatId seat) {
    for (uint32_t i = nemesis->letters; i-- > 0;) {
        if (nemesis->letter[i].seat != seat) continue;
        Letter letter = take_letter(nemesis, i);
        letter_burn(&letter);
    }
}

/* --- blows --- */

static void strike(Nemesis *nemesis, SeatId seat) {
    nemesis->damage.strikes[seat]++;
}

static void kill_agent(Nemesis *nemesis, SeatId seat) {
    if (seat_in(nemesis->dead, seat)) return;
    strike(nemesis, seat);
    burn_letters_of(nemesis, seat);
    nemesis->dead |= seat_bit(seat);
    post_fault(nemesis, seat, "its process was killed");
}

/* Nobody waits for this seat with the others unless somebody says that it is silent. */
static void fall_silent(Nemesis *nemesis, SeatId seat) {
    strike(nemesis, seat);
    if (!nemesis->plan.one_at_once) post_fault(nemesis, seat, "it fell silent");
}

/* What no agent says; brought back, it is not given another chance. */
static void spoil(Nemesis *nemesis, Letter *letter, Blow blow) {
    Answer *answer = &letter->answer[rng_below(&nemesis->luck, letter->answers)];
    Reply *reply = (Reply *)(uintptr_t)answer->reply;
    strike(nemesis, letter->seat);
    nemesis->damage.doomed[letter->seat] |= seat_in(nemesis->revived, letter->seat);
    letter->spoiled = true;
    if (blow == BLOW_TOO_FEW || answer->replies == 0)
        answer->replies = answer->replies > 0 ? answer->replies - 1 : UINT32_MAX;
    else if (blow == BLOW_WRONG_MOMENT)
        reply[rng_below(&nemesis->luck, answer->replies)].at +=
            rng_below(&nemesis->luck, 2) ? 1 : -1;
    else
        reply[rng_below(&nemesis->luck, answer->replies)].moves = NP_MAX_MOVES + 1;
}

static void duplicate(Nemesis *nemesis, const Letter *letter) {
    Arrival arrival = {.kind = letter->kind,
                       .seat = letter->seat,
                       .answers = letter->answers,
                       .answer = letter->answer};
    Letter again = letter_copy(&arrival);
    again.spoiled = true;
    again.held = rng_below(&nemesis->luck, 2) == 0;
    strike(nemesis, letter->seat);
    nemesis->damage.doomed[letter->seat] |= seat_in(nemesis->revived, letter->seat);
    post(nemesis, again);
}

static void mislead(Nemesis *nemesis, Letter *letter) {
    letter->answer[rng_below(&nemesis->luck, letter->answers)].run = 77;
    letter->spoiled = true;
    nemesis->damage.doomed[letter->seat] |= seat_in(nemesis->revived, letter->seat);
    post(nemesis, *letter);
    fall_silent(nemesis, letter->seat);
}

static void lose(Nemesis *nemesis, Letter *letter) {
    SeatId seat = letter->seat;
    letter_burn(letter);
    fall_silent(nemesis, seat);
}

static void cut_off(Nemesis *nemesis, const Letter *letter) {
    post(nemesis, *letter);
    strike(nemesis, letter->seat);
    nemesis->dead |= seat_bit(letter->seat);
    post_fault(nemesis, letter->seat, "its line was cut");
}

static void kill_some(Nemesis *nemesis, Letter *letter, Blow blow) {
    SeatId seat = letter->seat;
    letter_burn(letter);
    if (blow == BLOW_STAY_AWAY) {
        nemesis->damage.doomed[seat] = true;
        nemesis->away |= seat_bit(seat);
    }
    kill_agent(nemesis, seat);
    for (SeatId other = 0; other < NP_MAX_SEATS && blow == BLOW_KILL_ALL; other++)
        kill_agent(nemesis, other);
}

static void hold_back(Nemesis *nemesis, Letter *letter) {
    letter->held = true;
    post(nemesis, *letter);
}

static Blow any_blow(Nemesis *nemesis) {
    static const Blow another = BLOW_DELAY;
    Blow blow = (Blow)rng_below(&nemesis->luck, BLOWS);
    bool ends = blow == BLOW_BREAK || blow == BLOW_STOP || blow == BLOW_STAY_AWAY;
    if (ends && (nemesis->plan.patient || rng_below(&nemesis->luck, 2) > 0)) return another;
    return blow == BLOW_STAY_AWAY && !nemesis->plan.one_at_once ? another : blow;
}

static void hit(Nemesis *nemesis, Letter *letter, Blow blow) {
    nemesis->damage.blows[blow]++;
    switch (blow) {
    case BLOW_DROP: lose(nemesis, letter); return;
    case BLOW_DELAY: hold_back(nemesis, letter); return;
    case BLOW_DUPLICATE: duplicate(nemesis, letter); break;
    case BLOW_CUT_OFF: cut_off(nemesis, letter); return;
    case BLOW_KILL:
    case BLOW_KILL_ALL:
    case BLOW_STAY_AWAY: kill_some(nemesis, letter, blow); return;
    case BLOW_WRONG_RUN: mislead(nemesis, letter); return;
    case BLOW_BREAK: nemesis->break_next = true; break;
    case BLOW_STOP: nemesis->stop = true; break;
    default: spoil(nemesis, letter, blow); break;
    }
    post(nemesis, *letter);
}

static bool escapes(Nemesis *nemesis, const Letter *letter) {
    return letter->kind != ARRIVAL_ANSWERS || nemesis->plan.one_in == 0 ||
           rng_below(&nemesis->luck, nemesis->plan.one_in) > 0;
}

/* All that the players have said comes into the hands of the nemesis. */
static void collect(Nemesis *nemesis) {
    Arrival arrival = {0};
    for (;;) {
        nemesis->inner->type->receive(nemesis->inner, 0, &arrival, NULL);
        if (arrival.kind == ARRIVAL_NOTHING) return;
        if (seat_in(nemesis->dead, arrival.seat)) continue;
        Letter letter = letter_copy(&arrival);
        letter.lie = letter.answers == 1 && nemesis->actor[arrival.seat].lied;
        nemesis->actor[arrival.seat].lied = false;
        bool fated = letter.kind == ARRIVAL_ANSWERS && ++nemesis->heard == nemesis->plan.kill_at;
        if (fated) kill_agent(nemesis, 0);
        if (fated && letter.seat == 0)
            letter_burn(&letter);
        else if (escapes(nemesis, &letter))
            post(nemesis, letter);
        else
            hit(nemesis, &letter, any_blow(nemesis));
    }
}

/* --- the broker's end --- */

static bool nemesis_open_run(Channel *channel, const Brief *brief, Error *error) {
    Nemesis *nemesis = of(channel);
    if (seat_in(nemesis->dead, brief->seat)) return true;
    return nemesis->inner->type->open_run(nemesis->inner, brief, error);
}

static bool nemesis_grant(Channel *channel, const Grant *grant, Error *error) {
    Nemesis *nemesis = of(channel);
    if (seat_in(nemesis->dead, grant->seat)) return true;
    return nemesis->inner->type->grant(nemesis->inner, grant, error);
}

static bool nemesis_flush(Channel *channel, Error *error) {
    Nemesis *nemesis = of(channel);
    return nemesis->inner->type->flush(nemesis->inner, error);
}

static uint32_t choose_letter(Nemesis *nemesis) {
    uint32_t first = rng_below(&nemesis->luck, nemesis->letters), held = first;
    for (uint32_t i = 0; i < nemesis->letters; i++) {
        uint32_t at = (first + i) % nemesis->letters;
        /* What one seat says stays in its order. */
        for (uint32_t k = 0; k < at; k++)
            if (nemesis->letter[k].seat == nemesis->letter[at].seat) at = k;
        if (!nemesis->letter[at].held) return at;
        held = at;
    }
    return held;
}

static void note_taken(Nemesis *nemesis, const Letter *letter) {
    if (letter->spoiled) return;
    for (uint32_t i = 0; i < letter->answers; i++) {
        const Answer *answer = &letter->answer[i];
        if (answer->replies == 0) continue;
        if (letter->lie) {
            nemesis->damage.lied_in |= UINT64_C(1) << answer->run;
            nemesis->damage.liars |= seat_bit(letter->seat);
        }
        if (!seat_in(nemesis->revived, letter->seat))
            nemesis->taken_until[letter->seat][answer->run - 1] =
                answer->reply[answer->replies - 1].at;
    }
}

static void deliver(Nemesis *nemesis, Arrival *arrival) {
    letter_burn(&nemesis->lent);
    nemesis->lent = take_letter(nemesis, choose_letter(nemesis));
    const Letter *letter = &nemesis->lent;
    note_taken(nemesis, letter);
    *arrival = (Arrival){.kind = letter->kind,
                         .seat = letter->seat,
                         .answers = letter->answers,
                         .answer = letter->answer,
                         .deterministic = true};
    if (letter->detail != NULL)
        snprintf(arrival->detail, sizeof arrival->detail, "%s", letter->detail);
}

static bool nemesis_receive(Channel *channel, int timeout_ms, Arrival *arrival, Error *error) {
    Nemesis *nemesis = of(channel);
    (void)timeout_ms;
    collect(nemesis);
    assert_true(++nemesis->receives < MOST_RECEIVES);
    *arrival = (Arrival){.kind = ARRIVAL_NOTHING, .seat = NP_NO_SEAT};
    if (nemesis->break_next) {
        nemesis->damage.broken = true;
        return error_set(error, ERROR_UNAVAILABLE, "the channel broke");
    }
    /* Whoever waits in vain for ever hangs. */
    if (++nemesis->waits_in_vain == VAIN_WAITS)
        fail_msg("plan %llu: it hangs", (unsigned long long)nemesis->plan.seed);
    if (nemesis->letters == 0) return true;
    nemesis->waits_in_vain = 0;
    deliver(nemesis, arrival);
    return true;
}

static bool nemesis_close_run(Channel *channel, uint64_t run, SeatSet seats, Error *error) {
    Nemesis *nemesis = of(channel);
    return nemesis->inner->type->close_run(nemesis->inner, run, seats & ~nemesis->dead, error);
}

static void nemesis_forget(Channel *channel, SeatId seat) {
    Nemesis *nemesis = of(channel);
    burn_letters_of(nemesis, seat);
    nemesis->dead |= seat_bit(seat);
}

static void leave_it_alone(Channel *channel) {
    (void)channel;
}

static const ChannelType nemesis_type = {
    .name = "nemesis",
    .open_run = nemesis_open_run,
    .grant = nemesis_grant,
    .flush = nemesis_flush,
    .receive = nemesis_receive,
    .close_run = nemesis_close_run,
    .forget = nemesis_forget,
    .destroy = leave_it_alone,
};

/* --- restarts --- */

static bool revive(void *context, SeatId seat, const char *what) {
    Nemesis *nemesis = context;
    (void)what;
    assert_true(seat_in(nemesis->dead, seat));
    /* Whatever the players have said so far is the old agent's. */
    collect(nemesis);
    burn_letters_of(nemesis, seat);
    actor_die(&nemesis->actor[seat]);
    nemesis->damage.restarts++;
    nemesis->revived |= seat_bit(seat);
    if (seat_in(nemesis->away, seat)) return true;
    nemesis->dead &= ~seat_bit(seat);
    if (nemesis->plan.one_in > 0 && rng_below(&nemesis->luck, 8) == 0) {
        nemesis->damage.doomed[seat] = true;
        actor_lie(&nemesis->actor[seat], 1 + rng_below(&nemesis->luck, 4),
                  nemesis->taken_until[seat]);
    }
    post(nemesis, (Letter){.kind = ARRIVAL_READY, .seat = seat});
    return true;
}

static bool asked_to_stop(void *context) {
    Nemesis *nemesis = context;
    nemesis->damage.broken |= nemesis->stop;
    return nemesis->stop;
}

BrokerOptions nemesis_options(Nemesis *nemesis, uint32_t live) {
    /* No patience at all where nobody else keeps the line busy: the first wait in vain ends it. */
    int patience = nemesis->plan.one_at_once ? 0 : 1000000;
    return (BrokerOptions){.patience_ms = patience,
                           .welcome_ms = patience,
                           .live = live,
                           .restarts = nemesis->plan.restarts,
                           .revive = revive,
                           .stop = asked_to_stop,
                           .context = nemesis};
}

const Damage *nemesis_damage(const Nemesis *nemesis) {
    return &nemesis->damage;
}

Channel *nemesis_channel(Nemesis *nemesis) {
    return &nemesis->channel;
}

Nemesis *nemesis_create(const NemesisPlan *plan) {
    Nemesis *nemesis = memory_new(1, sizeof *nemesis);
    MemoryPlayer players[NP_MAX_SEATS];
    assert_true(plan->count <= ACTOR_MAX_RUNS);
    nemesis->channel.type = &nemesis_type;
    nemesis->plan = *plan;
    nemesis->luck = rng_stream(rng_key(plan->seed, "nemesis"));
    for (SeatId seat = 0; seat < NP_MAX_SEATS; seat++) {
        actor_begin(&nemesis->actor[seat], plan->runs, plan->count, plan->improvise);
        players[seat] = actor_player(&nemesis->actor[seat]);
        for (int run = 0; run < ACTOR_MAX_RUNS; run++) nemesis->taken_until[seat][run] = -1;
    }
    nemesis->inner = channel_memory_create(players, NP_MAX_SEATS);
    return nemesis;
}

void nemesis_destroy(Nemesis *nemesis) {
    while (nemesis->letters > 0) {
        Letter letter = take_letter(nemesis, 0);
        letter_burn(&letter);
    }
    letter_burn(&nemesis->lent);
    nemesis->inner->type->destroy(nemesis->inner);
    for (SeatId seat = 0; seat < NP_MAX_SEATS; seat++) actor_end(&nemesis->actor[seat]);
    memory_free(nemesis);
}

bool nemesis_drive(const NemesisPlan *plan, uint32_t live, const BrokerRun *runs, uint64_t count,
                   BrokerSink sink, Damage *damage) {
    Nemesis *nemesis = nemesis_create(plan);
    BrokerOptions options = nemesis_options(nemesis, live);
    Broker *broker = broker_create(nemesis_channel(nemesis), &options, sink);
    Error error = {0};
    bool good = broker_wait_ready(broker, &runs[0].negotiation->terms, &error) &&
                broker_drive(broker, runs, count, &error);
    *damage = *nemesis_damage(nemesis);
    damage->broken |= error.kind == ERROR_AGENT;
    if (!good && !damage->broken)
        fail_msg("plan %llu: %s", (unsigned long long)plan->seed, error.text);
    broker_destroy(broker);
    nemesis_destroy(nemesis);
    return good;
}
