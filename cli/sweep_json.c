/* A sweep's results for programs. */

#include "cli/csv_field.h"
#include "cli/interval_json.h"
#include "cli/sweep_cell.h"
#include "cli/sweep_result.h"
#include "core/study/resample.h"

/* A piece of JSON as a member. */
static void json_raw(Json *json, const char *key, const Text *value) {
    json_null(json, key);
    json->text->length -= 4;
    text_add(json->text, text_get(value));
}

static void json_difference(Json *json, const SeatNumbers *numbers) {
    const PairedMean *difference = &numbers->difference;
    json_object(json, "difference");
    json_int(json, "pairs", difference->pairs);
    json_double(json, "estimate", difference->difference.estimate);
    json_double(json, "least", difference->difference.least);
    json_double(json, "most", difference->difference.most);
    json_double(json, "p", difference->p);
    json_double(json, "p_holm", numbers->p_holm);
    json_end_object(json);
}

static void json_seats(Json *json, const SweepResult *result, const CellNumbers *cell) {
    const Terms *terms = sweep_plan_terms(result->plan);
    json_object(json, "seats");
    for (SeatId seat = 0; seat < terms->seats; seat++) {
        const SeatNumbers *numbers = &cell->seat[seat];
        json_object(json, terms->seat[seat].id);
        interval_json(json, "utility", &numbers->utility);
        interval_json(json, "median", &numbers->median);
        interval_json(json, "gain", &numbers->gain);
        if (result->compares && cell->cell > 0) json_difference(json, numbers);
        json_end_object(json);
    }
    json_end_object(json);
}

static void json_share(Json *json, const char *key, const ShareNumbers *numbers, bool compared) {
    json_object(json, key);
    json_int(json, "runs", (int64_t)numbers->runs);
    json_int(json, "hits", (int64_t)numbers->hits);
    json_double(json, "estimate", numbers->share.estimate);
    json_double(json, "least", numbers->share.least);
    json_double(json, "most", numbers->share.most);
    if (compared) {
        interval_json(json, "difference", &numbers->difference);
        json_double(json, "p", numbers->p);
        json_double(json, "p_holm", numbers->p_holm);
    }
    json_end_object(json);
}

/* {issue: {option: …, "no agreement": …}} */
static void json_shares(Json *json, const SweepResult *result, const CellNumbers *cell) {
    const SweepPlan *plan = result->plan;
    bool compared = result->compares && cell->cell > 0;
    json_object(json, "shares");
    for (uint32_t i = 1; i <= plan->shares; i++) {
        const ShareTable *table = &result->share[i];
        const Issue *issue = &sweep_plan_terms(plan)->domain.issue[table->issue];
        json_object(json, issue->id);
        for (uint32_t row = 0; row < table->rows; row++)
            json_share(json, row < issue->options ? issue->option[row] : "no agreement",
                       &table->number[cell->cell * table->rows + row], compared);
        json_end_object(json);
    }
    json_end_object(json);
}

static void json_agreement_difference(Json *json, const ShareNumbers *numbers) {
    const Interval *difference = &numbers->difference;
    json_object(json, "agreement_difference");
    json_double(json, "estimate", difference->estimate);
    json_double(json, "least", difference->least);
    json_double(json, "most", difference->most);
    json_double(json, "p", numbers->p);
    json_double(json, "p_holm", numbers->p_holm);
    json_end_object(json);
}

static void json_cell(Json *json, const SweepResult *result, const CellNumbers *cell) {
    Text settings = {0}, numbers = {0};
    sweep_cell_words(result->plan, cell->cell, &settings, &numbers);
    json_object(json, NULL);
    json_int(json, "cell", (int64_t)cell->cell);
    json_raw(json, "settings", &settings);
    json_raw(json, "numbers", &numbers);
    json_int(json, "runs", (int64_t)cell->tally.runs);
    json_int(json, "agreements", (int64_t)cell->tally.agreements);
    json_int(json, "failed", (int64_t)cell->tally.failed);
    tally_breakdowns(&cell->tally, json);
    interval_json(json, "agreement", &cell->agreement);
    if (result->compares && cell->cell > 0)
        json_agreement_difference(json, &result->share[0].number[cell->cell]);
    interval_json(json, "days", &cell->days);
    if (result->plan->shares > 0) json_shares(json, result, cell);
    json_seats(json, result, cell);
    json_end_object(json);
    text_finish(&settings);
    text_finish(&numbers);
}

static void json_lost(Json *json, const SweepResult *result) {
    Text command = {0};
    json_array(json, "without_result");
    for (uint32_t i = 0; i < result->lost_count; i++) {
        const LostJob *lost = &result->lost[i];
        text_clear(&command);
        sweep_cell_command(result->plan, lost->job, &command);
        json_object(json, NULL);
        json_int(json, "cell", (int64_t)lost->job.cell);
        json_int(json, "repetition", (int64_t)lost->job.repetition);
        json_int(json, "seed", (int64_t)study_seed(result->plan->seed, lost->job.repetition));
        json_int(json, "attempts", lost->attempts);
        json_string(json, "why", lost->why);
        json_string(json, "command", text_get(&command));
        json_end_object(json);
    }
    json_end_array(json);
    text_finish(&command);
}

void sweep_result_json(const SweepResult *result, Text *out) {
    const SweepPlan *plan = result->plan;
    char hex[DIGEST_HEX];
    Json json = {.text = out};
    json_object(&json, NULL);
    json_string(&json, "schema", "nonpaper.sweep/1");
    tally_json(&result->tally, &result->digest, &json);
    json_string(&json, "study", digest_hex(hex, &plan->hash));
    json_raw(&json, "plan", &plan->words);
    json_int(&json, "repetitions", (int64_t)result->repetitions);
    json_array(&json, "cells");
    for (uint64_t i = 0; i < plan->cells; i++)
        if (result->cell[i].tally.runs > 0) json_cell(&json, result, &result->cell[i]);
    json_end_array(&json);
    sweep_influence_json(result, &json);
    sweep_warnings_json(result, &json);
    sweep_faults_json(result, &json);
    json_lost(&json, result);
    json_string(&json, "record", plan->base.record);
    json_end_object(&json);
    text_add(out, "\n");
}

/* --- rows --- */

static void add_number(Text *out, double number) {
    char digits[32];
    text_add(out, ",");
    if (number == number) text_add(out, text_double(digits, number));
}

static const char columns[] =
    "runs,agreements,failed,agreement,agreement_least,agreement_most,days,utility,utility_least,"
    "utility_most,median,median_least,median_most,gain,gain_least,gain_most,difference,"
    "difference_least,difference_most,p,p_holm";

static void add_three(Text *out, const Interval *interval) {
    add_number(out, interval->estimate);
    add_number(out, interval->least);
    add_number(out, interval->most);
}

static void add_numbers(Text *out, const SweepResult *result, uint64_t number, SeatId seat) {
    const CellNumbers *cell = &result->cell[number];
    const SeatNumbers *numbers = &cell->seat[seat];
    bool compared = result->compares && number > 0;
    Interval unknown = interval_unknown();
    add_number(out, (double)cell->tally.runs);
    add_number(out, (double)cell->tally.agreements);
    add_number(out, (double)cell->tally.failed);
    add_three(out, &cell->agreement);
    add_number(out, cell->days.estimate);
    add_three(out, &numbers->utility);
    add_three(out, &numbers->median);
    add_three(out, &numbers->gain);
    add_three(out, compared ? &numbers->difference.difference : &unknown);
    add_number(out, compared ? numbers->difference.p : unknown.estimate);
    add_number(out, compared ? numbers->p_holm : unknown.estimate);
}

static void add_values(Text *out, const SweepPlan *plan, uint64_t cell) {
    SettingList *list = memory_new(1, sizeof *list);
    sweep_cell_values(plan, cell, list);
    for (uint32_t i = 0; i < plan->factors; i++) {
        text_add(out, ",");
        csv_field_add(out, sweep_cell_value(plan, list, i));
    }
    setting_list_finish(list);
    memory_free(list);
}

static void csv_rows(const SweepResult *result, Text *out) {
    const SweepPlan *plan = result->plan;
    const Terms *terms = sweep_plan_terms(plan);
    text_add(out, "cell");
    for (uint32_t i = 0; i < plan->factors; i++) {
        text_add(out, ",");
        csv_field_add(out, plan->factor[i].path);
    }
    text_addf(out, ",seat,%s\r\n", columns);
    for (uint64_t i = 0; i < plan->cells; i++)
        for (SeatId seat = 0; seat < terms->seats && result->cell[i].tally.runs > 0; seat++) {
            text_addf(out, "%llu", (unsigned long long)i);
            add_values(out, plan, i);
            text_add(out, ",");
            csv_field_add(out, terms->seat[seat].id);
            add_numbers(out, result, i, seat);
            text_add(out, "\r\n");
        }
}

static void json_rows(const SweepResult *result, Text *out) {
    for (uint64_t i = 0; i < result->plan->cells; i++) {
        Json json = {.text = out};
        if (result->cell[i].tally.runs == 0) continue;
        json_cell(&json, result, &result->cell[i]);
        text_add(out, "\n");
    }
}

void sweep_result_rows(const SweepResult *result, bool csv, Text *out) {
    (csv ? csv_rows : json_rows)(result, out);
}
