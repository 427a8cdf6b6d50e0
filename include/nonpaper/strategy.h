/* The strategy contract: one table of functions per strategy, one table of functions from the host.
 *
 * A strategy is asked at *occasions*: moments at which its seat has come to know something, has its
 * turn, or asked to be woken. The host calls `observe` for each thing the seat came to know, in
 * order, then `act` once. Nothing may block; nothing outlives the call but the strategy's own state.
 *
 * Strategies are deterministic: same observations and same random stream, same answers. Use the
 * host's `random_*` and `exp/log/pow`, not the C library's, whose last digit varies by processor.
 *
 * Growth: `abi` changes when old plug-ins break; `size` grows when functions are appended. The host
 * copies min(size) bytes into a zeroed table, so an absent function is NULL and nobody checks
 * versions again. */
#ifndef NONPAPER_STRATEGY_H
#define NONPAPER_STRATEGY_H

#include <stddef.h>

#include <nonpaper/vocabulary.h>

#ifdef __cplusplus
extern "C" {
#endif

#define NP_STRATEGY_ABI 1

typedef struct nonpaper_host nonpaper_host;

/* What the host does for a strategy. `host` is always the first argument; all pointers that it
 * returns are borrowed and live as long as the run. No function fails on a well-formed outcome. */
struct nonpaper_host {
    uint32_t abi;
    uint32_t size;
    void *context; /* the host's own; strategies do not touch it */

    /* The table, as everybody sees it. */
    nonpaper_seat seat; /* mine */
    uint8_t seats;
    uint8_t issues;
    bool turns;                  /* moves only when it is the seat's turn */
    uint8_t menu_limit;          /* packages that one offer may hold at this table */
    nonpaper_time deadline;      /* the talks end here */
    nonpaper_time delay;         /* from deciding to the table: my delivery + deliberation */
    nonpaper_time lookahead;     /* the least delay at this table */
    const nonpaper_issue *issue; /* [issues] */
    const char *const *seat_id;  /* [seats] */

    /* My preferences, as of now: appraisals are followed. Utility of a partial package counts the status
     * quo where it is silent; that of a complete one is weighted by the survival of the peace. */
    double (*utility)(const nonpaper_host *host, const nonpaper_outcome *outcome);
    double (*reservation)(const nonpaper_host *host);
    /* Worth of a package if concluded at `at`: utility times discount. */
    double (*value_at)(const nonpaper_host *host, const nonpaper_outcome *outcome,
                       nonpaper_time at);
    /* Feasible in the domain, and crossing no hard red line of mine. */
    bool (*acceptable)(const nonpaper_host *host, const nonpaper_outcome *outcome);
    /* Whose yes the package needs. */
    nonpaper_seat_set (*needed)(const nonpaper_host *host, const nonpaper_outcome *outcome);

    /* Search among complete packages that are acceptable to me. False when there is none. The
     * answers are exact where the space is small enough to rank once and otherwise the best of a
     * search bounded in nodes; `exact` says which. */
    bool (*best)(const nonpaper_host *host, nonpaper_outcome *out);
    /* The package of least own utility that is still at least `target`. */
    bool (*at_least)(const nonpaper_host *host, double target, nonpaper_outcome *out);
    /* Among packages worth at least `target` and at most `target + slack` to me, the one that
     * shares most options with `reference`; ties go to the higher own utility. */
    bool (*nearest)(const nonpaper_host *host, double target, double slack,
                    const nonpaper_outcome *reference, nonpaper_outcome *out);
    /* The best package for me in which `issue` has `option`. */
    bool (*best_with)(const nonpaper_host *host, uint8_t issue, uint8_t option,
                      nonpaper_outcome *out);
    bool (*exact)(const nonpaper_host *host);

    /* My own named random stream. */
    uint32_t (*random_u32)(const nonpaper_host *host);
    double (*random_unit)(const nonpaper_host *host); /* in [0, 1) */

    /* The same bits on every machine. */
    double (*exp)(double x);
    double (*log)(double x);
    double (*pow)(double x, double y);

    /* The world outside. */
    uint8_t tables, levers, variables;
    nonpaper_seat mediator;      /* single text: who drafts; NP_NO_SEAT otherwise */
    bool rounds;                 /* all move at once, unseen: each offers or accepts once a round */
    const nonpaper_table *table; /* [tables] */
    const nonpaper_lever *lever; /* [levers] */
    const nonpaper_variable *variable; /* [variables] */
    /* A variable as last told to me, its start before that; NaN for one that I do not see. */
    double (*seen)(const nonpaper_host *host, uint8_t variable);
    double (*level)(const nonpaper_host *host, uint8_t lever); /* as last moved */
    /* The share of a package's time that the peace is expected to hold, in [0, 1]; 1 without enforcement. */
    double (*durability)(const nonpaper_host *host, const nonpaper_outcome *outcome);
    /* Own utility that offering or accepting it at the public table would cost me, for commitments that it
     * breaks. What was broken behind closed doors counts until it has come out and was paid for. */
    double (*audience_cost)(const nonpaper_host *host, const nonpaper_outcome *outcome);
    /* How likely I hold it that `seat` is of its type number `type`; 1 for a seat of one type only. */
    double (*belief)(const nonpaper_host *host, nonpaper_seat seat, uint8_t type);
    uint8_t (*types)(const nonpaper_host *host, nonpaper_seat seat); /* at least 1 */
    /* What a seat of that type would hold of the package; NaN where its types are not public. */
    double (*type_utility)(const nonpaper_host *host, nonpaper_seat seat, uint8_t type,
                           const nonpaper_outcome *outcome);

    /* Acceptable packages worth at least `least` and at most `most` to me, from the best down, ties in the order
     * of their options: writes up to `room` of them and returns how many. All of them where `exact` says yes
     * and `room` suffices; otherwise those that a search bounded in nodes has found. */
    uint32_t (*between)(const nonpaper_host *host, double least, double most, nonpaper_outcome *out,
                        uint32_t room);
    /* The acceptable package that comes next below `after` in that order; the best one when `after` is
     * NULL. False after the last. Walks the space by utility. */
    bool (*next_best)(const nonpaper_host *host, const nonpaper_outcome *after,
                      nonpaper_outcome *out);
};

/* A parameter of a strategy. Names end the list with NULL. A parameter is a number, or, where
 * `text` is set, a word such as an option's name, which the strategy resolves in `open`. */
typedef struct nonpaper_parameter {
    const char *name;
    double initial, least, most;
    const char *text; /* initial text; NULL for a number */
    const char *summary;
} nonpaper_parameter;

enum { NP_MAX_PARAMETERS = 8, NP_MAX_STRATEGY_STATE = 32768, NP_PARAMETER_TEXT = 128 };

/* The parameters' values in the order of the strategy's list. */
typedef struct nonpaper_argument {
    double number;
    char text[NP_PARAMETER_TEXT];
} nonpaper_argument;

typedef struct nonpaper_strategy {
    uint32_t abi;  /* NP_STRATEGY_ABI */
    uint32_t size; /* sizeof(nonpaper_strategy) */
    const char *name;
    const char *summary;
    const char *source;                  /* paper, equation; NULL for none */
    const nonpaper_parameter *parameter; /* ends with a NULL name; NULL for none */
    size_t
        state_size; /* bytes of state; the host gives them zeroed, at most NP_MAX_STRATEGY_STATE */

    /* A run begins. Mandatory. False with a sentence in `why` when the arguments make no sense for
     * this domain (an option that does not exist, say). */
    bool (*open)(void *state, const nonpaper_host *host, const nonpaper_argument *arguments,
                 char *why, size_t why_size);
    /* One thing that the seat has come to know. Optional. */
    void (*observe)(void *state, const nonpaper_host *host, const nonpaper_observation *seen);
    /* The seat may move. `reply` comes with no moves and no wake-up. Mandatory. */
    void (*act)(void *state, const nonpaper_host *host, nonpaper_time now, nonpaper_reply *reply);
    /* The run is over. Optional. */
    void (*close)(void *state, const nonpaper_host *host);
} nonpaper_strategy;

/* The one symbol of a plug-in: returns its table, which lives as long as the plug-in is loaded. */
#define NP_STRATEGY_SYMBOL "nonpaper_strategy_table"
typedef const nonpaper_strategy *(*nonpaper_strategy_entry)(void);

#ifdef __cplusplus
}
#endif
#endif
