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
    NP_MAX_TABLES = 4,   /* the public one, number 0, and closed ones */
    NP_MAX_VARIABLES = 64,
    NP_MAX_LEVERS = 32,
    NP_NO_LEVER = 255,
    NP_NO_OPTION = 255, /* the package does not name this issue */
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

/* A table at which seats talk. Table 0 is public: everybody is a member. What is said at a closed one
 * reaches its members only, or everybody when it leaks. */
typedef struct nonpaper_table {
    const char *id;
    const char *title;
    nonpaper_seat_set members;
    double leak; /* chance that one move at this table becomes known to everybody */
} nonpaper_table;

/* A variable of the world outside the talks: casualties, supply, public opinion. */
typedef struct nonpaper_variable {
    const char *id;
    const char *title;
    const char *unit;          /* for people; "" for a pure number */
    double start;              /* when the talks open */
    nonpaper_seat_set seen_by; /* who is told of it, perhaps late and with an error */
} nonpaper_variable;

/* A unilateral lever: its actor moves it without anybody's consent. */
typedef struct nonpaper_lever {
    const char *id;
    const char *title;
    nonpaper_seat seat;        /* the actor */
    double start, least, most; /* its level at the opening, and the bounds of it */
    double cost;               /* own utility that one unit of change costs */
    double upkeep;             /* own utility that one unit of level costs a year */
    nonpaper_time delay;       /* from the pull to its effects */
} nonpaper_lever;

/* What a statement says. Statements bind nobody. */
typedef enum nonpaper_statement {
    NP_SAY_DEMAND = 1,  /* we ask for `option` of `issue` */
    NP_SAY_SIGNAL = 2,  /* we could live with `option` of `issue` */
    NP_SAY_THREAT = 3,  /* else we move `lever` */
    NP_SAY_PROMISE = 4, /* then we move `lever` */
    NP_SAY_DENY = 5     /* we deny that the other side may or can do what it says */
} nonpaper_statement;

/* Which of a seat's own numbers an appraisal changes as the world moves. */
typedef enum nonpaper_aspect {
    NP_ASPECT_RESERVATION = 0, /* its outside option now */
    NP_ASPECT_AFTERMATH = 1,   /* its utility once a peace has broken */
    NP_ASPECT_EROSION = 2,     /* share of its soft red lines' penalties worn away, in [0, 1] */
    NP_ASPECT_HAZARD = 3,      /* what the world adds to the log hazard of renewed war */
    NP_ASPECT_TYPE = 4         /* which of its types it is; told once, at the opening */
} nonpaper_aspect;

/* What a seat may do at the table. */
typedef enum nonpaper_action_kind {
    NP_PASS = 0,   /* nothing; in alternating offers this spends the turn */
    NP_OFFER = 1,  /* table `packages` packages of `menu`; replaces the seat's previous offer */
    NP_ACCEPT = 2, /* accept `package` of `offer` */
    NP_REJECT = 3, /* say no to `offer`; the seat's acceptances of it end */
    NP_WITHDRAW =
        4, /* own offer: take it back; another's: take back one's acceptance of `package` */
    NP_RULE_OUT = 5, /* say publicly that `option` of `issue` is out of the question */
    NP_WALK_OUT = 6, /* leave: the talks break down */
    NP_LEVER = 7,    /* move `lever` to `level`; needs nobody's consent */
    NP_STATEMENT = 8 /* say `statement` at `table`; binds nobody */
} nonpaper_action_kind;

typedef struct nonpaper_action {
    uint8_t kind;     /* nonpaper_action_kind */
    uint8_t packages; /* NP_OFFER: 1 .. NP_MAX_MENU */
    uint8_t package;  /* NP_ACCEPT, NP_WITHDRAW: index into the menu of `offer` */
    uint8_t issue;    /* NP_RULE_OUT, NP_STATEMENT */
    uint8_t option;   /* NP_RULE_OUT, NP_STATEMENT */
    uint8_t table; /* NP_OFFER, NP_STATEMENT: where; an acceptance is made where the offer lies */
    uint8_t lever; /* NP_LEVER, NP_STATEMENT */
    uint8_t statement;       /* NP_STATEMENT: nonpaper_statement */
    double level;            /* NP_LEVER: rounded to 10^-9 when it takes effect */
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
    NP_EVENT_FAULT = 16,        /* a seat's agent failed; a recorded external input */
    NP_EVENT_LEVER = 17,        /* a seat moved a lever */
    NP_EVENT_STATEMENT = 18,    /* a seat said something that binds nobody */
    NP_EVENT_WORLD = 19,        /* a variable of the world has moved noticeably */
    NP_EVENT_SHOCK = 20,        /* something befell the world */
    NP_EVENT_APPRAISAL =
        21,             /* a seat's own reservation, or the like, has changed; only it is told */
    NP_EVENT_LEAK = 22, /* what happened at a closed table became known to everybody */
    NP_EVENT_AUTHORITY = 23,      /* from now on a seat's acceptance counts for a signature */
    NP_EVENT_STATUS_QUO = 24,     /* a lever or a shock moved the status quo of an issue */
    NP_EVENT_AUDIENCE_COST = 25,  /* a seat pays for breaking a public commitment */
    NP_EVENT_IMPLEMENTATION = 26, /* after the agreement: its terms begin to be carried out */
    NP_EVENT_PROBE = 27,          /* after the agreement: the peace is tested, and holds */
    NP_EVENT_RENEWED_WAR = 28,    /* after the agreement: the peace has broken */
    NP_EVENT_STEP =
        29, /* after the agreement: a later step was put to those whose consent it needs */
    NP_EVENT_HORIZON = 30 /* the end of what is looked at after an agreement */
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
    NP_RULING_MENU_TOO_LARGE = 11,    /* the mechanism takes fewer packages */
    NP_RULING_NOT_A_MEMBER = 12,      /* of the table at which the move is made */
    NP_RULING_NOT_YOUR_LEVER = 13,    /* another seat's */
    NP_RULING_OUT_OF_BOUNDS = 14,     /* beyond the least or the most level of the lever */
    NP_RULING_NOT_YOUR_ROLE = 15      /* drafting is the mediator's, judging the parties' */
} nonpaper_ruling;

/* What a seat has come to know. Fields that the kind does not use are zero (seat: NP_NO_SEAT). */
typedef struct nonpaper_observation {
    nonpaper_time at;         /* when it became known, which is when it happened at the table */
    nonpaper_time expires_at; /* OFFER: last moment it stands, or NP_NEVER */
    uint32_t offer;           /* the offer's number: each table has its own, which rise */
    nonpaper_seat_set
        seats;        /* ACCEPTANCE: all who have now accepted; ACCORD, SIGNATURE: signatories */
    uint8_t kind;     /* nonpaper_event_kind */
    uint8_t seat;     /* who did it */
    uint8_t ruling;   /* REFUSAL: nonpaper_ruling */
    uint8_t package;  /* ACCEPTANCE, WITHDRAWAL: index into the menu */
    uint8_t packages; /* how many entries of menu are meant */
    uint8_t issue, option; /* RULE_OUT, STATEMENT, STATUS_QUO */
    uint8_t
        refused; /* REFUSAL: nonpaper_action_kind of the refused move; LEAK: event kind that leaked */
    uint8_t table; /* where it happened */
    uint8_t
        subject; /* LEVER, STATEMENT: the lever (NP_NO_LEVER: none); WORLD: the variable; SHOCK: its number */
    uint8_t word;  /* STATEMENT: nonpaper_statement; APPRAISAL: nonpaper_aspect */
    double amount; /* LEVER: level; WORLD: value, as this seat sees it; APPRAISAL: the new number;
                              AUDIENCE_COST: what it costs */
    nonpaper_outcome
        menu[NP_MAX_MENU]; /* OFFER: the menu; ACCEPTANCE, ACCORD, SIGNATURE: the package */
} nonpaper_observation;

#ifdef __cplusplus
}
#endif
#endif
