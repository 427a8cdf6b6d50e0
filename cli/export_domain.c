#include "cli/export_domain.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/new_file.h"
#include "cli/output.h"
#include "cli/scenario_file.h"
#include "core/interchange/departure.h"
#include "core/interchange/genius.h"
#include "core/interchange/geniusweb.h"

enum { FILES_MAX = NP_MAX_SEATS + 1 };

typedef struct Format {
    const char *name, *tool, *ending;
} Format;

/* In the order of ForeignFormat. */
static const Format formats[] = {
    [FORMAT_GENIUS] = {"genius", "GENIUS", "xml"},
    [FORMAT_GENIUSWEB] = {"geniusweb", "GeniusWeb", "json"},
};
enum { FORMATS = sizeof formats / sizeof formats[0] };

/* The domain first, then a profile a seat. No seat's id has a dot, so that no two are called alike. */
typedef struct Export {
    const Options *options;
    ForeignFormat format;
    const Negotiation *negotiation;
    Foreign foreign;
    Text path[FILES_MAX], text[FILES_MAX];
    uint32_t files;
} Export;

bool export_domain_knows(const char *format) {
    for (size_t i = 0; i < FORMATS; i++)
        if (strcmp(formats[i].name, format) == 0) return true;
    return false;
}

/* --- what is written --- */

static void write_profile(Export *export, SeatId seat, Text *out) {
    const ForeignProfile *profile = &export->foreign.profile[seat];
    Outcome package;
    if (export->format == FORMAT_GENIUS) {
        genius_write_profile(&export->foreign, profile, out);
        return;
    }
    bool found = export->negotiation->profile[seat].reservation != 0 &&
                 departure_reservation(export->negotiation, seat, &package);
    geniusweb_write_profile(&export->foreign, profile, found ? &package : NULL, out);
}

static void prepare(Export *export) {
    const char *ending = formats[export->format].ending;
    const char *folder = option_text(export->options, "output", "");
    departure_prepare(export->negotiation, export->format, &export->foreign);
    export->files = 1u + export->foreign.profiles;
    text_addf(&export->path[0], "%s/%s.domain.%s", folder, export->foreign.name, ending);
    if (export->format == FORMAT_GENIUS)
        genius_write_domain(&export->foreign, &export->text[0]);
    else
        geniusweb_write_domain(&export->foreign, &export->text[0]);
    for (SeatId seat = 0; seat < export->foreign.profiles; seat++) {
        text_addf(&export->path[1 + seat], "%s/%s.%s", folder, export->foreign.profile[seat].name,
                  ending);
        write_profile(export, seat, &export->text[1 + seat]);
    }
}

/* --- files --- */

static bool fail(const char *path, int reason, Error *error) {
    char safe[512];
    return error_set(error, ERROR_CANT_CREATE, "%s: %s", text_safe(safe, sizeof safe, path),
                     strerror(reason));
}

/* None is written where one of them is there. */
static bool are_free(const Export *export, Error *error) {
    for (uint32_t i = 0; i < export->files; i++)
        if (access(text_get(&export->path[i]), F_OK) == 0)
            return fail(text_get(&export->path[i]), EEXIST, error);
    return true;
}

static bool write_files(const Export *export, Error *error) {
    const char *folder = option_text(export->options, "output", "");
    bool force = option_given(export->options, "force");
    if (mkdir(folder, 0777) != 0 && errno != EEXIST) return fail(folder, errno, error);
    if (!force && !are_free(export, error)) return false;
    for (uint32_t i = 0; i < export->files; i++)
        if (!new_file_write(text_get(&export->path[i]), &export->text[i], force, error))
            return false;
    return true;
}

static void say_written(const Export *export) {
    Text out = {0};
    text_add(&out, "Wrote");
    for (uint32_t i = 0; i < export->files; i++) {
        text_add(&out, i > 0 ? ", " : " ");
        text_add_safe(&out, text_get(&export->path[i]));
    }
    text_add(&out, ".\n");
    output_result(&out);
    text_finish(&out);
}

/* --- the command --- */

/* Says what is lost, all at once; that it may be, is for the caller to say. */
static bool may_be_lost(const Export *export, Error *error) {
    const char *tool = formats[export->format].tool;
    Text lost = {0};
    uint32_t count = departure_losses(export->negotiation, export->format, &lost);
    if (count > 0) output_note("%s cannot carry:", tool);
    output_complaints(&lost);
    text_finish(&lost);
    return count == 0 || option_given(export->options, "lossy") ||
           error_set(error, ERROR_CHECK, "nothing is written; with --lossy it is, without these");
}

static bool choose(Export *export, Error *error) {
    const char *names[FORMATS], *word = options_argument(export->options, 0);
    char safe[128];
    for (size_t i = 0; i < FORMATS; i++) {
        names[i] = formats[i].name;
        if (strcmp(word, names[i]) == 0) export->format = (ForeignFormat)i;
    }
    if (!export_domain_knows(word)) {
        const char *near = text_nearest(word, names, FORMATS);
        return error_set(error, ERROR_USAGE, "unknown format %s; did you mean %s?",
                         text_safe(safe, sizeof safe, word), near ? near : "genius or geniusweb");
    }
    static const char *const of_records[] = {"csv", "jsonl", "table", "run", "study"};
    for (size_t i = 0; i < sizeof of_records / sizeof of_records[0]; i++)
        if (option_given(export->options, of_records[i]))
            return error_set(error, ERROR_USAGE, "a scenario has no rows: --%s is for records",
                             of_records[i]);
    return option_text(export->options, "output", "")[0] != '\0' ||
           error_set(error, ERROR_USAGE, "export %s needs -o FOLDER", word);
}

static bool export_all(Export *export, Error *error) {
    Text complaints = {0};
    if (!choose(export, error)) return false;
    Scenario *scenario =
        scenario_file_read(options_argument(export->options, 1), &complaints, error);
    output_complaints(&complaints);
    text_finish(&complaints);
    if (scenario == NULL) return false;
    export->negotiation = &scenario->negotiation;
    bool good = may_be_lost(export, error);
    if (good) {
        prepare(export);
        good = write_files(export, error);
    }
    if (good) say_written(export);
    scenario_destroy(scenario);
    return good;
}

int export_domain(const Options *options) {
    Error error = {0};
    Export *export = memory_new(1, sizeof *export);
    export->options = options;
    foreign_init(&export->foreign);
    export_all(export, &error);
    for (uint32_t i = 0; i < FILES_MAX; i++) {
        text_finish(&export->path[i]);
        text_finish(&export->text[i]);
    }
    foreign_finish(&export->foreign);
    memory_free(export);
    return output_finish(output_error(&error));
}
