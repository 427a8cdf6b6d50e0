#include "cli/sweep_cell.h"

#include <string.h>

#include "agents/strategies.h"
#include "cli/shell_word.h"
#include "core/base/json.h"

/* --- settings --- */

static bool read_settings(const SweepPlan *plan, SweepJob job, bool drawn, SettingList *list,
                          Error *error) {
    Text json = {0};
    design_settings(plan->design, job.cell, job.repetition, drawn, &json);
    bool good = setting_list_read(list, text_get(&json), error);
    text_finish(&json);
    return good;
}

static bool read_all(const SweepPlan *plan, SweepJob job, SettingList *list, Error *error) {
    return setting_list_read(list, text_get(&plan->settings), error) &&
           read_settings(plan, job, true, list, error);
}

/* What the whole list has and the cell's own has not; both are in the order of the factors. */
static void tell_drawn(const SettingList *all, size_t from, const SettingList *own, Text *out) {
    Json json = {.text = out};
    Text word = {0};
    size_t next = 0;
    json_array(&json, NULL);
    for (size_t i = from; i < all->count; i++) {
        bool fixed =
            next < own->count && strcmp(own->setting[next].path, all->setting[i].path) == 0;
        next += fixed;
        if (fixed) continue;
        text_clear(&word);
        text_addf(&word, "%s=%s", all->setting[i].path, all->setting[i].value);
        json_string(&json, NULL, text_get(&word));
    }
    json_end_array(&json);
    text_finish(&word);
}

/* --- reading --- */

static bool read_scenario(SweepCell *cell, const SweepPlan *plan, const SettingList *list,
                          Text *complaints, Error *error) {
    const Scenario *base = request_scenario(&plan->base);
    ScenarioRequest request = {.path = plan->base.source,
                               .text = text_get(&base->source),
                               .length = base->source.length,
                               .settings = list->setting,
                               .setting_count = list->count,
                               .catalogue = strategies_builtin()};
    Text warnings = {0};
    cell->scenario = scenario_read(&request, &warnings, error);
    if (cell->scenario == NULL) text_add(complaints, text_get(&warnings));
    text_finish(&warnings);
    return cell->scenario != NULL;
}

/* What is compared over cells are the utilities of the same seats. */
static bool has_same_seats(const SweepCell *cell, const SweepPlan *plan, Error *error) {
    const Terms *base = sweep_plan_terms(plan), *own = &cell->scenario->negotiation.terms;
    bool same = base->seats == own->seats;
    for (SeatId seat = 0; seat < own->seats && same; seat++)
        same = strcmp(base->seat[seat].id, own->seat[seat].id) == 0;
    return same || error_set(error, ERROR_SCENARIO, "cell %llu changes who sits at the table",
                             (unsigned long long)cell->job.cell);
}

static bool read_whole(SweepCell *cell, const SweepPlan *plan, SettingList *list, Text *complaints,
                       Error *error) {
    SettingList *own = list + 1;
    if (!setting_list_read(list, text_get(&plan->settings), error)) return false;
    size_t given = list->count;
    if (!read_settings(plan, cell->job, true, list, error) ||
        !read_settings(plan, cell->job, false, own, error))
        return false;
    setting_list_json(list, &cell->settings);
    tell_drawn(list, given, own, &cell->drawn);
    const Scenario *scenario;
    return read_scenario(cell, plan, list, complaints, error) &&
           has_same_seats(cell, plan, error) && (scenario = cell->scenario) != NULL &&
           cast_read(&cell->cast, scenario->strategy, scenario->negotiation.terms.seats,
                     plan->base.source, error);
}

bool sweep_cell_read(SweepCell *cell, const SweepPlan *plan, SweepJob job, Text *complaints,
                     Error *error) {
    SettingList *list = memory_new(2, sizeof *list);
    for (size_t i = 0; i < 2; i++) setting_list_init(&list[i]);
    cell->job = job;
    cell->read = read_whole(cell, plan, list, complaints, error);
    for (size_t i = 0; i < 2; i++) setting_list_finish(&list[i]);
    memory_free(list);
    return cell->read;
}

void sweep_cell_finish(SweepCell *cell) {
    scenario_destroy(cell->scenario);
    cast_finish(&cell->cast);
    text_finish(&cell->settings);
    text_finish(&cell->drawn);
    *cell = (SweepCell){0};
}

/* The complaint's first line says what is wrong; its last one only how many there are. */
static void say_first(const Text *complaints, Error *error) {
    size_t line = strcspn(text_get(complaints), "\n");
    if (line == 0) return;
    *error = (Error){0};
    error_set(error, ERROR_SCENARIO, "%.*s", (int)line, text_get(complaints));
}

bool sweep_cell_open(SweepCell *cell, const SweepPlan *plan, SweepJob job, Error *error) {
    Text complaints = {0};
    bool good = sweep_cell_read(cell, plan, job, &complaints, error);
    if (!good) say_first(&complaints, error);
    text_finish(&complaints);
    return good;
}

bool sweep_cell_serves(const SweepCell *cell, const SweepPlan *plan, SweepJob job) {
    return cell->read && cell->job.cell == job.cell &&
           (!plan->draws || cell->job.repetition == job.repetition);
}

/* --- telling --- */

void sweep_cell_values(const SweepPlan *plan, uint64_t cell, SettingList *list) {
    setting_list_init(list);
    read_settings(plan, (SweepJob){cell, 0}, false, list, NULL);
}

const char *sweep_cell_value(const SweepPlan *plan, const SettingList *list, uint32_t factor) {
    for (size_t i = 0; i < list->count; i++)
        if (strcmp(list->setting[i].path, plan->factor[factor].path) == 0)
            return list->setting[i].value;
    return "drawn";
}

void sweep_cell_words(const SweepPlan *plan, uint64_t cell, Text *settings, Text *numbers) {
    Json json = {.text = numbers};
    design_settings(plan->design, cell, 0, false, settings);
    json_object(&json, NULL);
    for (uint32_t i = 0; i < plan->factors; i++)
        json_double(&json, plan->factor[i].path, design_number(plan->design, cell, i));
    json_end_object(&json);
}

void sweep_cell_command(const SweepPlan *plan, SweepJob job, Text *out) {
    SettingList *list = memory_new(1, sizeof *list);
    Text word = {0};
    setting_list_init(list);
    text_add(out, "nonpaper run ");
    shell_word_show(out, plan->base.source);
    text_addf(out, " --seed %llu", (unsigned long long)study_seed(plan->seed, job.repetition));
    if (read_all(plan, job, list, NULL))
        for (size_t i = 0; i < list->count; i++) {
            text_clear(&word);
            text_addf(&word, "%s=%s", list->setting[i].path, list->setting[i].value);
            text_add(out, " --set ");
            shell_word_show(out, text_get(&word));
        }
    setting_list_finish(list);
    memory_free(list);
    text_finish(&word);
}
