/* Acceptance conditions: Baarslag, Hindriks and Jonker, Acceptance Conditions in Automated Negotiation, 2013, and Effective
 * Acceptance Conditions in Real-Time Automated Negotiation, Decision Support Systems 60, 2014. Each is written as the least
 * own utility that it accepts. */
#include "agents/boa.h"

#define CONDITIONS "Baarslag, Hindriks and Jonker 2013"
#define EFFECTIVE  "Baarslag, Hindriks and Jonker 2014"
#define NEVER      __builtin_inf()
#define PARAMETER_A                                                                                \
    {                                                                                              \
        .name = "a", .initial = 1, .least = 0.1, .most = 10,                                       \
        .summary = "factor on the worth of what is offered"                                        \
    }
#define PARAMETER_B                                                                                \
    {                                                                                              \
        .name = "b", .initial = 0, .least = -1, .most = 1,                                         \
        .summary = "what is added to the worth of what is offered"                                 \
    }

/* a u + b >= bar, solved for u. */
static double solved(const Boa *boa, double bar) {
    return (bar - boa->a[1]) / boa->a[0];
}

static const Parameter linear_parameters[] = {PARAMETER_A, PARAMETER_B, {.name = NULL}};

static double next_bar(const Boa *boa, const Host *host, const Prospect *prospect) {
    (void)host;
    return solved(boa, prospect->next);
}

static const Acceptance ac_next = {
    {"ac_next", "a u + b is at least what it would table next", CONDITIONS, linear_parameters},
    next_bar};

static double previous_bar(const Boa *boa, const Host *host, const Prospect *prospect) {
    (void)prospect;
    return boa->tabled ? solved(boa, host->utility(host, &boa->previous)) : NEVER;
}

static const Acceptance ac_prev = {
    {"ac_prev", "a u + b is at least what it tabled last", CONDITIONS, linear_parameters},
    previous_bar};

static double lowest_bar(const Boa *boa, const Host *host, const Prospect *prospect) {
    double lowest = boa->tabled ? host->utility(host, &boa->lowest) : NEVER;
    return solved(boa, lowest < prospect->next ? lowest : prospect->next);
}

static const Acceptance ac_low = {{"ac_low",
                                   "a u + b is at least the least that it has tabled or would "
                                   "table next",
                                   CONDITIONS, linear_parameters},
                                  lowest_bar};

static const Parameter constant_parameters[] = {{.name = "c",
                                                 .initial = 0.9,
                                                 .least = -10,
                                                 .most = 10,
                                                 .summary = "own utility that is enough"},
                                                {.name = NULL}};

static double constant_bar(const Boa *boa, const Host *host, const Prospect *prospect) {
    (void)host, (void)prospect;
    return boa->a[0];
}

static const Acceptance ac_const = {
    {"ac_const", "u is at least c", CONDITIONS, constant_parameters}, constant_bar};

#define PARAMETER_T                                                                                \
    {                                                                                              \
        .name = "t", .initial = 0.99, .least = 0, .most = 1,                                       \
        .summary = "share of the time that must be over"                                           \
    }
static const Parameter time_parameters[] = {PARAMETER_T, {.name = NULL}};

static bool is_late(const Boa *boa, const Host *host, const Prospect *prospect) {
    return boa_time(host, prospect->at) >= boa->a[0];
}

static double time_bar(const Boa *boa, const Host *host, const Prospect *prospect) {
    return is_late(boa, host, prospect) ? -NEVER : NEVER;
}

static const Acceptance ac_time = {
    {"ac_time", "t of the time is over", CONDITIONS, time_parameters}, time_bar};

static const Parameter gap_parameters[] = {{.name = "gap",
                                            .initial = 0.05,
                                            .least = 0,
                                            .most = 1,
                                            .summary = "how far below its own last package"},
                                           {.name = NULL}};

static double gap_bar(const Boa *boa, const Host *host, const Prospect *prospect) {
    (void)prospect;
    return boa->tabled ? host->utility(host, &boa->previous) - boa->a[0] : NEVER;
}

static const Acceptance ac_gap = {
    {"ac_gap", "u is within the gap of what it tabled last", CONDITIONS, gap_parameters}, gap_bar};

static double aspiration_bar(const Boa *boa, const Host *host, const Prospect *prospect) {
    (void)boa, (void)host;
    return prospect->target;
}

static const Acceptance ac_asp = {
    {"ac_asp", "u is at least what the bidding asks for at that moment", CONDITIONS, NULL},
    aspiration_bar};

/* --- combinations: late, what is as good as what may still be hoped for will do --- */

static double either(const Boa *boa, const Host *host, const Prospect *prospect, double late) {
    if (!is_late(boa, host, prospect)) return prospect->next;
    return late < prospect->next ? late : prospect->next;
}

typedef struct Past {
    double most, sum;
    uint32_t count;
} Past;

/* Of what was heard since then, as far as it is remembered. */
static Past past_since(const Boa *boa, SimTime since) {
    Past past = {-NEVER, 0, 0};
    uint32_t kept = boa->heard < BOA_HEARD ? boa->heard : BOA_HEARD;
    for (uint32_t i = 0; i < kept; i++) {
        const HeardOffer *heard = &boa->history[i];
        if (heard->at < since) continue;
        if (heard->worth > past.most) past.most = heard->worth;
        past.sum += heard->worth;
        past.count++;
    }
    return past;
}

/* As much time before now as is left. */
static SimTime window_of(const Host *host, const Prospect *prospect) {
    return prospect->at - (host->deadline - prospect->at);
}

static double window_most_bar(const Boa *boa, const Host *host, const Prospect *prospect) {
    return either(boa, host, prospect, past_since(boa, window_of(host, prospect)).most);
}

static double window_mean_bar(const Boa *boa, const Host *host, const Prospect *prospect) {
    Past past = past_since(boa, window_of(host, prospect));
    return either(boa, host, prospect, past.count > 0 ? past.sum / past.count : -NEVER);
}

static double most_bar(const Boa *boa, const Host *host, const Prospect *prospect) {
    return either(boa, host, prospect, past_since(boa, 0).most);
}

static const Acceptance ac_combi = {
    {"ac_combi", "ac_next; or t of the time is over and u is the best heard in as long as is left",
     EFFECTIVE ", AC_combi(T, MAX^W)", time_parameters},
    window_most_bar};
static const Acceptance ac_combi_avg = {
    {"ac_combi_avg",
     "ac_next; or t of the time is over and u is at least the mean of what was heard in as long as "
     "is left",
     EFFECTIVE ", AC_combi(T, AVG^W)", time_parameters},
    window_mean_bar};
static const Acceptance ac_combi_max = {
    {"ac_combi_max", "ac_next; or t of the time is over and u is the best ever heard",
     EFFECTIVE ", AC_combi(T, MAX^T)", time_parameters},
    most_bar};

static const BoaPart *const conditions[] = {
    &ac_next.part, &ac_prev.part, &ac_const.part, &ac_time.part,      &ac_gap.part,
    &ac_low.part,  &ac_asp.part,  &ac_combi.part, &ac_combi_avg.part, &ac_combi_max.part};

BoaParts boa_acceptances(void) {
    return (BoaParts){"acceptance condition", conditions, sizeof conditions / sizeof conditions[0]};
}
