#include <string.h>

#include "cli/commands.h"
#include "cli/family.h"
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

static void json_parent(Json *json, const RunRow *row) {
    char date[32], hex[DIGEST_HEX];
    bool dated = row->branch && row->branched_at >= 0;
    json_string(json, "header_hash", digest_hex(hex, &row->header_hash));
    if (row->parent != 0)
        json_int(json, "parent", (int64_t)row->parent);
    else
        json_null(json, "parent");
    json_string(json, "parent_hash", row->branch ? digest_hex(hex, &row->parent_hash) : NULL);
    json_string(json, "branched_at",
                dated ? date_format(date, row->epoch + row->branched_at) : NULL);
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
    json_parent(json, row);
    json_seats(json, row);
    json_end_object(json);
}

enum { NAME_COLUMNS = 20 };

/* A branch stands under its parent, further in. */
static void add_name(Text *line, const RunRow *row, uint32_t depth) {
    char name[128];
    size_t from = line->length, columns = 0;
    for (uint32_t i = 1; i < depth; i++) text_add(line, "  ");
    if (depth > 0) text_add(line, "└ ");
    text_add(line, text_safe(name, sizeof name, row->scenario));
    for (size_t i = from; i < line->length; i++) columns += (line->bytes[i] & 0xC0) != 0x80;
    for (; columns < NAME_COLUMNS; columns++) text_add(line, " ");
}

static void add_branch(Text *line, const RunRow *row) {
    char date[48];
    if (!row->branch) return;
    if (row->parent != 0)
        text_addf(line, "  from run %llu", (unsigned long long)row->parent);
    else
        text_add(line, "  from a run of another record");
    if (row->branched_at >= 0)
        text_addf(line, " on %s", date_say(date, row->epoch + row->branched_at));
}

static void run_line(Text *line, const RunRow *row, uint32_t depth) {
    char date[48] = "-", digest[DIGEST_HEX] = "-", verdict[64];
    text_addf(line, "%6llu  ", (unsigned long long)row->run);
    add_name(line, row, depth);
    if (row->ended) {
        date_say(date, row->epoch + row->ended_at);
        digest_hex(digest, &row->digest);
    }
    text_addf(line, "  %10llu  %-30s  %-17s  %8llu  %.12s", (unsigned long long)row->seed,
              run_verdict_words(verdict, sizeof verdict, row), date,
              (unsigned long long)row->events, digest);
    add_branch(line, row);
    text_add(line, "\n");
}

static bool list_json(Record *record, Error *error) {
    Text text = {0};
    RunRow row = {0};
    Json json = output_json(&text, "nonpaper.runs/1");
    json_array(&json, "runs");
    while (record_next_run(record, row.run, &row, error)) {
        json_run(&json, &row);
        output_result(&text);
    }
    json_end_array(&json);
    output_json_end(&json);
    return error->kind == ERROR_NONE;
}

static bool list_family(Record *record, const Family *family, Text *text, Error *error) {
    RunRow row;
    for (uint32_t at = 0; (at = family_next(family, at)) != 0;) {
        const Kin *kin = &family->kin[at - 1];
        if (!record_find_run(record, kin->run, &row, error)) return false;
        if (row.branch && row.parent == 0) row.parent = kin->parent;
        run_line(text, &row, kin->depth);
        output_result(text);
    }
    return true;
}

static bool list_lines(Record *record, Error *error) {
    Text text = {0};
    Family family;
    bool good = family_read(&family, record, error);
    text_addf(&text, "%6s  %-20s  %10s  %-30s  %-17s  %8s  %s\n", "run", "scenario", "seed",
              "verdict", "ended", "events", "digest");
    output_result(&text);
    good = good && list_family(record, &family, &text, error);
    family_finish(&family);
    text_finish(&text);
    return good;
}

int command_runs(const Options *options) {
    Error error = {0};
    Record *record = record_open_read(options_argument(options, 0), &error);
    if (record == NULL) return output_error(&error);
    if (option_given(options, "json"))
        list_json(record, &error);
    else
        list_lines(record, &error);
    record_close(record);
    return output_error(&error);
}
