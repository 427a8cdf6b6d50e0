#include "cli/bench_plain.h"

typedef struct Plain {
    nonpaper_outcome heard;
    uint32_t offer;
    bool questions;
} Plain;

static bool open_plain(void *state, const nonpaper_host *host, const nonpaper_argument *arguments,
                       char *why, size_t why_size) {
    (void)host;
    (void)why;
    (void)why_size;
    ((Plain *)state)->questions = arguments[0].number > 0;
    return true;
}

static void observe_plain(void *state, const nonpaper_host *host,
                          const nonpaper_observation *seen) {
    Plain *self = state;
    (void)host;
    if (seen->kind != NP_EVENT_OFFER) return;
    self->heard = seen->menu[0];
    self->offer = seen->offer;
}

static void step_plain(const Plain *self, const nonpaper_host *host, nonpaper_time now,
                       nonpaper_reply *reply) {
    double target = 1 - 0.5 * (double)now / (double)host->deadline;
    nonpaper_action *move = &reply->move[reply->moves++];
    if (host->utility(host, &self->heard) >= target) {
        *move = (nonpaper_action){.kind = NP_ACCEPT, .offer = self->offer};
        return;
    }
    *move = (nonpaper_action){.kind = NP_OFFER, .packages = 1};
    if (!host->nearest(host, target, 0.02, &self->heard, &move->menu[0]) &&
        !host->at_least(host, target, &move->menu[0]))
        host->best(host, &move->menu[0]);
}

static void act_plain(void *state, const nonpaper_host *host, nonpaper_time now,
                      nonpaper_reply *reply) {
    Plain *self = state;
    volatile double worth = 0;
    if (!self->questions) {
        step_plain(self, host, now, reply);
        return;
    }
    for (int i = 0; i < BENCH_QUESTIONS; i++) worth = host->utility(host, &self->heard);
    (void)worth;
}

static const nonpaper_parameter plain_parameters[] = {
    {.name = "questions", .most = 1, .summary = "1: questions only"}, {.name = NULL}};

static const nonpaper_strategy plain = {.abi = NP_STRATEGY_ABI,
                                        .size = sizeof(nonpaper_strategy),
                                        .name = "plain",
                                        .summary = "asks and answers, to be measured",
                                        .parameter = plain_parameters,
                                        .state_size = sizeof(Plain),
                                        .open = open_plain,
                                        .observe = observe_plain,
                                        .act = act_plain};

const nonpaper_strategy *bench_plain(void) {
    return &plain;
}
