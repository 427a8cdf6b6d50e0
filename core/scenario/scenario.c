#include "core/scenario/scenario.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "core/base/sim_time.h"
#include "core/scenario/section.h"
#include "core/scenario/setting.h"

enum { FORMAT_VERSION = 1, TITLE_MAX_BYTES = 200, ABOUT_MAX_BYTES = 16384, MAX_SETTINGS = 256 };

/* --- the top of a file --- */

static void read_version(Draft *draft, const Node *node, const Field *field, void *into) {
    uint32_t version = 0;
    (void)field, (void)into;
    if (!node_expect(draft, node, NODE_WORD, "a format version")) return;
    if (scalar_count(node->text, &version) && version == FORMAT_VERSION) return;
    complain(draft->complaints, node->at, "format version %.20s is unknown; this program reads %d",
             node->text, FORMAT_VERSION);
}

static const Shape version_shape = {.kind = SHAPE_COUNT, .least = 1, .most = FORMAT_VERSION};

static const Field top_fields[] = {
    {"nonpaper", read_version, 0, MANDATORY, 1, 1, "the version of the format", NULL, "1",
     &version_shape},
    {"name", field_name, offsetof(Draft, name), MANDATORY, 0, 0, "the scenario's name", NULL,
     "two-towns", NULL},
    {"title", field_text, offsetof(Draft, title), OPTIONAL, 0, TITLE_MAX_BYTES,
     "its title for people", NULL, "Two towns and a bridge", NULL},
    {"about", field_text, offsetof(Draft, about), OPTIONAL, 0, ABOUT_MAX_BYTES,
     "what it is about, for people", NULL, "Two towns want one bridge.", NULL},
    {"time", section_time, 0, MANDATORY, 0, 0, "when the talks are", NULL,
     "{start: 2025-02-24, deadline: 300d}", &shape_time},
    {"mechanism", section_mechanism, 0, MANDATORY, 0, 0, "the rules of the table: a word, or a map",
     NULL, "open-table", &shape_mechanism},
    {"issues", section_issues, 0, MANDATORY, 1, NP_MAX_ISSUES, "what is negotiated", NULL,
     "{place: {options: [mill, market]}}", &shape_issues},
    {"infeasible", section_infeasible, 0, OPTIONAL, 0, DOMAIN_MAX_EXCLUSIONS, "what cannot be",
     "nothing", "[{when: {place: market, cost: lower}, because: nobody could pay}]",
     &shape_infeasible},
    {"tables", section_tables, 0, OPTIONAL, 0, 0, "closed tables, beside the public one", "none",
     "{harbour: {members: [east, west], leak: 0.1}}", &shape_tables},
    {"audience_cost", section_audience_cost, 0, OPTIONAL, 0, 0,
     "what it costs to offer or accept what one has publicly ruled out", "nothing",
     "{base: 0.02, step: 0.02}", &shape_audience_cost},
    {"world", section_world, 0, OPTIONAL, 0, 0, "what moves outside the talks", "nothing",
     "{variables: {supply: {start: 1, noise: 0.02}}}", &shape_world},
    {"seats", section_seats, 0, MANDATORY, 2, NP_MAX_SEATS, "who negotiates", NULL,
     "{upper: {strategy: linear(), reservation: 0.3, weights: {place: 1}, values: {place: {mill: "
     "1, market: 0}}}, lower: {strategy: linear(), reservation: 0.3, weights: {place: 1}, values: "
     "{place: {mill: 0, market: 1}}}}",
     &shape_seats_section},
    {"consent", section_consent, 0, OPTIONAL, 0, 0, "who must say yes",
     "every option needs every seat", "{always: [upper, lower]}", &shape_consent},
    {"ratification", section_ratification, 0, OPTIONAL, 0, NEGOTIATION_MAX_RATIFIERS,
     "who must say yes afterwards", "nobody", "[{id: council, seat: upper, threshold: 0.4}]",
     &shape_ratification},
    {"enforcement", section_enforcement, 0, OPTIONAL, 0, 0, "whether a peace holds",
     "it holds for sure", "{hazard: {base: 0.05}}", &shape_enforcement},
    {"later_steps", section_later_steps, 0, OPTIONAL, 0, NEGOTIATION_MAX_STEPS,
     "what may become of a deal that is in force", "none",
     "[{id: move, when: {place: mill}, to: {place: market}, after: 730d}]", &shape_later_steps},
};
const FieldTable scenario_fields = FIELD_TABLE("the scenario", top_fields);

static void need_every_seat(Draft *draft) {
    Consent *consent = &draft_terms(draft)->consent;
    for (uint8_t issue = 0; issue < NP_MAX_ISSUES; issue++) {
        for (uint8_t option = 0; option < NP_MAX_OPTIONS; option++) {
            if (consent->needs[issue][option] == NEEDS_UNSAID) {
                consent->needs[issue][option] = consent->all;
            }
        }
    }
}

/* Unsaid needs become every seat only once the seats are known, while "nobody" may be said. */
static void begin_consent(Draft *draft) {
    Consent *consent = &draft_terms(draft)->consent;
    for (uint8_t issue = 0; issue < NP_MAX_ISSUES; issue++) {
        for (uint8_t option = 0; option < NP_MAX_OPTIONS; option++) {
            consent->needs[issue][option] = NEEDS_UNSAID;
        }
    }
}

static void read_top(Draft *draft, const Node *root) {
    Scenario *scenario = draft->scenario;
    begin_consent(draft);
    world_begin(draft);
    seats_announce(draft, node_get(root, "seats"));
    if (!fields_read(draft, root, &scenario_fields, draft)) return;
    need_every_seat(draft);
    draft_terms(draft)->name = draft->name;
    scenario->title = draft->title;
    scenario->about = draft->about;
    if (draft->complaints->errors > 0) return;
    time_settle(draft);
    world_settle(draft);
    appraisal_settle(draft);
    durability_attach(draft);
    draft_check(draft);
}

/* --- bytes --- */

static bool read_file(const char *path, Text *text, Error *error) {
    char shown[256], chunk[16384];
    FILE *file = fopen(path, "rb");
    if (!file) {
        return error_set(error, errno == ENOENT || errno == ENOTDIR ? ERROR_NO_INPUT : ERROR_IO,
                         "%s: %s", text_safe(shown, sizeof shown, path), strerror(errno));
    }
    size_t length;
    while ((length = fread(chunk, 1, sizeof chunk, file)) > 0) {
        text_add_bytes(text, chunk, length);
        if (text->length > SCENARIO_MAX_BYTES) break;
    }
    bool bad = ferror(file) != 0;
    int reason = errno;
    fclose(file);
    if (!bad) return true;
    return error_set(error, ERROR_IO, "%s: %s", text_safe(shown, sizeof shown, path),
                     strerror(reason));
}

/* --- reading --- */

/* The file is source 0; setting i is source i + 1. */
static const Source *list_sources(const ScenarioRequest *request, const Text *text,
                                  Arena *scratch) {
    Source *source = arena_new(scratch, (request->setting_count + 1) * sizeof *source);
    source[0] =
        (Source){request->path ? request->path : "scenario", text_get(text), text->length, false};
    for (size_t i = 0; i < request->setting_count; i++) {
        const Setting *setting = &request->settings[i];
        size_t size = strlen(setting->path) + sizeof "--set ";
        char *label = arena_new(scratch, size);
        snprintf(label, size, "--set %s", setting->path);
        source[i + 1] = (Source){label, setting->value, strlen(setting->value), true};
    }
    return source;
}

static void read_sources(Draft *draft, const ScenarioRequest *request, Arena *tree) {
    Node *root = yaml_tree_read(draft->complaints, 0, tree);
    if (!root) return;
    for (size_t i = 0; i < request->setting_count; i++) {
        setting_apply(&request->settings[i], (uint32_t)i + 1, root, draft->complaints, tree);
    }
    read_top(draft, root);
}

static Scenario *scenario_new(void) {
    Scenario *scenario = memory_new(1, sizeof *scenario);
    arena_init(&scenario->negotiation.arena);
    return scenario;
}

static bool sum_up(const Complaints *complaints, Error *error) {
    char shown[256];
    if (complaints->errors == 0) return true;
    return error_set(error, ERROR_SCENARIO, "%s: %u error%s",
                     text_safe(shown, sizeof shown, complaints->source[0].label),
                     complaints->errors, complaints->errors == 1 ? "" : "s");
}

static bool read_into(Scenario *scenario, const ScenarioRequest *request, Text *text,
                      Error *error) {
    Arena tree;
    arena_init(&tree);
    Complaints *complaints = arena_new(&tree, sizeof *complaints);
    Draft *draft = arena_new(&tree, sizeof *draft);
    complaints->source = list_sources(request, &scenario->source, &tree);
    *draft = (Draft){.scenario = scenario,
                     .complaints = complaints,
                     .name = "",
                     .title = "",
                     .about = "",
                     .catalogue = request->catalogue,
                     .delay = SIM_DAY,
                     .arena = &scenario->negotiation.arena,
                     .turn = SIM_DAY};
    read_sources(draft, request, &tree);
    scenario->warnings = complaints->warnings;
    if (text) complaints_print(complaints, text);
    bool good = sum_up(complaints, error);
    arena_finish(&tree);
    return good;
}

static bool take_bytes(Scenario *scenario, const ScenarioRequest *request, Error *error) {
    if (request->setting_count > MAX_SETTINGS) {
        return error_set(error, ERROR_USAGE, "more than %d settings", MAX_SETTINGS);
    }
    if (!request->text) {
        if (!read_file(request->path, &scenario->source, error)) return false;
    } else {
        text_add_bytes(&scenario->source, request->text, request->length);
    }
    scenario->hash = digest_of(text_get(&scenario->source), scenario->source.length);
    return true;
}

Scenario *scenario_read(const ScenarioRequest *request, Text *complaints, Error *error) {
    Scenario *scenario = scenario_new();
    if (take_bytes(scenario, request, error) && read_into(scenario, request, complaints, error)) {
        return scenario;
    }
    scenario_destroy(scenario);
    return NULL;
}

void scenario_destroy(Scenario *scenario) {
    if (!scenario) return;
    arena_finish(&scenario->negotiation.arena);
    text_finish(&scenario->source);
    memory_free(scenario);
}

ScenarioFacts scenario_facts(const Scenario *scenario) {
    const Domain *domain = &scenario->negotiation.terms.domain;
    return (ScenarioFacts){domain_raw_count(domain), domain_feasible_count(domain),
                           scenario->warnings};
}
