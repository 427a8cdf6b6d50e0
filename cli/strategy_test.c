/* nonpaper strategy test: holds a strategy to the contract. The trial itself is played in a process of its own, twice;
 * this one listens, looks at its memory, and judges. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/conformance.h"
#include "cli/contained.h"
#include "cli/interrupt.h"
#include "cli/output.h"
#include "cli/strategy_words.h"
#include "core/base/memory.h"
#include "core/scenario/strategy_spec.h"

enum {
    SILENCE_MS = 15000,
    SLOW_US = 1000000,
    GROWTH_KIB = 512, /* in three hundred repetitions of one run */
    SENTENCE = 400,
    MOST_SHOWN = 3
};

/* What is judged, in the order in which it is told. */
typedef enum Check { SEATS, LEGAL, END, FAULTS, SAME, PROCESS, TIME, MEMORY, CHECKS } Check;

static const struct {
    const char *name, *line, *question;
} checks[CHECKS] = {
    [SEATS] = {"seat", NULL, "takes its seat"},
    [LEGAL] = {"legal", "illegal", "moves legally"},
    [END] = {"end", "late", "keeps quiet after a signature"},
    [FAULTS] = {"faults", "fault", "comes back from every call, with an answer"},
    [SAME] = {"deterministic", "differs", "plays the same again, and after a restart"},
    [PROCESS] = {"processes", NULL, "plays the same in another process"},
    [TIME] = {"time", NULL, "answers within a second"},
    [MEMORY] = {"memory", NULL, "keeps no memory from run to run"},
};

/* What one process said. */
typedef struct Said {
    uint32_t domains, refused;
    unsigned long long runs, moves, overtaken;
    long long slowest_us;
    char digest[80], doing[160];
    uint64_t count[CHECKS];
    char example[CHECKS][MOST_SHOWN][SENTENCE];
    long first_kib, last_kib; /* -1: unknown */
    bool finished;
} Said;

/* --- listening --- */

static void note(Said *said, Check check, const char *sentence) {
    uint64_t number = said->count[check]++;
    if (number < MOST_SHOWN) {
        char *out = said->example[check][number];
        text_safe(out, SENTENCE, sentence);
    }
}

/* Pages that the process has in memory. */
static long resident_kib(pid_t process) {
    char path[64];
    long size = 0, resident = -1;
    snprintf(path, sizeof path, "/proc/%ld/statm", (long)process);
    FILE *file = fopen(path, "r");
    if (file == NULL) return -1;
    if (fscanf(file, "%ld %ld", &size, &resident) != 2) resident = -1;
    fclose(file);
    return resident < 0 ? -1 : resident * (sysconf(_SC_PAGESIZE) / 1024);
}

static const char *after(const char *line, const char *word) {
    size_t length = strlen(word);
    return strncmp(line, word, length) == 0 && line[length] == ' ' ? line + length + 1 : NULL;
}

static void take_line(void *context, pid_t process, const char *line) {
    Said *said = context;
    const char *rest;
    if ((rest = after(line, "run")) != NULL) text_safe(said->doing, sizeof said->doing, rest);
    if ((rest = after(line, "domain")) != NULL) said->domains++;
    if ((rest = after(line, "refused")) != NULL) {
        said->refused++;
        note(said, SEATS, rest);
    }
    if (after(line, "round") != NULL) {
        said->last_kib = resident_kib(process);
        if (said->first_kib == 0) said->first_kib = said->last_kib;
    }
    if ((rest = after(line, "total")) != NULL)
        said->finished = sscanf(rest, "%llu %llu %llu %lld %79s", &said->runs, &said->moves,
                                &said->overtaken, &said->slowest_us, said->digest) == 5;
    for (Check check = 0; check < CHECKS; check++)
        if (checks[check].line != NULL && (rest = after(line, checks[check].line)) != NULL)
            note(said, check, rest);
}

/* --- judging --- */

static void judge_end(Said *said, ContainedEnd end, int number) {
    char sentence[SENTENCE];
    if (end == CONTAINED_DONE) return;
    const char *what = end == CONTAINED_SILENT   ? "did not come back from a call"
                       : end == CONTAINED_KILLED ? "its process was ended by a signal"
                                                 : "its process ended itself";
    snprintf(sentence, sizeof sentence, "%s: %s (%d)", said->doing, what, number);
    note(said, FAULTS, sentence);
}

static void judge(Said *said, const Said *other) {
    char sentence[SENTENCE];
    if (said->finished && said->runs > 0) said->count[SEATS] = 0; /* refusing a domain is allowed */
    if (said->finished && other->finished && strcmp(said->digest, other->digest) != 0)
        note(said, PROCESS, "two processes played the same runs differently");
    if (said->slowest_us > SLOW_US) {
        snprintf(sentence, sizeof sentence, "the slowest call took %.1f s",
                 (double)said->slowest_us / 1e6);
        note(said, TIME, sentence);
    }
    if (said->first_kib > 0 && said->last_kib - said->first_kib > GROWTH_KIB) {
        snprintf(sentence, sizeof sentence, "%ld KiB more after 300 repetitions of one run",
                 said->last_kib - said->first_kib);
        note(said, MEMORY, sentence);
    }
}

static bool has_passed(const Said *said) {
    uint64_t found = 0;
    for (Check check = 0; check < CHECKS; check++) found += said->count[check];
    return found == 0 && said->finished;
}

/* --- telling --- */

static void print_table(const char *given, const Said *said, Text *out) {
    text_add_safe(out, given);
    text_addf(out, ": %llu runs in %u domains, %llu moves, %llu of them overtaken by events\n",
              said->runs, said->domains, said->moves, said->overtaken);
    for (Check check = 0; check < CHECKS; check++) {
        uint64_t count = said->count[check];
        text_addf(out, "  %-44s %s\n", checks[check].question,
                  !said->finished && count == 0 ? "?"
                  : count == 0                  ? "yes"
                                                : "NO");
        for (uint64_t i = 0; i < count && i < MOST_SHOWN; i++)
            text_addf(out, "      %s\n", said->example[check][i]);
        if (count > MOST_SHOWN)
            text_addf(out, "      and %llu more\n", (unsigned long long)(count - MOST_SHOWN));
    }
    text_addf(out, "slowest call %.1f ms\n", (double)said->slowest_us / 1000);
}

static void print_json(const char *given, const Said *said, Text *out) {
    Json json = output_json(out, "nonpaper.strategy_test/1");
    json_string(&json, "strategy", given);
    json_bool(&json, "passed", has_passed(said));
    json_int(&json, "runs", (int64_t)said->runs);
    json_int(&json, "domains", said->domains);
    json_int(&json, "moves", (int64_t)said->moves);
    json_int(&json, "overtaken", (int64_t)said->overtaken);
    json_double(&json, "slowest_ms", (double)said->slowest_us / 1000);
    json_array(&json, "checks");
    for (Check check = 0; check < CHECKS; check++) {
        json_object(&json, NULL);
        json_string(&json, "check", checks[check].name);
        json_bool(&json, "passed", said->count[check] == 0 && said->finished);
        json_int(&json, "found", (int64_t)said->count[check]);
        json_array(&json, "examples");
        for (uint64_t i = 0; i < said->count[check] && i < MOST_SHOWN; i++)
            json_string(&json, NULL, said->example[check][i]);
        json_end_array(&json);
        json_end_object(&json);
    }
    json_end_array(&json);
    json_end_object(&json);
    text_add(out, "\n");
}

/* --- the command --- */

static bool listen_once(const Options *options, const char *given, Said *said, ContainedEnd *end,
                        int *number, Error *error) {
    const char *words[6] = {"nonpaper", "trial"};
    size_t count = 2;
    if (option_given(options, "trust")) words[count++] = "--trust";
    words[count++] = "--";
    words[count] = given;
    *said = (Said){.doing = "loading"};
    Contained contained = {words, SILENCE_MS, take_line, said};
    return contained_run(&contained, end, number, error);
}

static int tell(const Options *options, const char *given, const Said *said) {
    Text text = {0};
    if (option_given(options, "json"))
        print_json(given, said, &text);
    else
        print_table(given, said, &text);
    output_result(&text);
    text_finish(&text);
    return has_passed(said) ? 0 : ERROR_CHECK;
}

static int test_in_process(const Options *options, const char *given) {
    Said *said = memory_new(2, sizeof *said);
    Error error = {0};
    ContainedEnd end;
    int number = 0, code;
    bool good = listen_once(options, given, said, &end, &number, &error);
    bool opened = good && (end != CONTAINED_FAILED || said->domains > 0);
    if (opened) judge_end(said, end, number);
    if (opened && said->finished)
        good = listen_once(options, given, said + 1, &end, &number, &error);
    if (good && opened) {
        judge(said, said + 1);
        code = tell(options, given, said);
    } else {
        code = good                          ? number
               : error.kind == ERROR_STOPPED ? interrupt_exit_code()
                                             : output_error(&error);
    }
    memory_free(said);
    return code;
}

int strategy_test(const Options *options) {
    const char *given = options_argument(options, 1);
    if (given == NULL) {
        output_note("strategy test needs a SPEC, such as boulware(e=0.2), mine.lua or mine.so");
        return ERROR_USAGE;
    }
    if (spec_kind(given) == SPEC_PROGRAM) return conformance_run(given);
    interrupt_catch();
    return output_finish(test_in_process(options, given));
}
