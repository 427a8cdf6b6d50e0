/* The events of a run, one line each: what stands in the record, without a storyteller. */
#include <string.h>

#include "cli/chosen_run.h"
#include "cli/chosen_seat.h"
#include "cli/commands.h"
#include "cli/event_words.h"
#include "cli/moment.h"
#include "cli/output.h"
#include "core/base/sim_time.h"

typedef struct Log {
    const Negotiation *negotiation;
    const Terms *terms;
    SeatId seat;    /* NP_NO_SEAT: every seat */
    int kind;       /* -1: every kind */
    uint32_t offer; /* 0: every offer */
    Moment from, to;
    uint64_t left; /* how many may still be listed */
    Text text;
    Json *json; /* NULL: lines for people */
} Log;

static void add_line(Log *log, const Event *event) {
    char date[32], seat[64] = "-";
    if (event->seat < log->terms->seats)
        text_safe(seat, sizeof seat, log->terms->seat[event->seat].id);
    text_addf(&log->text, "%6llu  %-10s  %-12s  %-12s  ", (unsigned long long)event->id,
              date_format(date, log->terms->epoch + event->at), seat, event_kind_name(event->kind));
    event_words(log->negotiation, event, &log->text);
    if (event->cause != 0)
        text_addf(&log->text, " (because of %llu)", (unsigned long long)event->cause);
    text_add(&log->text, "\n");
}

static bool is_wanted(const Log *log, const Event *event) {
    return (log->seat == NP_NO_SEAT || event->seat == log->seat) &&
           (log->kind < 0 || event->kind == log->kind) &&
           (log->offer == 0 || event->offer == log->offer) && event->at >= log->from.at;
}

static bool visit(void *context, const Event *event, const uint8_t *bytes, size_t length) {
    (void)bytes, (void)length;
    Log *log = context;
    if (event->id > log->to.event || event->at > log->to.at) return false;
    if (!is_wanted(log, event)) return true;
    if (log->json != NULL)
        event_json(log->json, NULL, log->negotiation, event);
    else
        add_line(log, event);
    output_result(&log->text);
    return --log->left > 0;
}

/* --- what to list --- */

static bool choose_kind(const Options *options, Log *log, Error *error) {
    const char *wanted = option_text(options, "kind", NULL);
    const char *names[NP_EVENT_HORIZON];
    size_t count = 0;
    log->kind = -1;
    if (wanted == NULL) return true;
    log->kind = event_kind_find(wanted);
    if (log->kind >= 0) return true;
    for (uint8_t kind = 1; kind <= NP_EVENT_HORIZON; kind++)
        if (event_kind_name(kind) != NULL) names[count++] = event_kind_name(kind);
    char safe[96];
    const char *near = text_nearest(wanted, names, count);
    return error_set(error, ERROR_USAGE, "there is no kind of event \"%s\"%s%s%s",
                     text_safe(safe, sizeof safe, wanted), near != NULL ? "; did you mean " : "",
                     near != NULL ? near : "", near != NULL ? "?" : "");
}

/* --- the command --- */

static bool choose_range(const Options *options, Log *log, Error *error) {
    int64_t epoch = log->terms->epoch;
    log->offer = (uint32_t)option_integer(options, "offer", 0);
    log->left = (uint64_t)option_integer(options, "limit", INT64_MAX);
    return moment_from(&log->from, "from", option_text(options, "from", NULL), epoch, error) &&
           moment_to(&log->to, "to", option_text(options, "to", NULL), epoch, error);
}

static bool list_events(Record *record, uint64_t run, Log *log, bool as_json, Error *error) {
    Json json;
    if (as_json) {
        json = output_json(&log->text, "nonpaper.log/1");
        json_int(&json, "run", (int64_t)run);
        json_array(&json, "events");
        log->json = &json;
    }
    bool walked = record_walk(record, run, log->from.event, visit, log, error);
    if (as_json) {
        json_end_array(&json);
        output_json_end(&json);
    }
    return walked;
}

static bool log_run(Record *record, uint64_t run, const Options *options, Error *error) {
    Scenario *scenario = chosen_run_scenario(record, run, error);
    if (scenario == NULL) return false;
    Log log = {.negotiation = &scenario->negotiation, .terms = &scenario->negotiation.terms};
    bool listed = chosen_seat(options, log.terms, &log.seat, error) &&
                  choose_kind(options, &log, error) && choose_range(options, &log, error) &&
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
