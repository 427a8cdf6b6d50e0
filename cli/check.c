#include <string.h>

#include "cli/commands.h"
#include "cli/output.h"
#include "cli/scenario_file.h"
#include "cli/strategies_fit.h"

/* A complaint is a line with its place and, under it, lines that begin with a blank. */
static size_t complaint_length(const char *at) {
    size_t length = 0;
    do {
        length += strcspn(at + length, "\n");
        if (at[length] == '\n') length++;
    } while (at[length] == ' ');
    return length;
}

static void json_complaints(Json *json, const char *key, const char *at, bool warnings) {
    Text one = {0};
    json_array(json, key);
    for (size_t length; *at != '\0'; at += length) {
        length = complaint_length(at);
        text_clear(&one);
        text_add_bytes(&one, at, length > 0 && at[length - 1] == '\n' ? length - 1 : length);
        const char *warning = strstr(text_get(&one), ": warning: ");
        bool in_first_line =
            warning != NULL && (size_t)(warning - text_get(&one)) < strcspn(text_get(&one), "\n");
        if (in_first_line == warnings) json_string(json, NULL, text_get(&one));
    }
    json_end_array(json);
    text_finish(&one);
}

typedef struct Finding {
    const char *path;
    Scenario *scenario; /* NULL when invalid */
    Text complaints;
    uint32_t warnings;
    Error error;
} Finding;

static void json_finding(Json *json, const Finding *finding) {
    const char *complaints = text_get(&finding->complaints);
    json_string(json, "file", finding->path);
    json_bool(json, "valid", finding->scenario != NULL);
    if (finding->scenario == NULL && finding->complaints.length == 0)
        complaints = finding->error.text; /* the file itself could not be read */
    json_complaints(json, "errors", complaints, false);
    json_complaints(json, "warnings", complaints, true);
    if (finding->scenario == NULL) {
        json_null(json, "raw");
        json_null(json, "feasible");
        return;
    }
    ScenarioFacts facts = scenario_facts(finding->scenario);
    output_json_count(json, "raw", facts.raw);
    output_json_count(json, "feasible", facts.feasible);
}

static void say_finding(const Finding *finding) {
    if (finding->scenario == NULL) return;
    ScenarioFacts facts = scenario_facts(finding->scenario);
    Text line = {0};
    text_add_safe(&line, finding->path);
    text_add(&line, ": valid; ");
    output_packages(&line, facts.raw, facts.feasible);
    if (finding->warnings > 0)
        text_addf(&line, "; %u warning%s", (unsigned)finding->warnings,
                  finding->warnings == 1 ? "" : "s");
    text_add(&line, "\n");
    output_result(&line);
    text_finish(&line);
}

/* One file: what stands in the object; several: an array of such objects. Gives the exit code. */
static int check_file(const char *path, Json *json, bool among_others) {
    Finding finding = {.path = path};
    finding.scenario = scenario_file_read(path, &finding.complaints, &finding.error);
    if (finding.scenario != NULL)
        finding.warnings = finding.scenario->warnings +
                           strategies_fit(finding.scenario, path, &finding.complaints);
    if (json != NULL && among_others) json_object(json, NULL);
    if (json != NULL) json_finding(json, &finding);
    if (json != NULL && among_others) json_end_object(json);
    if (json == NULL) say_finding(&finding);
    output_complaints(&finding.complaints);
    int code = finding.scenario == NULL ? output_error(&finding.error) : 0;
    scenario_destroy(finding.scenario);
    text_finish(&finding.complaints);
    return code;
}

static int check_files(const Options *options, Json *json) {
    int worst = 0;
    for (size_t i = 0; i < options->arguments; i++) {
        int code = check_file(options->argument[i], json, options->arguments > 1);
        if (code > worst) worst = code;
    }
    return worst;
}

int command_check(const Options *options) {
    if (!option_given(options, "json")) return check_files(options, NULL);
    Text text = {0};
    Json json = output_json(&text, "nonpaper.check/1");
    bool several = options->arguments > 1;
    if (several) json_array(&json, "files");
    int code = check_files(options, &json);
    if (several) json_end_array(&json);
    if (several) json_bool(&json, "valid", code == 0);
    output_json_end(&json);
    return code;
}
