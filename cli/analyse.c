/* nonpaper analyse: what could have been agreed, and how far from it a recorded run's packages lay. */
#include "cli/analyse.h"

#include <stdio.h>
#include <string.h>

#include "agents/strategies.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "cli/setting_list.h"
#include "core/base/sim_time.h"

/* --- a scenario or a record --- */

static bool is_database(const char *path) {
    char head[16] = {0};
    FILE *file = fopen(path, "rb");
    if (file == NULL) return false;
    size_t count = fread(head, 1, sizeof head, file);
    fclose(file);
    return count == sizeof head && memcmp(head, "SQLite format 3", sizeof head) == 0;
}

/* RECORD or RECORD:RUN; a file that is there as it is written comes first. */
static bool names_record(const char *word) {
    FILE *file = fopen(word, "rb");
    if (file != NULL) {
        fclose(file);
        return is_database(word);
    }
    const char *colon = strrchr(word, ':');
    if (colon == NULL) return false;
    char *path = memory_text(word);
    path[colon - word] = '\0';
    bool found = is_database(path);
    memory_free(path);
    return found;
}

static bool open_record(Analysis *analysis, Error *error) {
    if (option_given(analysis->options, "set"))
        return error_set(error, ERROR_USAGE,
                         "--set changes a scenario; a record's run is analysed as it was played");
    analysis->run = memory_new(1, sizeof *analysis->run);
    if (!run_reference_open(analysis->run, analysis->path,
                            (uint64_t)option_integer(analysis->options, "run", 0), error))
        return false;
    analysis->scenario = analysis->run->scenario;
    return true;
}

static bool open_file(Analysis *analysis, Error *error) {
    if (option_given(analysis->options, "run"))
        return error_set(error, ERROR_USAGE, "--run chooses a run of a record; %s",
                         "this is a scenario");
    SettingList *list = memory_new(1, sizeof *list);
    Text complaints = {0};
    setting_list_init(list);
    if (setting_list_given(list, analysis->options, error)) {
        analysis->own = scenario_read(&(ScenarioRequest){.path = analysis->path,
                                                         .settings = list->setting,
                                                         .setting_count = list->count,
                                                         .catalogue = strategies_builtin()},
                                      &complaints, error);
        if (analysis->own == NULL) output_complaints(&complaints);
    }
    analysis->scenario = analysis->own;
    text_finish(&complaints);
    setting_list_finish(list);
    memory_free(list);
    return analysis->own != NULL;
}

/* --- what is asked --- */

static bool read_date(const Analysis *analysis, SimTime *at, Error *error) {
    const char *word = option_text(analysis->options, "at", NULL);
    int64_t date;
    char safe[64];
    *at = 0;
    if (word == NULL) return true;
    if (!date_parse(word, &date))
        return error_set(error, ERROR_USAGE, "--at takes a date, such as 2025-06-01, not \"%s\"",
                         text_safe(safe, sizeof safe, word));
    *at = date - analysis_terms(analysis)->epoch;
    return (*at >= 0 && *at <= analysis_terms(analysis)->deadline) ||
           error_set(error, ERROR_USAGE, "--at %s is not between the opening and the deadline",
                     text_safe(safe, sizeof safe, word));
}

static bool ask(const Analysis *analysis, YardstickRequest *request, uint8_t *type, Error *error) {
    const Options *options = analysis->options;
    *request = (YardstickRequest){
        .negotiation = &analysis->scenario->negotiation,
        .scope = (Scope)option_choice(options, "scope", SCOPE_FEASIBLE),
        .kind = (DisagreementKind)option_choice(options, "disagreement", DISAGREEMENT_MINIMUM),
        .budget = (uint64_t)option_integer(options, "budget", 0),
        .count_zone = true};
    if (analysis->run != NULL && analysis->run->row.ended) {
        for (SeatId seat = 0; seat < analysis->run->row.seats; seat++)
            type[seat] = analysis->run->row.result[seat].type;
        request->type = type;
    }
    bool dated = request->kind == DISAGREEMENT_OUTSIDE || option_given(options, "package");
    if (option_given(options, "at") && !dated)
        return error_set(error, ERROR_USAGE, "--at goes with --disagreement outside or --package");
    return read_date(analysis, &request->at, error);
}

static void print(Analysis *analysis) {
    Text text = {0};
    if (option_given(analysis->options, "json")) {
        Json json = output_json(&text, "nonpaper.analysis/1");
        analyse_json(analysis, &json);
        output_json_end(&json);
        return;
    }
    analyse_print(analysis, &text);
    output_result(&text);
    text_finish(&text);
}

static void analyse(Analysis *analysis, Error *error) {
    YardstickRequest request;
    uint8_t type[NP_MAX_SEATS] = {0};
    bool record = names_record(analysis->path);
    if (!(record ? open_record : open_file)(analysis, error) ||
        !ask(analysis, &request, type, error))
        return;
    analysis->feasible = scenario_facts(analysis->scenario).feasible;
    yardstick_make(&analysis->yardstick, &request);
    if ((!record || analyse_tabled(analysis, error)) && analyse_package(analysis, error))
        print(analysis);
    analyse_package_finish(analysis);
    yardstick_finish(&analysis->yardstick);
    memory_free(analysis->tabled.package);
}

int command_analyse(const Options *options) {
    Error error = {0};
    Analysis analysis = {.options = options, .path = options_argument(options, 0)};
    analyse(&analysis, &error);
    if (analysis.run != NULL) run_reference_finish(analysis.run);
    memory_free(analysis.run);
    scenario_destroy(analysis.own);
    return output_finish(output_error(&error));
}
