/* nonpaper explain: why the talks of a recorded run ended as they did, from the record alone. */
#include "report/explain.h"
#include "cli/commands.h"
#include "cli/event_words.h"
#include "cli/output.h"
#include "cli/run_reference.h"
#include "cli/run_words.h"
#include "core/base/sim_time.h"

/* --- for programs --- */

static void add_events(Json *json, const char *key, const uint64_t *event, uint32_t count) {
    json_array(json, key);
    for (uint32_t i = 0; i < count; i++) json_int(json, NULL, (int64_t)event[i]);
    json_end_array(json);
}

static void add_end(Json *json, const Reading *reading, const RunRow *row) {
    const Terms *terms = &reading->negotiation->terms;
    bool named = row->ended && row->seat < terms->seats;
    char date[32];
    json_bool(json, "finished", row->ended);
    json_string(json, "verdict", row->ended ? run_verdict_word(row) : NULL);
    json_string(json, "reason", run_reason_word(row));
    json_string(json, "seat", named ? terms->seat[row->seat].id : NULL);
    json_string(json, "ended_at",
                row->ended ? date_format(date, terms->epoch + row->ended_at) : NULL);
    json_int(json, "events", (int64_t)reading->last.id);
}

static void add_offers(Json *json, const Reading *reading) {
    const Terms *terms = &reading->negotiation->terms;
    char date[32];
    json_array(json, "last_offers");
    for (SeatId seat = 0; seat < terms->seats; seat++) {
        const SeatReading *own = &reading->seat[seat];
        if (own->first_offer == 0) continue;
        json_object(json, NULL);
        json_string(json, "seat", terms->seat[seat].id);
        json_int(json, "event", (int64_t)own->last_offer.id);
        json_string(json, "at", date_format(date, terms->epoch + own->last_offer.at));
        json_int(json, "offer", own->last_offer.offer);
        utility_json(json, "demand", own->last_offer.demand);
        utility_json(json, "distance", own->last_offer.distance);
        utility_json(json, "first_demand", own->first_demand);
        json_end_object(json);
    }
    json_end_array(json);
}

static void add_nearest(Json *json, const Reading *reading) {
    const Terms *terms = &reading->negotiation->terms;
    const NearMiss *miss = &reading->search.best;
    if (miss->event == 0 || reading->agreement != 0) {
        json_null(json, "nearest");
        return;
    }
    json_object(json, "nearest");
    json_int(json, "event", (int64_t)miss->event);
    json_int(json, "offer", miss->offer);
    package_json(json, "outcome", &terms->domain, &miss->package);
    seats_json(json, "accepted_by", terms, miss->accepted);
    seats_json(json, "missing", terms, miss->needed & ~miss->accepted);
    seats_json(json, "unauthorised", terms, miss->unauthorised);
    json_end_object(json);
}

static void add_walk_away(Json *json, const Reading *reading) {
    const Terms *terms = &reading->negotiation->terms;
    json_object(json, "walk_away");
    for (SeatId seat = 0; seat < terms->seats; seat++) {
        const SeatReading *own = &reading->seat[seat];
        json_object(json, terms->seat[seat].id);
        utility_json(json, "first", own->first_reservation);
        utility_json(json, "last", own->reservation);
        add_events(json, "changes", own->appraisals.id, own->appraisals.count);
        json_end_object(json);
    }
    json_end_object(json);
}

static void add_findings(Json *json, const Explanation *explanation) {
    const Terms *terms = &explanation->reading.negotiation->terms;
    json_array(json, "findings");
    for (uint32_t i = 0; i < explanation->findings; i++) {
        const Finding *finding = &explanation->finding[i];
        bool named = finding->seat < terms->seats;
        json_object(json, NULL);
        json_string(json, "topic", topic_name(finding->topic));
        json_string(json, "seat", named ? terms->seat[finding->seat].id : NULL);
        json_string(json, "sentence", finding->sentence);
        add_events(json, "events", finding->event, finding->events);
        json_end_object(json);
    }
    json_end_array(json);
}

static void print_json(const Explanation *explanation, const RunRow *row, Text *text) {
    Json json = output_json(text, "nonpaper.explain/1");
    json_int(&json, "run", (int64_t)row->run);
    json_string(&json, "scenario", row->scenario);
    add_end(&json, &explanation->reading, row);
    add_events(&json, "chain", explanation->chain.id, explanation->chain.count);
    add_offers(&json, &explanation->reading);
    add_nearest(&json, &explanation->reading);
    add_walk_away(&json, &explanation->reading);
    add_findings(&json, explanation);
    output_json_end(&json);
}

/* --- for people --- */

static void print_text(const Explanation *explanation, const RunRow *row, bool color, Text *text) {
    char words[128];
    text_addf(text, "Run %llu of ", (unsigned long long)row->run);
    text_add_safe(text, row->scenario);
    text_addf(text, ", seed %llu: %s, %llu events", (unsigned long long)row->seed,
              run_verdict_words(words, sizeof words, row),
              (unsigned long long)explanation->reading.last.id);
    if (row->branch) {
        char date[48];
        text_addf(text, "; a branch, live from %s on",
                  date_say(date, row->epoch + row->branched_at));
    }
    text_add(text, "\nResults are properties of the model and not forecasts.\n\n");
    explanation_print(explanation, color, text);
    output_result(text);
}

/* --- the command --- */

static bool explain_run(const RunReference *run, const Options *options, Error *error) {
    Script script;
    Text text = {0};
    script_init(&script);
    bool good = record_script(run->record, run->row.run, &script, error);
    if (good && script.count == 0)
        good = error_set(error, ERROR_NO_INPUT, "nothing is recorded of run %llu yet",
                         (unsigned long long)run->row.run);
    if (good) {
        Explanation *explanation = memory_new(1, sizeof *explanation);
        explain(explanation, &run->scenario->negotiation, &script);
        if (option_given(options, "json"))
            print_json(explanation, &run->row, &text);
        else
            print_text(explanation, &run->row, output_color(options, stdout), &text);
        explanation_finish(explanation);
        memory_free(explanation);
    }
    text_finish(&text);
    script_finish(&script);
    return good;
}

int command_explain(const Options *options) {
    Error error = {0};
    RunReference *run = memory_new(1, sizeof *run);
    uint64_t wanted = (uint64_t)option_integer(options, "run", 0);
    if (run_reference_open(run, options_argument(options, 0), wanted, &error))
        explain_run(run, options, &error);
    run_reference_finish(run);
    memory_free(run);
    return output_finish(output_error(&error));
}
