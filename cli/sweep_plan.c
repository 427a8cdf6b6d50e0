#include "cli/sweep_plan.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/output.h"
#include "cli/setting_list.h"
#include "cli/sweep_cell.h"
#include "proto/wall_clock.h"

enum { MEMORY = 1, FULL = 1, SLURM = 1, MOST_CHECKED = 256, MOST_COMPLAINTS = 8 };

/* --- options --- */

/* "2/4": the second of four. */
static bool read_shard(SweepPlan *plan, Error *error) {
    const char *text = option_text(plan->options, "shard", "1/1");
    unsigned shard = 0, shards = 0;
    char end = 0, safe[64];
    int read = sscanf(text, "%9u/%9u%c", &shard, &shards, &end);
    if (read != 2 || text[0] == '-' || shard < 1 || shard > shards)
        return error_set(error, ERROR_USAGE,
                         "--shard %s: expected i/n, which of how many, from 1/n to n/n",
                         text_safe(safe, sizeof safe, text));
    plan->shard = (Shard){shard - 1, shards};
    return true;
}

/* A strategy from a file is the file's content: its hash is part of what is varied. */
static bool pin_level(SweepPlan *plan, const char **level, Error *error) {
    Cast cast;
    bool good = cast_read(&cast, level, 1, plan->base.source, error);
    if (good) *level = arena_text(&plan->arena, cast.spec[0], strlen(cast.spec[0]));
    cast_finish(&cast);
    return good;
}

static bool pin_levels(SweepPlan *plan, Factor *factor, Error *error) {
    static const char seats[] = "seats.", strategy[] = ".strategy";
    size_t length = strlen(factor->path), ending = sizeof strategy - 1;
    if (factor->kind != FACTOR_LEVELS || strncmp(factor->path, seats, sizeof seats - 1) != 0 ||
        length < ending || strcmp(factor->path + length - ending, strategy) != 0)
        return true;
    const char **level = arena_new(&plan->arena, factor->levels * sizeof *level);
    for (uint32_t i = 0; i < factor->levels; i++) {
        level[i] = factor->level[i];
        if (spec_kind(level[i]) != SPEC_BUILT_IN && !pin_level(plan, &level[i], error))
            return false;
    }
    factor->level = level;
    return true;
}

static bool read_factors(SweepPlan *plan, Error *error) {
    const Options *options = plan->options;
    size_t at = 0, count = 0;
    while (option_next(options, "vary", &at) != NULL) count++;
    if (count > DESIGN_MOST_FACTORS)
        return error_set(error, ERROR_USAGE, "at most %d factors can be varied",
                         DESIGN_MOST_FACTORS);
    plan->factor = arena_new(&plan->arena, (count + 1) * sizeof *plan->factor);
    at = 0;
    for (const char *given; (given = option_next(options, "vary", &at)) != NULL; plan->factors++)
        if (!factor_parse(&plan->factor[plan->factors], given, &plan->arena, error) ||
            !pin_levels(plan, &plan->factor[plan->factors], error))
            return false;
    return true;
}

static bool draws_anew(const SweepPlan *plan) {
    for (uint32_t i = 0; i < plan->factors; i++)
        if (plan->kind == DESIGN_GRID && plan->factor[i].kind != FACTOR_LEVELS) return true;
    return false;
}

static bool lay_out(SweepPlan *plan, Error *error) {
    plan->kind = (DesignKind)option_choice(plan->options, "design", DESIGN_GRID);
    plan->points = (uint64_t)option_integer(plan->options, "points", 0);
    plan->design =
        design_create(plan->kind, plan->factor, plan->factors, plan->points, plan->seed, error);
    if (plan->design == NULL) return false;
    plan->cells = design_cells(plan->design);
    plan->draws = draws_anew(plan);
    if (plan->cells > SWEEP_MOST_JOBS / plan->repetitions)
        return error_set(error, ERROR_USAGE, "%llu cells, %llu times each, are more than %llu runs",
                         (unsigned long long)plan->cells, (unsigned long long)plan->repetitions,
                         SWEEP_MOST_JOBS);
    return true;
}

/* What was given, and of the strategies from files, which files these are. */
static bool pin_settings(SweepPlan *plan, Error *error) {
    const Terms *terms = sweep_plan_terms(plan);
    const Cast *cast = &plan->base.cast;
    SettingList *list = memory_new(1, sizeof *list);
    Text pinned = {0};
    setting_list_init(list);
    bool good = setting_list_read(list, request_settings(&plan->base), error);
    for (SeatId seat = 0; seat < terms->seats && good; seat++) {
        if (cast->word[seat] == NULL) continue;
        text_clear(&pinned);
        text_addf(&pinned, "seats.%s.strategy=%s", terms->seat[seat].id, cast->spec[seat]);
        good = setting_list_add(list, text_get(&pinned), error);
    }
    setting_list_json(list, &plan->settings);
    setting_list_finish(list);
    memory_free(list);
    text_finish(&pinned);
    return good;
}

static void name_study(SweepPlan *plan) {
    char hex[DIGEST_HEX];
    const Scenario *scenario = request_scenario(&plan->base);
    design_plan(plan->design, digest_hex(hex, &scenario->hash), text_get(&plan->settings),
                &plan->words);
    plan->hash = digest_of(text_get(&plan->words), plan->words.length);
}

static bool check_engine(const Options *options, Error *error) {
    if (option_choice(options, "engine", 0) != SLURM) return true;
    return error_set(error, ERROR_USAGE,
                     "--engine slurm is not built yet: give each machine its --shard i/n, and put "
                     "the records together with nonpaper merge");
}

/* What is wrong with a factor is shown below it, on lines of its own. */
static int say_pointed(const Error *error) {
    Text words = {0};
    char line[sizeof error->text];
    text_add(&words, "nonpaper: ");
    for (const char *at = error->text; *at != '\0';) {
        size_t length = strcspn(at, "\n");
        memcpy(line, at, length);
        line[length] = '\0';
        text_add_safe(&words, line);
        text_add(&words, "\n");
        at += length + (at[length] == '\n');
    }
    output_complaints(&words);
    text_finish(&words);
    return (int)error->kind;
}

/* Issues whose options are counted, each once. */
static bool read_shares(SweepPlan *plan, Error *error) {
    const Domain *domain = &sweep_plan_terms(plan)->domain;
    const char *known[NP_MAX_ISSUES];
    char safe[96];
    size_t at = 0;
    for (uint8_t k = 0; k < domain->issues; k++) known[k] = domain->issue[k].id;
    for (const char *word; (word = option_next(plan->options, "share", &at)) != NULL;) {
        int issue = domain_find_issue(domain, word);
        const char *near = text_nearest(word, known, domain->issues);
        if (issue < 0)
            return error_set(error, ERROR_USAGE, "--share: there is no issue \"%s\"%s%s%s",
                             text_safe(safe, sizeof safe, word),
                             near != NULL ? "; did you mean " : "", near != NULL ? near : "",
                             near != NULL ? "?" : "");
        if (memchr(plan->share, issue, plan->shares) != NULL)
            return error_set(error, ERROR_USAGE, "--share names %s twice", known[issue]);
        plan->share[plan->shares++] = (uint8_t)issue;
    }
    return true;
}

bool sweep_plan_read(SweepPlan *plan, const Options *options, int *code) {
    Error error = {0};
    *plan = (SweepPlan){
        .options = options,
        .base = {.options = options, .kind = PLAY_RUN, .source = options_argument(options, 0)},
        .seed = (uint64_t)option_integer(options, "seed", 1),
        .repetitions = (uint64_t)option_integer(options, "reps", 1),
        .workers = (uint32_t)option_integer(options, "jobs", 1),
        .full = option_choice(options, "record", 0) == FULL,
        .processes = option_choice(options, "lane", MEMORY) != MEMORY};
    arena_init(&plan->arena);
    /* What is wrong with the words is said before a file is looked at. */
    if (!check_engine(options, &error) || !read_shard(plan, &error) ||
        !read_factors(plan, &error) || !lay_out(plan, &error)) {
        *code = say_pointed(&error);
        return false;
    }
    if (!request_read(&plan->base, code)) return false;
    plan->base.lane = plan->processes ? "processes" : "memory";
    if (!read_shares(plan, &error) || !pin_settings(plan, &error)) {
        *code = output_error(&error);
        return false;
    }
    name_study(plan);
    return true;
}

void sweep_plan_finish(SweepPlan *plan) {
    if (plan->base.staging.stages > 0) request_finish(&plan->base);
    design_destroy(plan->design);
    text_finish(&plan->settings);
    text_finish(&plan->words);
    arena_finish(&plan->arena);
}

/* --- soundness --- */

/* Complaints that were not made before, up to a number. */
typedef struct Complaints {
    Arena arena;
    const char *made[MOST_COMPLAINTS];
    uint32_t count;
    ErrorKind kind; /* of the first */
} Complaints;

static bool is_varied(const SweepPlan *plan, const char *path, size_t length) {
    for (uint32_t i = 0; i < plan->factors; i++)
        if (strlen(plan->factor[i].path) == length &&
            strncmp(plan->factor[i].path, path, length) == 0)
            return true;
    return false;
}

/* Who varied a value did not set it: in every line that says so. */
static void say_vary(const SweepPlan *plan, Text *words) {
    static const char set[] = "--set ";
    Text renamed = {0};
    for (const char *at = text_get(words); *at != '\0';) {
        size_t line = strcspn(at, "\n");
        const char *path = at + sizeof set - 1;
        bool varied =
            strncmp(at, set, sizeof set - 1) == 0 && is_varied(plan, path, strcspn(path, ":"));
        const char *from = varied ? path : at;
        line += at[line] == '\n';
        if (varied) text_add(&renamed, "--vary ");
        text_add_bytes(&renamed, from, line - (size_t)(from - at));
        at += line;
    }
    text_finish(words);
    *words = renamed;
}

static void complain(Complaints *complaints, Text *words) {
    for (uint32_t i = 0; i < complaints->count; i++)
        if (strcmp(complaints->made[i], text_get(words)) == 0) return;
    if (complaints->count == MOST_COMPLAINTS) return;
    complaints->made[complaints->count++] =
        arena_text(&complaints->arena, text_get(words), words->length);
    output_complaints(words);
}

/* Programs, and shared objects that nobody trusts, do not play in this process. */
static bool can_play(const SweepPlan *plan, const Cast *cast, Error *error) {
    if (plan->processes) return true;
    Repertoire *repertoire = cast_repertoire(cast, plan->base.trusted, error);
    repertoire_destroy(repertoire);
    return repertoire != NULL;
}

static void check_cell(const SweepPlan *plan, uint64_t cell, Complaints *complaints) {
    SweepCell read = {0};
    Text words = {0};
    Error why = {0};
    if (!sweep_cell_read(&read, plan, (SweepJob){cell, 0}, &words, &why) ||
        !can_play(plan, &read.cast, &why)) {
        if (complaints->kind == ERROR_NONE) complaints->kind = why.kind;
        if (words.length == 0) text_addf(&words, "nonpaper: %s\n", why.text);
        say_vary(plan, &words);
        complain(complaints, &words);
    }
    sweep_cell_finish(&read);
    text_finish(&words);
}

/* Cells of a grid that have every level of one factor, and the first level of all others: the last factor's turn
 * comes first, as in counting. */
static void check_levels(const SweepPlan *plan, Complaints *complaints) {
    uint64_t stride = 1;
    for (uint32_t i = plan->factors; i > 0; i--) {
        const Factor *factor = &plan->factor[i - 1];
        uint64_t levels = factor->kind == FACTOR_LEVELS ? factor->levels : 1;
        for (uint64_t level = 0; level < levels; level++)
            check_cell(plan, level * stride, complaints);
        stride *= levels;
    }
}

bool sweep_plan_check(const SweepPlan *plan, Error *error) {
    Complaints complaints = {0};
    arena_init(&complaints.arena);
    if (plan->kind == DESIGN_GRID && plan->cells > MOST_CHECKED)
        check_levels(plan, &complaints);
    else
        for (uint64_t cell = 0; cell < plan->cells && cell < MOST_CHECKED; cell++)
            check_cell(plan, cell, &complaints);
    bool sound = complaints.count == 0;
    if (!sound)
        error_set(error, complaints.kind, "%s: not every cell of this study can be played",
                  plan->base.source);
    arena_finish(&complaints.arena);
    return sound;
}

/* --- what it is --- */

const Terms *sweep_plan_terms(const SweepPlan *plan) {
    return &request_scenario(&plan->base)->negotiation.terms;
}

StudyHeader sweep_plan_header(const SweepPlan *plan) {
    const Scenario *scenario = request_scenario(&plan->base);
    const Terms *terms = &scenario->negotiation.terms;
    StudyHeader header = {.plan = text_get(&plan->words),
                          .scenario_name = terms->name,
                          .scenario_text = text_get(&scenario->source),
                          .scenario_length = scenario->source.length,
                          .seed = plan->seed,
                          .cells = plan->cells,
                          .version = NONPAPER_VERSION,
                          .started_at = wall_unix_seconds(),
                          .seats = terms->seats};
    for (SeatId seat = 0; seat < terms->seats; seat++) header.seat_id[seat] = terms->seat[seat].id;
    return header;
}

uint64_t sweep_plan_jobs(const SweepPlan *plan) {
    return plan->cells * plan->repetitions;
}

SweepJob sweep_plan_job(const SweepPlan *plan, uint64_t place) {
    uint64_t group = place / (SWEEP_GROUP * plan->repetitions), first = group * SWEEP_GROUP;
    uint64_t within = place - first * plan->repetitions;
    uint64_t size = plan->cells - first < SWEEP_GROUP ? plan->cells - first : SWEEP_GROUP;
    return (SweepJob){.cell = first + within % size, .repetition = within / size};
}

uint64_t sweep_job_number(const SweepPlan *plan, SweepJob job) {
    return job.repetition * plan->cells + job.cell;
}
