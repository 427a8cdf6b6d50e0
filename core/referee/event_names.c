/* The words of recorded events: one table for each kind of number. */
#include <string.h>

#include "core/negotiation/negotiation.h"
#include "core/referee/event.h"

static const char *const kind_names[] = {
    [NP_EVENT_OPENING] = "opening",
    [NP_EVENT_OFFER] = "offer",
    [NP_EVENT_ACCEPTANCE] = "acceptance",
    [NP_EVENT_REJECTION] = "rejection",
    [NP_EVENT_WITHDRAWAL] = "withdrawal",
    [NP_EVENT_RULE_OUT] = "rule_out",
    [NP_EVENT_WALK_OUT] = "walk_out",
    [NP_EVENT_PASS] = "pass",
    [NP_EVENT_REFUSAL] = "refusal",
    [NP_EVENT_LAPSE] = "lapse",
    [NP_EVENT_ACCORD] = "accord",
    [NP_EVENT_SIGNATURE] = "signature",
    [NP_EVENT_RATIFICATION] = "ratification",
    [NP_EVENT_AGREEMENT] = "agreement",
    [NP_EVENT_BREAKDOWN] = "breakdown",
    [NP_EVENT_FAULT] = "fault",
    [NP_EVENT_LEVER] = "lever",
    [NP_EVENT_STATEMENT] = "statement",
    [NP_EVENT_WORLD] = "world",
    [NP_EVENT_SHOCK] = "shock",
    [NP_EVENT_APPRAISAL] = "appraisal",
    [NP_EVENT_LEAK] = "leak",
    [NP_EVENT_AUTHORITY] = "authority",
    [NP_EVENT_STATUS_QUO] = "status_quo",
    [NP_EVENT_AUDIENCE_COST] = "audience_cost",
    [NP_EVENT_IMPLEMENTATION] = "implementation",
    [NP_EVENT_PROBE] = "probe",
    [NP_EVENT_RENEWED_WAR] = "renewed_war",
    [NP_EVENT_STEP] = "step",
    [NP_EVENT_HORIZON] = "horizon",
};

static const char *const action_names[] = {
    [NP_PASS] = "pass",         [NP_OFFER] = "offer",       [NP_ACCEPT] = "accept",
    [NP_REJECT] = "reject",     [NP_WITHDRAW] = "withdraw", [NP_RULE_OUT] = "rule_out",
    [NP_WALK_OUT] = "walk_out", [NP_LEVER] = "lever",       [NP_STATEMENT] = "statement",
};

static const char *const ruling_names[] = {
    [NP_RULING_OK] = "ok",
    [NP_RULING_MALFORMED] = "malformed",
    [NP_RULING_NOT_YOUR_TURN] = "not_your_turn",
    [NP_RULING_INFEASIBLE] = "infeasible",
    [NP_RULING_INCOMPLETE] = "incomplete",
    [NP_RULING_STATUS_QUO] = "status_quo",
    [NP_RULING_CROSSES_RED_LINE] = "crosses_red_line",
    [NP_RULING_NO_SUCH_OFFER] = "no_such_offer",
    [NP_RULING_ALREADY_SAID] = "already_said",
    [NP_RULING_CONTRADICTS_ACCORD] = "contradicts_accord",
    [NP_RULING_TALKS_CLOSED] = "talks_closed",
    [NP_RULING_MENU_TOO_LARGE] = "menu_too_large",
    [NP_RULING_NOT_A_MEMBER] = "not_a_member",
    [NP_RULING_NOT_YOUR_LEVER] = "not_your_lever",
    [NP_RULING_OUT_OF_BOUNDS] = "out_of_bounds",
    [NP_RULING_NOT_YOUR_ROLE] = "not_your_role",
};

static const char *const reason_names[] = {
    [REASON_NONE] = "none",
    [REASON_WALK_OUT] = "walk_out",
    [REASON_DEADLINE] = "deadline",
    [REASON_STALLED] = "stalled",
    [REASON_RATIFICATION_FAILED] = "ratification_failed",
    [REASON_AGENT_FAULT] = "agent_fault",
};

static const char *const statement_names[] = {
    [NP_SAY_DEMAND] = "demand",   [NP_SAY_SIGNAL] = "signal", [NP_SAY_THREAT] = "threat",
    [NP_SAY_PROMISE] = "promise", [NP_SAY_DENY] = "deny",
};

static const char *const aspect_names[] = {
    [NP_ASPECT_RESERVATION] = "reservation",
    [NP_ASPECT_AFTERMATH] = "aftermath",
    [NP_ASPECT_EROSION] = "erosion",
    [NP_ASPECT_HAZARD] = "hazard",
    [NP_ASPECT_TYPE] = "type",
};

static const char *const on_fault_names[] = {
    [ON_FAULT_BREAKDOWN] = "breakdown",
    [ON_FAULT_SKIP] = "skip",
    [ON_FAULT_SUBSTITUTE] = "substitute",
};

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

const char *event_kind_name(uint8_t kind) {
    return kind < COUNT(kind_names) ? kind_names[kind] : NULL;
}

int event_kind_find(const char *name) {
    for (size_t kind = 0; kind < COUNT(kind_names); kind++)
        if (kind_names[kind] && strcmp(kind_names[kind], name) == 0) return (int)kind;
    return -1;
}

const char *action_kind_name(uint8_t kind) {
    return kind < COUNT(action_names) ? action_names[kind] : NULL;
}

const char *ruling_name(uint8_t ruling) {
    return ruling < COUNT(ruling_names) ? ruling_names[ruling] : NULL;
}

const char *reason_name(uint8_t reason) {
    return reason < COUNT(reason_names) ? reason_names[reason] : NULL;
}

const char *statement_name(uint8_t statement) {
    return statement < COUNT(statement_names) ? statement_names[statement] : NULL;
}

const char *aspect_name(uint8_t aspect) {
    return aspect < COUNT(aspect_names) ? aspect_names[aspect] : NULL;
}

const char *on_fault_name(uint8_t on_fault) {
    return on_fault < COUNT(on_fault_names) ? on_fault_names[on_fault] : NULL;
}
