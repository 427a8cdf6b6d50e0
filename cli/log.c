/* The events of a run, one line each: what stands in the record, without a storyteller. */
#include <string.h>

#include "cli/chosen_run.h"
#include "cli/commands.h"
#include "cli/event_words.h"
#include "cli/output.h"
#include "core/base/sim_time.h"

typedef struct Log {
    const Terms *terms;
    SeatId seat; /* NP_NO_SEAT: every seat */
    int kind;    /* -1: every kind */
    Text text;
    Json *json; /* NULL: lines for people */
} Log;

static void add_line(Log *log, const Event *event) {
    char date[32], seat[64] = "-";
    if (event->seat < log->terms->seats)
        text_safe(seat, sizeof seat, log->terms->seat[event->seat].id);
    text_addf(&log->text, "%6llu  %-10s  %-12s  %-12s  ", (unsigned long long)event->id,
              date_format(date, log->terms->epoch + event->at), seat, event_kind_name(event->kind));
    event_words(log->terms, event, &log->text);
    if (event->cause != 0)
        text_addf(&log->text, " (because of %llu)", (unsigned long long)event->cause);
    text_add(&log->text, "\n");
}

static bool visit(void *context, const Event *event, const uint8_t *bytes, size_t length) {
    (void)bytes, (void)length;
    Log *log = context;
    if (log->seat != NP_NO_SEAT && event->seat != log->seat) return true;
    if (log->kind >= 0 && event->kind != log->kind) return true;
    if (log->json != NULL)
        event_json(log->json, log->terms, event);
    else
        add_line(log, event);
    output_result(&log->text);
    return true;
}

/* --- what to list --- */

static bool choose_seat(const Options *options, Log *log, Error *error) {
    const char *wanted = option_text(options, "seat", NULL);
    const char *ids[NP_MAX_SEATS];
    log->seat = NP_NO_SEAT;
    if (wanted == NULL) return true;
    for (SeatId seat = 0; seat < log->terms->seats; seat++) {
        ids[seat] = log->terms->seat[seat].id;
        if (strcmp(ids[seat], wanted) == 0) log->seat = seat;
    }
    if (log->seat != NP_NO_SEAT) return true;
    char safe[96];
    const char *near = text_nearest(wanted, ids, log->terms->seats);
    return error_set(error, ERROR_USAGE, "this run has no seat \"%s\"%s%s%s",
                     text_safe(safe, sizeof safe, wanted), near != NULL ? "; did you mean " : "",
                     near != NULL ? near : "", near != NULL ? "?" : "");
}

static bool choose_kind(const Options *options, Log *log, Error *error) {
    const char *wanted = option_text(options, "kind", NULL);
    const char *names[NP_EVENT_FAULT];
    log->kind = -1;
    if (wanted == NULL) return true;
    log->kind = event_kind_find(wanted);
    if (log->kind >= 0) return true;
    for (uint8_t kind = 1; kind <= NP_EVENT_FAULT; kind++) names[kind - 1] = event_kind_name(kind);
    char safe[96];
    const char *near = text_nearest(wanted, names, NP_EVENT_FAULT);
    return error_set(error, ERROR_USAGE, "there is no kind of event \"%s\"%s%s%s",
                     text_safe(safe, sizeof safe, wanted), near != NULL ? "; did you mean " : "",
                     near != NULL ? near : "", near != NULL ? "?" : "");
}

/* --- the command --- */

static bool list_events(Record *record, uint64_t run, Log *log, bool as_json, Error *error) {
    Json json;
    if (as_json) {
        json = output_json(&log->text, "nonpaper.log/1");
        json_int(&json, "run", (int64_t)run);
        json_array(&json, "events");
        log->json = &json;
    }
    bool walked = record_walk(record, run, 1, visit, log, error);
    if (as_json) {
        json_end_array(&json);
        output_json_end(&json);
    }
    return walked;
}

static bool log_run(Record *record, uint64_t run, const Options *options, Error *error) {
    Scenario *scenario = chosen_run_scenario(record, run, error);
    if (scenario == NULL) return false;
    Log log = {.terms = &scenario->negotiation.terms};
    bool listed = choose_seat(options, &log, error) && choose_kind(options, &log, error) &&
                  list_events(record, run, &log, option_given(options, "json"), error);
    text_finish(&log.text);
    scenario_destroy(scenario);
    return listed;
}

int command_log(const Options *options) {
    Error error = {0};
    RunRow row;
    Record *record = chosen_run_open(options, &row, &error);
    if (record == NULL) return output_error(&error);
    log_run(record, row.run, options, &error);
    record_close(record);
    return output_error(&error);
}
