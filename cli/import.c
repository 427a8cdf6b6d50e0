/* nonpaper import: other tools' domains as scenarios. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "agents/strategies.h"
#include "cli/commands.h"
#include "cli/new_file.h"
#include "cli/output.h"
#include "cli/same_file.h"
#include "cli/shell_word.h"
#include "core/analysis/zone.h"
#include "core/base/sim_time.h"
#include "core/interchange/genius.h"
#include "core/interchange/geniusweb.h"
#include "core/interchange/scenario_text.h"
#include "core/interchange/xml_tree.h"
#include "core/scenario/scenario.h"

enum { FILES_MAX = NP_MAX_SEATS + 1, DEFAULT_ROUNDS = 100 };

typedef struct Format {
    const char *name, *tool, *wanted;
    uint32_t least; /* files */
    bool (*read)(Foreign *foreign, Complaints *complaints, uint32_t sources, uint32_t steps);
    void (*convert)(Text *bytes); /* to UTF-8; NULL: it is */
} Format;

static const Format formats[] = {
    {"genius", "GENIUS", "a domain and 2 to 16 profiles", 3, genius_read, xml_to_utf8},
    {"geniusweb", "GeniusWeb", "2 to 16 profiles, and perhaps a domain", 2, geniusweb_read, NULL},
};
enum { FORMATS = sizeof formats / sizeof formats[0] };

typedef struct Import {
    const Options *options;
    const Format *format;
    Foreign foreign;
    Complaints complaints;
    Source source[FILES_MAX];
    Text bytes[FILES_MAX];
    uint32_t files;
    Text text; /* the scenario */
} Import;

/* --- files --- */

static bool read_file(const char *path, Text *text, Error *error) {
    char safe[512], chunk[16384];
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        return error_set(error, errno == ENOENT || errno == ENOTDIR ? ERROR_NO_INPUT : ERROR_IO,
                         "%s: %s", text_safe(safe, sizeof safe, path), strerror(errno));
    size_t length;
    errno = 0;
    while (text->length <= FOREIGN_MAX_BYTES && (length = fread(chunk, 1, sizeof chunk, file)) > 0)
        text_add_bytes(text, chunk, length);
    int reason = ferror(file) ? errno : 0;
    fclose(file);
    return reason == 0 || error_set(error, ERROR_IO, "%s: %s", text_safe(safe, sizeof safe, path),
                                    strerror(reason));
}

static bool read_files(Import *import, Error *error) {
    const Options *options = import->options;
    for (import->files = 0; import->files + 1 < options->arguments; import->files++) {
        uint32_t i = import->files;
        const char *path = options_argument(options, i + 1);
        if (!read_file(path, &import->bytes[i], error)) return false;
        if (import->format->convert) import->format->convert(&import->bytes[i]);
        import->source[i] =
            (Source){path, text_get(&import->bytes[i]), import->bytes[i].length, false};
    }
    import->complaints.source = import->source;
    return true;
}

static bool read_domain(Import *import, Error *error) {
    uint32_t steps = (uint32_t)option_integer(import->options, "steps", 0);
    Text shown = {0};
    bool good = import->format->read(&import->foreign, &import->complaints, import->files, steps);
    complaints_print(&import->complaints, &shown);
    output_complaints(&shown);
    text_finish(&shown);
    if (good) return true;
    uint32_t errors = import->complaints.errors;
    return error_set(error, ERROR_SCENARIO, "nothing is imported: %u error%s", errors,
                     errors == 1 ? "" : "s");
}

/* --- what the command line says --- */

static bool choose_format(Import *import, Error *error) {
    const char *names[FORMATS], *word = options_argument(import->options, 0);
    size_t files = import->options->arguments - 1;
    char hint[256], safe[128];
    for (size_t i = 0; i < FORMATS; i++) {
        names[i] = formats[i].name;
        if (strcmp(word, names[i]) == 0) import->format = &formats[i];
    }
    complaint_hint(hint, sizeof hint, word, names, FORMATS);
    text_safe(safe, sizeof safe, word);
    if (import->format == NULL)
        return error_set(error, ERROR_USAGE, "unknown format %s%s", safe, hint);
    if (files >= import->format->least && files <= FILES_MAX) return true;
    return error_set(error, ERROR_USAGE, "import %s needs %s", safe, import->format->wanted);
}

static bool choose_talks(Import *import, TalksPlan *plan, Error *error) {
    const Options *options = import->options;
    const char *length = option_text(options, "deadline", NULL);
    size_t at = 0;
    plan->tool = import->format->tool;
    plan->file = &options->argument[1];
    plan->files = import->files;
    plan->strategy = option_text(options, "strategy", "boulware(e=0.2)");
    plan->rounds = (uint32_t)option_integer(options, "rounds", DEFAULT_ROUNDS);
    for (uint32_t i = 0; i < NP_MAX_SEATS; i++) plan->seat[i] = option_next(options, "seat", &at);
    if (option_next(options, "seat", &at) != NULL)
        return error_set(error, ERROR_USAGE, "more than %d seats", NP_MAX_SEATS);
    if (length != NULL && (!duration_parse(length, &plan->length) || plan->length < 1))
        return error_set(error, ERROR_USAGE, "--deadline takes a duration such as 30d or 12h");
    return true;
}

static bool check_seats(const Import *import, const TalksPlan *plan, Error *error) {
    uint32_t seats = 0;
    while (seats < NP_MAX_SEATS && plan->seat[seats] != NULL) {
        const char *name = plan->seat[seats++];
        size_t length = strlen(name);
        if (length < 1 || length > FOREIGN_MAX_NAME || !text_is_utf8(name, length))
            return error_set(error, ERROR_USAGE, "a seat's name has 1 to %d bytes of UTF-8",
                             FOREIGN_MAX_NAME);
    }
    return seats <= import->foreign.profiles ||
           error_set(error, ERROR_USAGE, "%u names for %u seats", seats, import->foreign.profiles);
}

/* --- what comes of it --- */

static void say_notes(const Import *import) {
    char safe[2048];
    for (uint32_t i = 0; i < import->foreign.notes; i++)
        output_note("%s", text_safe(safe, sizeof safe, import->foreign.note[i]));
}

/* What is written is what `check` accepts, whatever strategy was asked for. */
static Scenario *read_back(const Import *import, Error *error) {
    Text shown = {0};
    ScenarioRequest request = {.path = "the scenario to be written",
                               .text = text_get(&import->text),
                               .length = import->text.length,
                               .catalogue = strategies_builtin()};
    Scenario *scenario = scenario_read(&request, &shown, error);
    output_complaints(&shown);
    text_finish(&shown);
    return scenario;
}

static void say_zone(const Scenario *scenario) {
    if (zone_exists(&scenario->negotiation) == ZONE_EMPTY)
        output_note("no package gives every seat its reservation: nothing can be agreed on");
}

static void say_written(const Import *import, const Scenario *scenario, const char *path) {
    const Foreign *foreign = &import->foreign;
    ScenarioFacts facts = scenario_facts(scenario);
    Text out = {0};
    text_add(&out, "Wrote ");
    text_add_safe(&out, path);
    text_addf(&out, ": %u seats, %u issue%s, ", foreign->profiles, foreign->issues,
              foreign->issues == 1 ? "" : "s");
    output_packages(&out, facts.raw, facts.feasible);
    text_add(&out, ".\nNext: nonpaper check ");
    shell_word_add(&out, path);
    text_add(&out, "; nonpaper run ");
    shell_word_add(&out, path);
    text_add(&out, "\n");
    output_result(&out);
    text_finish(&out);
}

/* A file that is there is a matter of --force. */
static bool write_file(const char *path, const Text *text, bool force, Error *error) {
    Error failed = {0};
    struct stat there;
    if (new_file_write(path, text, force, &failed)) return true;
    bool stands = !force && failed.kind == ERROR_CANT_CREATE && stat(path, &there) == 0;
    return error_set(error, failed.kind, "%s%s", failed.text,
                     stands ? "; --force writes over it" : "");
}

static bool write_scenario(Import *import, const Scenario *scenario, Error *error) {
    const char *path = option_text(import->options, "output", "-");
    if (strcmp(path, "-") == 0) {
        output_result(&import->text);
        return true;
    }
    for (uint32_t i = 0; i < import->files; i++)
        if (same_file(path, import->source[i].label))
            return error_set(error, ERROR_USAGE, "a file cannot be imported into itself");
    if (!write_file(path, &import->text, option_given(import->options, "force"), error))
        return false;
    say_written(import, scenario, path);
    return true;
}

static bool import_all(Import *import, Error *error) {
    TalksPlan plan = {0};
    if (!choose_format(import, error) || !choose_talks(import, &plan, error) ||
        !read_files(import, error))
        return false;
    plan.files = import->files;
    if (!read_domain(import, error) || !check_seats(import, &plan, error)) return false;
    scenario_text_add(&import->foreign, &plan, &import->text);
    say_notes(import);
    Scenario *scenario = read_back(import, error);
    if (scenario == NULL) return false;
    say_zone(scenario);
    bool good = write_scenario(import, scenario, error);
    scenario_destroy(scenario);
    return good;
}

int command_import(const Options *options) {
    Error error = {0};
    Import *import = memory_new(1, sizeof *import);
    import->options = options;
    foreign_init(&import->foreign);
    import_all(import, &error);
    for (uint32_t i = 0; i < FILES_MAX; i++) text_finish(&import->bytes[i]);
    text_finish(&import->text);
    foreign_finish(&import->foreign);
    memory_free(import);
    return output_finish(output_error(&error));
}
