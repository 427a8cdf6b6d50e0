/* The words of a negotiation, as plain values: outcomes, offers, actions and what a seat observes.
 * Nothing here owns memory; everything may be copied with `=`.
 *
 * Units: time is whole seconds since the scenario's start; utilities are real numbers, usually in
 * [0, 1]. Options, issues and seats are indexes into the domain, in the order of the scenario. */
#ifndef NONPAPER_VOCABULARY_H
#define NONPAPER_VOCABULARY_H

#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

enum {
    NP_MAX_SEATS = 16,
    NP_MAX_ISSUES = 32,
    NP_MAX_OPTIONS = 32, /* options of one issue */
    NP_MAX_MENU = 4,     /* packages in one offer */
    NP_MAX_MOVES = 8,    /* actions in one reply */
    NP_NO_OPTION = 255,  /* the package does not name this issue */
    NP_NO_SEAT = 255
};

/* Seconds since the scenario's start. */
typedef int64_t nonpaper_time;

/* A time that never comes. */
#define NP_NEVER INT64_MAX

/* A seat's index; a set of seats, one bit each. */
typedef uint8_t nonpaper_seat;
typedef uint32_t nonpaper_seat_set;

/* One option per issue (NP_NO_OPTION where a partial package is silent); entries past the domain's
 * last issue are NP_NO_OPTION too, so equal outcomes are equal bytes. */
typedef struct nonpaper_outcome {
    uint8_t option[NP_MAX_ISSUES];
} nonpaper_outcome;

/* One issue of the domain as every seat sees it. Strings live as long as the run. */
typedef struct nonpaper_issue {
    const char *id;            /* the scenario's word, [a-z0-9_-] */
    const char *title;         /* for people; may equal id */
    uint8_t options;           /* how many: 2 .. NP_MAX_OPTIONS */
    uint8_t status_quo;        /* option index, or NP_NO_OPTION when none is named */
    bool separable;            /* may be settled on its own as a partial accord */
    const char *const *option; /* options names */
} nonpaper_issue;

/* What a seat may do at the table. */
typedef enum nonpaper_action_kind {
    NP_PASS = 0,   /* nothing; in alternating offers this spends the turn */
    NP_OFFER = 1,  /* table `packages` packages of `menu`; replaces the seat's previous offer */
    NP_ACCEPT = 2, /* accept `package` of `offer` */
    NP_REJECT = 3, /* say no to `offer`; the seat's acceptances of it end */
    NP_WITHDRAW =
        4, /* own offer: take it back; another's: take back one's acceptance of `package` */
    NP_RULE_OUT = 5, /* say publicly that `option` of `issue` is out of the question */
    NP_WALK_OUT = 6  /* leave: the talks break down */
} nonpaper_action_kind;

typedef struct nonpaper_action {
    uint8_t kind;            /* nonpaper_action_kind */
    uint8_t packages;        /* NP_OFFER: 1 .. NP_MAX_MENU */
    uint8_t package;         /* NP_ACCEPT, NP_WITHDRAW: index into the menu of `offer` */
    uint8_t issue;           /* NP_RULE_OUT */
    uint8_t option;          /* NP_RULE_OUT */
    uint32_t offer;          /* NP_ACCEPT, NP_REJECT, NP_WITHDRAW: the offer's number */
    nonpaper_time valid_for; /* NP_OFFER: seconds it stands once tabled; 0, and more than
                                100,000 days: until replaced */
    nonpaper_outcome menu[NP_MAX_MENU];
} nonpaper_action;

/* A seat's answer to one occasion: its moves, in order, and when it next wants to be asked even if
 * nothing happens. A wake-up sooner than the lookahead is moved to the lookahead; while one is
 * pending the earlier of the two is kept. */
typedef struct nonpaper_reply {
    nonpaper_time at;      /* the occasion answered */
    nonpaper_time wake_at; /* NP_NEVER: only when something happens */
    uint32_t moves;        /* 0 .. NP_MAX_MOVES */
    nonpaper_action move[NP_MAX_MOVES];
} nonpaper_reply;

/* What happens at the table. The same words name recorded events and observations. */
typedef enum nonpaper_event_kind {
    NP_EVENT_OPENING = 1,       /* the talks open */
    NP_EVENT_OFFER = 2,         /* a menu was tabled */
    NP_EVENT_ACCEPTANCE = 3,    /* a package was accepted */
    NP_EVENT_REJECTION = 4,     /* an offer was rejected */
    NP_EVENT_WITHDRAWAL = 5,    /* an offer or an acceptance was taken back */
    NP_EVENT_RULE_OUT = 6,      /* an option was publicly ruled out */
    NP_EVENT_WALK_OUT = 7,      /* a seat left */
    NP_EVENT_PASS = 8,          /* a turn went by without a move */
    NP_EVENT_REFUSAL = 9,       /* the referee refused a move; only the mover is told */
    NP_EVENT_LAPSE = 10,        /* an offer expired or no longer fits what was settled */
    NP_EVENT_ACCORD = 11,       /* a partial accord was concluded; the talks go on */
    NP_EVENT_SIGNATURE = 12,    /* a package was signed and goes to ratification */
    NP_EVENT_RATIFICATION = 13, /* a ratifier voted */
    NP_EVENT_AGREEMENT = 14,    /* the end: a package is in force */
    NP_EVENT_BREAKDOWN = 15,    /* the end: no agreement, for a reason */
    NP_EVENT_FAULT = 16         /* a seat's agent failed; a recorded external input */
} nonpaper_event_kind;

/* The referee's answer to a move. */
typedef enum nonpaper_ruling {
    NP_RULING_OK = 0,
    NP_RULING_MALFORMED = 1, /* a number out of range, an empty menu, a duplicate package */
    NP_RULING_NOT_YOUR_TURN = 2,
    NP_RULING_INFEASIBLE = 3,         /* the domain excludes the combination */
    NP_RULING_INCOMPLETE = 4,         /* silent on an issue that is not separable */
    NP_RULING_STATUS_QUO = 5,         /* the package changes nothing */
    NP_RULING_CROSSES_RED_LINE = 6,   /* a hard red line of the mover itself */
    NP_RULING_NO_SUCH_OFFER = 7,      /* never tabled, expired, replaced or withdrawn */
    NP_RULING_ALREADY_SAID = 8,       /* accepted, rejected or ruled out already; own offer */
    NP_RULING_CONTRADICTS_ACCORD = 9, /* reopens an issue that a partial accord settled */
    NP_RULING_TALKS_CLOSED = 10,      /* a package is signed and awaits ratification */
    NP_RULING_MENU_TOO_LARGE = 11     /* the mechanism takes fewer packages */
} nonpaper_ruling;

/* What a seat has come to know. Fields that the kind does not use are zero (seat: NP_NO_SEAT). */
typedef struct nonpaper_observation {
    nonpaper_time at;         /* when it became known, which is when it happened at the table */
    nonpaper_time expires_at; /* OFFER: last moment it stands, or NP_NEVER */
    uint32_t offer;           /* the offer's number */
    nonpaper_seat_set
        seats;        /* ACCEPTANCE: all who have now accepted; ACCORD, SIGNATURE: signatories */
    uint8_t kind;     /* nonpaper_event_kind */
    uint8_t seat;     /* who did it */
    uint8_t ruling;   /* REFUSAL: nonpaper_ruling */
    uint8_t package;  /* ACCEPTANCE, WITHDRAWAL: index into the menu */
    uint8_t packages; /* how many entries of menu are meant */
    uint8_t issue, option; /* RULE_OUT */
    uint8_t refused;       /* REFUSAL: nonpaper_action_kind of the refused move */
    nonpaper_outcome
        menu[NP_MAX_MENU]; /* OFFER: the menu; ACCEPTANCE, ACCORD, SIGNATURE: the package */
} nonpaper_observation;

#ifdef __cplusplus
}
#endif
#endif
