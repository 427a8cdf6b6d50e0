/* Curves: what is asked for as time goes by (Faratin, Sierra and Jennings 1998, time-dependent tactics). */
#include "agents/boa.h"
#include "agents/time_dependent.h"

#define K                                                                                          \
    {                                                                                              \
        .name = "k", .initial = 0, .least = 0, .most = 1,                                          \
        .summary = "share of the way conceded at once"                                             \
    }

enum { E_PACE, E_START };

static void open_curve(Boa *boa, const Host *host) {
    aspiration_open(&boa->aspiration, host, boa->b[E_PACE], boa->b[E_START]);
}

static void follow_curve(Boa *boa, const Host *host) {
    aspiration_follow(&boa->aspiration, host);
}

static double curve_target(Boa *boa, const Host *host, SimTime at) {
    return aspiration_at(&boa->aspiration, host, at);
}

static const Parameter boulware_parameters[] = {{.name = "e",
                                                 .initial = 0.2,
                                                 .least = 0.01,
                                                 .most = 1,
                                                 .summary = "pace; the smaller, the later"},
                                                K,
                                                {.name = NULL}};
static const Parameter conceder_parameters[] = {
    {.name = "e", .initial = 2, .least = 1, .most = 100, .summary = "pace; the larger, the sooner"},
    K,
    {.name = NULL}};

const Bidding bidding_boulware = {
    .part = {"boulware", "concedes shortly before the deadline", TIME_DEPENDENT_SOURCE,
             boulware_parameters},
    .open = open_curve,
    .follow = follow_curve,
    .target = curve_target,
};

const Bidding bidding_conceder = {
    .part = {"conceder", "concedes early", TIME_DEPENDENT_SOURCE, conceder_parameters},
    .open = open_curve,
    .follow = follow_curve,
    .target = curve_target,
};

static const Parameter linear_parameters[] = {K, {.name = NULL}};

static void open_linear(Boa *boa, const Host *host) {
    aspiration_open(&boa->aspiration, host, 1, boa->b[0]);
}

const Bidding bidding_linear = {
    .part = {"linear", "concedes evenly", TIME_DEPENDENT_SOURCE, linear_parameters},
    .open = open_linear,
    .follow = follow_curve,
    .target = curve_target,
};

static const Parameter exponential_parameters[] = {{.name = "beta",
                                                    .initial = 1,
                                                    .least = 0.01,
                                                    .most = 100,
                                                    .summary = "pace; below 1 late, above 1 early"},
                                                   {.name = "k",
                                                    .initial = 0.05,
                                                    .least = 0.0001,
                                                    .most = 1,
                                                    .summary = "share of the way conceded at once"},
                                                   {.name = NULL}};

/* F(t) = e^((1 - t/T)^beta ln k): from k at the beginning to 1 at the end. */
static double exponential_target(Boa *boa, const Host *host, SimTime at) {
    double left = host->pow(1 - boa_time(host, at), boa->b[0]);
    double conceded = host->exp(left * host->log(boa->b[1]));
    return target_exactly(boa->reservation + (1 - conceded) * (boa->best - boa->reservation));
}

const Bidding bidding_exponential = {
    .part = {"exponential", "concedes by F(t) = e^((1 - t/T)^beta ln k)",
             "Faratin, Sierra and Jennings 1998, exponential time-dependent tactics",
             exponential_parameters},
    .target = exponential_target,
};

/* --- all biddings --- */

static const BoaPart *const biddings[] = {
    &bidding_boulware.part,        &bidding_linear.part,    &bidding_conceder.part,
    &bidding_exponential.part,     &bidding_relative.part,  &bidding_random_absolute.part,
    &bidding_averaged.part,        &bidding_trade_off.part, &bidding_micro.part,
    &bidding_random_walker.part,   &bidding_hardliner.part, &bidding_hard_headed.part,
    &bidding_nice_tit_for_tat.part};

BoaParts boa_biddings(void) {
    return (BoaParts){"bidding", biddings, sizeof biddings / sizeof biddings[0]};
}
