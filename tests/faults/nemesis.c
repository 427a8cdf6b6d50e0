#include "tests/faults/nemesis.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "core/base/memory.h"
#include "tests/faults/nemesis_state.h"

enum { VAIN_WAITS = 200, MOST_RECEIVES = 2000000 };

static Nemesis *of(Channel *channel) {
    return (Nemesis *)channel;
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
    nemesis->lent = letter_take(nemesis, choose_letter(nemesis));
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
    blow_collect(nemesis);
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
    letter_burn_all_of(nemesis, seat);
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
    blow_collect(nemesis);
    letter_burn_all_of(nemesis, seat);
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
    letter_post(nemesis, (Letter){.kind = ARRIVAL_READY, .seat = seat});
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
        Letter letter = letter_take(nemesis, 0);
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
