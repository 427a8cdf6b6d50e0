/* What happened, as it is recorded and digested. The canonical layout is in docs/record.md. */
#ifndef CORE_REFEREE_EVENT_H
#define CORE_REFEREE_EVENT_H

#include "core/base/digest.h"
#include "core/base/error.h"
#include "core/base/vocabulary.h"
#include "core/negotiation/utility.h"

typedef enum Reason {
    REASON_NONE = 0,
    REASON_WALK_OUT = 1,
    REASON_DEADLINE = 2,
    REASON_STALLED = 3,
    REASON_RATIFICATION_FAILED = 4,
    REASON_AGENT_FAULT = 5
} Reason;

enum {
    EVENT_BREAKS_COMMITMENT = 1, /* flag: the mover had ruled this out */
    EVENT_PASSED = 2,            /* flag: the ratifier said yes */
    EVENT_MAX_TEXT = 512,
    EVENT_MAX_BYTES = 104 + NP_MAX_MENU * NP_MAX_ISSUES + EVENT_MAX_TEXT
};

typedef struct Event {
    uint64_t id;    /* 1, 2, 3, ... within the run */
    uint64_t cause; /* the event that brought this one about; 0 only for the opening */
    SimTime at;     /* when it took effect at the table */
    SimTime
        decided_at; /* when its mover decided; equals `at` for what nobody decided. FAULT, when the
                           talks go on: the first question that it left without an answer */
    SimTime expires_at; /* OFFER; 0 otherwise. NP_NEVER: until replaced */
    Utility demand;   /* OFFER: the mover's utility of its best package; RATIFICATION: utility with
                           noise; otherwise UTILITY_NONE */
    Utility distance; /* OFFER: distance between demands after it, or UTILITY_NONE before every seat
                           has made one */
    uint32_t offer;
    SeatSet seats;   /* ACCEPTANCE, ACCORD, SIGNATURE, AGREEMENT: who accepted */
    uint8_t kind;    /* EventKind */
    uint8_t seat;    /* who, or NP_NO_SEAT */
    uint8_t ruling;  /* REFUSAL: why; otherwise NP_RULING_OK */
    uint8_t refused; /* REFUSAL: ActionKind of the move; otherwise 0 */
    uint8_t reason;  /* BREAKDOWN: Reason; otherwise REASON_NONE */
    uint8_t flags;   /* EVENT_BREAKS_COMMITMENT, EVENT_PASSED */
    uint8_t package;
    uint8_t issue, option;
    uint8_t packages; /* how many entries of menu count */
    uint8_t issues;   /* how many options of each entry are written: the domain's issues */
    /* Layout 2, written when one of these is not zero: */
    uint8_t table;   /* where; 0: the public one */
    uint8_t subject; /* LEVER, STATEMENT, WORLD, SHOCK: 1 + its number; 0: none */
    uint8_t word;    /* STATEMENT: Statement; APPRAISAL: Aspect; LEAK: EventKind of what leaked;
                        FAULT: OnFault */
    int64_t
        amount; /* billionths. LEVER: level; WORLD: value; APPRAISAL: the new number; AUDIENCE_COST:
                         cost; RENEWED_WAR, PROBE, HORIZON: years that the peace has held */
    int64_t before; /* LEVER, WORLD, APPRAISAL: the one before; LEVER's cost stands in demand */
    uint16_t text_length;
    Outcome menu[NP_MAX_MENU];
    char text[EVENT_MAX_TEXT]; /* FAULT: what went wrong; RATIFICATION: the ratifier's id; not
                                  NUL-terminated */
} Event;

/* The canonical little-endian bytes; `out` holds EVENT_MAX_BYTES. Returns the length. */
size_t event_encode(const Event *event, uint8_t *out);
/* The inverse. Refuses wrong lengths, unknown kinds, numbers out of range, and anything that would not
 * encode to the same bytes again. */
bool event_decode(const uint8_t *bytes, size_t length, Event *event, Error *error);

/* Names as in the record and on the command line: "offer", "crosses_red_line", "walk_out". NULL for
 * unknown numbers. The inverse returns -1 for unknown names. */
const char *event_kind_name(uint8_t kind);
int event_kind_find(const char *name);
const char *action_kind_name(uint8_t kind);
const char *ruling_name(uint8_t ruling);
const char *reason_name(uint8_t reason);
const char *statement_name(uint8_t statement);
const char *aspect_name(uint8_t aspect);
const char *on_fault_name(uint8_t on_fault); /* "breakdown", "skip", "substitute" */

/* Does the event tell of a seat's own move, or of its refusal? The others follow from moves and from the
 * scenario. A lever that the scenario pulls at its seat's place (cause 1, the opening) is decided when it
 * is made; a seat decides before, since its delay is at least a second. */
bool event_is_move(const Event *event);

#endif
