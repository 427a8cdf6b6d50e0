#include <string.h>

#include "cli/commands.h"
#include "cli/output.h"
#include "cli/run_words.h"
#include "core/base/sim_time.h"
#include "core/record/record.h"

static void json_seats(Json *json, const RunRow *row) {
    json_object(json, "strategies");
    for (uint8_t seat = 0; seat < row->seats && seat < NP_MAX_SEATS; seat++)
        json_string(json, row->seat_id[seat], row->strategy[seat]);
    json_end_object(json);
}

static void json_ending(Json *json, const RunRow *row) {
    char date[32], hex[DIGEST_HEX];
    json_string(json, "verdict", row->ended ? run_verdict_word(row) : NULL);
    json_string(json, "reason", run_reason_word(row));
    json_string(json, "ended_at",
                row->ended ? date_format(date, row->epoch + row->ended_at) : NULL);
    json_int(json, "events", (int64_t)row->events);
    json_string(json, "digest", row->ended ? digest_hex(hex, &row->digest) : NULL);
}

static void json_run(Json *json, const RunRow *row) {
    char date[32];
    json_object(json, NULL);
    json_int(json, "run", (int64_t)row->run);
    json_string(json, "scenario", row->scenario);
    json_int(json, "seed", (int64_t)row->seed);
    json_string(json, "lane", row->lane);
    json_string(json, "version", row->version);
    json_string(json, "started_at", date_format(date, row->started_at));
    json_bool(json, "ended", row->ended);
    json_ending(json, row);
    json_seats(json, row);
    json_end_object(json);
}

static void line_begin(Text *line, const RunRow *row) {
    char name[128];
    text_addf(line, "%6llu  %-20s  %10llu  ", (unsigned long long)row->run,
              text_safe(name, sizeof name, row->scenario), (unsigned long long)row->seed);
}

static void run_line(Text *line, const RunRow *row) {
    char date[48], hex[DIGEST_HEX];
    line_begin(line, row);
    if (!row->ended) {
        text_addf(line, "%-30s  %-17s  %8llu  -\n", "unfinished", "-",
                  (unsigned long long)row->events);
        return;
    }
    char verdict[64];
    run_verdict_words(verdict, sizeof verdict, row);
    text_addf(line, "%-30s  %-17s  %8llu  %.12s\n", verdict,
              date_say(date, row->epoch + row->ended_at), (unsigned long long)row->events,
              digest_hex(hex, &row->digest));
}

static int list_runs(Record *record, bool as_json) {
    Text text = {0};
    Error error = {0};
    RunRow row;
    Json json = {0};
    if (as_json) {
        json = output_json(&text, "nonpaper.runs/1");
        json_array(&json, "runs");
    } else
        text_addf(&text, "%6s  %-20s  %10s  %-30s  %-17s  %8s  %s\n", "run", "scenario", "seed",
                  "verdict", "ended", "events", "digest");
    for (uint64_t after = 0; record_next_run(record, after, &row, &error); after = row.run) {
        if (as_json)
            json_run(&json, &row);
        else
            run_line(&text, &row);
        output_result(&text);
    }
    if (as_json) {
        json_end_array(&json);
        output_json_end(&json);
    } else
        output_result(&text);
    text_finish(&text);
    return output_error(&error);
}

int command_runs(const Options *options) {
    Error error = {0};
    Record *record = record_open_read(options_argument(options, 0), &error);
    if (record == NULL) return output_error(&error);
    int code = list_runs(record, option_given(options, "json"));
    record_close(record);
    return code;
}
