#include "cli/verify.h"

#include <stdio.h>
#include <string.h>

#include "agents/player.h"
#include "cli/chosen_run.h"
#include "core/base/memory.h"
#include "core/negotiation/mechanism.h"
#include "core/referee/referee.h"
#include "core/referee/script.h"

static bool add_to_script(void *context, const Event *event, const uint8_t *bytes, size_t length) {
    (void)event;
    script_add(context, bytes, length);
    return true;
}

/* The run once more. */
typedef struct Again {
    const RunRow *row;
    const Negotiation *negotiation;
    Script script;
    Referee *referee;
    Player *player[NP_MAX_SEATS];
    DigestState digest;
    Verification *out;
} Again;

static void part(Again *again, uint64_t index, const char *what) {
    Verification *out = again->out;
    snprintf(out->place, sizeof out->place, "event %llu: %s", (unsigned long long)index + 1, what);
    out->event = index + 1;
    out->has_recorded = script_event(&again->script, index, &out->recorded);
}

/* Holds the events of the latest advance against the recorded ones; false at the first difference. */
static bool compare_events(Again *again) {
    uint32_t count;
    const uint32_t *offsets;
    const Event *events = referee_events(again->referee, &count);
    const uint8_t *bytes = referee_event_bytes(again->referee, &offsets);
    for (uint32_t i = 0; i < count; i++) {
        uint64_t index = events[i].id - 1;
        size_t length = offsets[i + 1] - offsets[i];
        if (!script_agrees(&again->script, index, bytes + offsets[i], length)) {
            part(again, index,
                 index < again->script.count ? "record and replay differ"
                                             : "the replay goes on where the record ends");
            again->out->has_replayed = true;
            again->out->replayed = events[i];
            return false;
        }
        digest_add(&again->digest, bytes + offsets[i], length);
        again->out->events = index + 1;
    }
    return true;
}

/* A fault came from outside the negotiation: it is fed at its place, not asked for again. */
static bool feed_fault(Again *again) {
    Event event;
    if (!script_event(&again->script, again->out->events, &event) || event.kind != NP_EVENT_FAULT)
        return false;
    char what[EVENT_MAX_TEXT + 1];
    memcpy(what, event.text, event.text_length);
    what[event.text_length] = '\0';
    referee_fault(again->referee, event.seat, what);
    return true;
}

static bool ask_again(Again *again, Error *error) {
    uint32_t count;
    const Grant *grants = referee_grants(again->referee, &count);
    for (uint32_t i = 0; i < count; i++) {
        Answer answer;
        if (!player_obey(again->player[grants[i].seat], &grants[i], &answer, error) ||
            !referee_answer(again->referee, &answer, error))
            return false;
    }
    return true;
}

static bool open_seats(Again *again, Error *error) {
    const Terms *terms = &again->negotiation->terms;
    for (SeatId seat = 0; seat < terms->seats; seat++) {
        again->player[seat] = player_create();
        Brief brief = referee_brief(again->referee, seat, again->row->strategy[seat]);
        /* A seat that refused to open was a fault then, and is fed as one now. */
        Error refusal = {0};
        if (!player_open_run(again->player[seat], &brief, &refusal) && !feed_fault(again) &&
            again->script.count > 2)
            return error_set(error, ERROR_CHECK, "seat %s cannot play: %s", terms->seat[seat].id,
                             refusal.text);
    }
    return true;
}

static bool play_again(Again *again, Error *error) {
    referee_open(again->referee, again->negotiation, again->row->seed, again->row->run);
    if (!open_seats(again, error)) return false;
    for (;;) {
        bool goes_on = referee_advance(again->referee);
        if (!compare_events(again)) return true;
        if (!goes_on) break;
        /* A run that was cut short is good as far as it goes. */
        if (!again->row->ended && again->out->events >= again->script.count) break;
        if (!feed_fault(again) && !ask_again(again, error)) return false;
    }
    if (again->out->events < again->script.count)
        part(again, again->out->events, "the record goes on where the replay ends");
    return true;
}

static void finish_again(Again *again) {
    for (SeatId seat = 0; seat < NP_MAX_SEATS; seat++) player_destroy(again->player[seat]);
    referee_destroy(again->referee);
    script_finish(&again->script);
}

static bool ask_and_compare(Record *record, Again *again, Error *error) {
    Scenario *scenario = chosen_run_scenario(record, again->row->run, error);
    if (scenario == NULL) return false;
    again->negotiation = &scenario->negotiation;
    again->referee = referee_create();
    digest_begin(&again->digest);
    bool good = record_walk(record, again->row->run, 1, add_to_script, &again->script, error) &&
                play_again(again, error);
    again->out->digest = digest_end(&again->digest);
    finish_again(again);
    scenario_destroy(scenario);
    return good;
}

bool verify_run(Record *record, const RunRow *row, Verification *out, Error *error) {
    memset(out, 0, sizeof *out);
    Error inconsistency = {0};
    bool consistent = record_check(record, row->run, &inconsistency);
    if (!consistent && inconsistency.kind != ERROR_CHECK) {
        if (error != NULL) *error = inconsistency;
        return false;
    }
    Again again = {.row = row, .out = out};
    Error failure = {0};
    bool played = ask_and_compare(record, &again, &failure);
    /* What the record says against itself comes first: it has the closer place. */
    if (!consistent)
        snprintf(out->place, sizeof out->place, "%.500s", inconsistency.text);
    else if (!played)
        snprintf(out->place, sizeof out->place, "%.500s", failure.text);
    out->verified = consistent && played && out->place[0] == '\0';
    return true;
}
