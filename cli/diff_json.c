#include <string.h>

#include "cli/diff_words.h"
#include "cli/event_words.h"
#include "cli/output.h"
#include "cli/run_words.h"
#include "core/base/sim_time.h"

static const char *const side_names[2] = {"a", "b"};

static void add_runs(const Comparison *comparison, Json *json) {
    for (int at = 0; at < 2; at++) {
        const RunReference *run = &comparison->run[at];
        char hex[DIGEST_HEX];
        json_object(json, side_names[at]);
        json_string(json, "record", run->path);
        json_int(json, "run", (int64_t)run->row.run);
        json_string(json, "scenario", run->row.scenario);
        json_string(json, "scenario_hash", digest_hex(hex, &run->row.scenario_hash));
        json_int(json, "seed", (int64_t)run->row.seed);
        json_string(json, "version", run->row.version);
        json_string(json, "lane", run->row.lane);
        json_end_object(json);
    }
}

static void add_pair(Json *json, const char *key, const char *name, const char *const value[2]) {
    json_object(json, NULL);
    json_string(json, key, name);
    json_string(json, "a", value[0]);
    json_string(json, "b", value[1]);
    json_end_object(json);
}

static void add_given(const Comparison *comparison, Json *json) {
    const char *seat[2 * NP_MAX_SEATS];
    size_t seats = diff_seats(comparison, seat);
    json_array(json, "settings");
    for (size_t i = 0; i < comparison->settings; i++)
        add_pair(json, "path", comparison->setting[i].path, comparison->setting[i].value);
    json_end_array(json);
    json_array(json, "strategies");
    for (size_t i = 0; i < seats; i++) {
        const char *value[2] = {diff_strategy(&comparison->run[0].row, seat[i]),
                                diff_strategy(&comparison->run[1].row, seat[i])};
        bool same = value[0] != NULL && value[1] != NULL && strcmp(value[0], value[1]) == 0;
        if (!same) add_pair(json, "seat", seat[i], value);
    }
    json_end_array(json);
}

static void add_event(Json *json, const char *key, const Negotiation *negotiation,
                      const Event *event) {
    if (event != NULL)
        event_json(json, key, negotiation, event);
    else
        json_null(json, key);
}

static void add_parting(const Comparison *comparison, Json *json) {
    const Difference *difference = &comparison->difference;
    if (difference->event == 0) {
        json_null(json, "first_difference");
        return;
    }
    json_object(json, "first_difference");
    json_int(json, "event", (int64_t)difference->event);
    for (int at = 0; at < 2; at++) {
        const PartingSide *side = &difference->side[at];
        const Negotiation *negotiation = &comparison->run[at].scenario->negotiation;
        json_object(json, side_names[at]);
        add_event(json, "event", negotiation, side->there ? &side->event : NULL);
        add_event(json, "cause", negotiation, side->caused ? &side->cause : NULL);
        json_end_object(json);
    }
    json_end_object(json);
}

static void add_end(const Comparison *comparison, int at, Json *json) {
    const RunReference *run = &comparison->run[at];
    const RunRow *row = &run->row;
    char date[32], hex[DIGEST_HEX];
    json_string(json, "verdict", row->ended ? run_verdict_word(row) : NULL);
    json_string(json, "reason", run_reason_word(row));
    json_string(json, "ended_at",
                row->ended ? date_format(date, row->epoch + row->ended_at) : NULL);
    json_int(json, "events", (int64_t)row->events);
    json_string(json, "digest", row->ended ? digest_hex(hex, &row->digest) : NULL);
    if (row->kind == VERDICT_AGREEMENT)
        package_json(json, "agreement", &run->scenario->negotiation.terms.domain,
                     &comparison->difference.side[at].agreement);
    else
        json_null(json, "agreement");
    json_object(json, "utility");
    for (int seat = 0; seat < row->seats; seat++)
        utility_json(json, row->seat_id[seat], diff_utility(row, row->seat_id[seat]));
    json_end_object(json);
}

static void add_outcomes(const Comparison *comparison, Json *json) {
    json_object(json, "outcome");
    for (int at = 0; at < 2; at++) {
        json_object(json, side_names[at]);
        add_end(comparison, at, json);
        json_end_object(json);
    }
    json_end_object(json);
}

void diff_json(const Comparison *comparison) {
    Text text = {0};
    Json json = output_json(&text, "nonpaper.diff/1");
    json_bool(&json, "same_events", comparison->difference.event == 0);
    json_int(&json, "events_in_common", (int64_t)comparison->difference.same);
    add_runs(comparison, &json);
    add_given(comparison, &json);
    add_parting(comparison, &json);
    add_outcomes(comparison, &json);
    output_json_end(&json);
}
