/* Partners that say nothing, or anything: what the rules allow and what they do not, in floods. */
#include <string.h>

#include "cli/trial.h"
#include "core/base/memory.h"

enum { DAY = 86400 };

static bool open_run(void *player, const Brief *brief, Error *error) {
    Noise *noise = player;
    (void)error;
    noise->rng = rng_stream(brief->luck);
    noise->terms = brief->terms;
    noise->seat = brief->seat;
    noise->latest = 0;
    return true;
}

static uint8_t below(Noise *noise, uint32_t bound) {
    return (uint8_t)rng_below(&noise->rng, bound);
}

/* Mostly a package that there is; sometimes one with an option too many, or with gaps. */
static Outcome any_package(Noise *noise) {
    const Domain *domain = &noise->terms->domain;
    bool wild = below(noise, 8) == 0;
    Outcome package = outcome_empty();
    for (uint8_t issue = 0; issue < domain->issues; issue++)
        if (!wild || below(noise, 3) > 0)
            package.option[issue] = below(noise, domain->issue[issue].options + wild);
    return package;
}

static Action any_move(Noise *noise) {
    static const uint8_t kinds[] = {NP_OFFER,  NP_OFFER,    NP_OFFER,    NP_OFFER, NP_ACCEPT,
                                    NP_REJECT, NP_WITHDRAW, NP_RULE_OUT, NP_LEVER, NP_STATEMENT};
    uint8_t kind = kinds[below(noise, sizeof kinds)];
    Action move = {.kind = kind, .packages = (uint8_t)(1 + below(noise, 2))};
    if (noise->latest > 0)
        move.offer = noise->latest - rng_below(&noise->rng, noise->latest < 3 ? 1 : 3);
    move.package = below(noise, 2);
    move.issue = below(noise, noise->terms->domain.issues);
    move.option = below(noise, 3);
    move.table = below(noise, 1 + noise->terms->closed_tables);
    move.lever = below(noise, 1 + noise->terms->levers);
    move.statement = (uint8_t)(1 + below(noise, 5));
    move.level = rng_unit(&noise->rng) * 2 - 0.5;
    move.valid_for = below(noise, 2) == 0 ? 0 : DAY * (1 + (nonpaper_time)below(noise, 10));
    for (uint8_t k = 0; k < NP_MAX_MENU; k++) move.menu[k] = any_package(noise);
    if (rng_below(&noise->rng, 2000) == 0) move.kind = NP_WALK_OUT;
    return move;
}

static void make_noise(Noise *noise, Reply *reply) {
    uint32_t moves = below(noise, 4) == 0 ? below(noise, NP_MAX_MOVES + 1) : below(noise, 2);
    while (reply->moves < moves) {
        Action move = any_move(noise);
        reply->move[reply->moves++] = move;
    }
    uint32_t days = 1 + rng_below(&noise->rng, 9);
    reply->wake_at = reply->at + (SimTime)days * DAY;
}

static void hear(Noise *noise, const Grant *grant) {
    for (uint32_t i = 0; i < grant->observations; i++)
        if (grant->observation[i]->offer > noise->latest)
            noise->latest = grant->observation[i]->offer;
}

static bool obey(void *player, const Grant *grant, Answer *answer, Error *error) {
    Noise *noise = player;
    (void)error;
    if (grant->occasions > noise->room) {
        noise->room = grant->occasions;
        noise->reply = memory_grow(noise->reply, noise->room, sizeof *noise->reply);
    }
    hear(noise, grant);
    for (uint32_t i = 0; i < grant->occasions; i++) {
        Reply *reply = &noise->reply[i];
        memset(reply, 0, sizeof *reply);
        reply->at = grant->occasion[i].at;
        reply->wake_at = NP_NEVER;
        if (!noise->silent) make_noise(noise, reply);
    }
    *answer = (Answer){grant->run, grant->seat, grant->occasions, noise->reply};
    return true;
}

static void close_run(void *player, uint64_t run) {
    (void)player, (void)run;
}

MemoryPlayer noise_slots(Noise *noise) {
    return (MemoryPlayer){noise, open_run, obey, close_run};
}

void noise_finish(Noise *noise) {
    memory_free(noise->reply);
}
