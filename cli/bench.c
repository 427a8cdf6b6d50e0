/* nonpaper bench: speed as ratios against what limits it, measured in the same run. */
#define _GNU_SOURCE
#include "cli/bench.h"

#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/commands.h"
#include "cli/interrupt.h"
#include "cli/output.h"
#include "proto/wall_clock.h"

enum { REPEATS = 15, QUICK_REPEATS = 1, QUICK_PART = 20 };

/* --- samples --- */

void samples_add(Samples *samples, double value) {
    if (samples->count < BENCH_MOST_REPEATS) samples->value[samples->count++] = value;
}

static int ascending(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

double samples_median(const Samples *samples) {
    if (samples == NULL || samples->count == 0) return __builtin_nan("");
    Samples sorted = *samples;
    qsort(sorted.value, sorted.count, sizeof sorted.value[0], ascending);
    double upper = sorted.value[sorted.count / 2];
    return sorted.count % 2 == 1 ? upper : (sorted.value[sorted.count / 2 - 1] + upper) / 2;
}

/* Of each value to the limit measured next to it: a machine that is busy for a while is so for both. */
static double median_ratio(const Samples *values, const Samples *limits) {
    Samples ratios = {.count = 0};
    for (unsigned i = 0; limits != NULL && i < values->count && i < limits->count; i++)
        samples_add(&ratios, values->value[i] / limits->value[i]);
    return samples_median(&ratios);
}

void bench_add(Bench *bench, BenchCase said, const Samples *values, const Samples *limits) {
    if (bench->count == BENCH_MOST_CASES) return;
    said.value = samples_median(values);
    said.limit = samples_median(limits);
    said.ratio = median_ratio(values, limits);
    bench->cases[bench->count++] = said;
}

unsigned bench_size(const Bench *bench, unsigned full) {
    return bench->quick ? full / QUICK_PART + 1 : full;
}

double bench_seconds_since(int64_t began_ns) {
    return (double)(wall_monotonic_ns() - began_ns) * 1e-9;
}

/* --- surroundings --- */

const char *bench_file(const Bench *bench, const char *name, char path[128]) {
    static const char *const beside[] = {"-wal", "-shm", ""};
    for (size_t i = 0; i < sizeof beside / sizeof beside[0]; i++) {
        snprintf(path, 128, "%s/%s%s", bench->directory.path, name, beside[i]);
        unlink(path);
    }
    return path;
}

static cpu_set_t allowed;

void bench_one_core(void) {
    cpu_set_t one;
    int core = sched_getcpu();
    sched_getaffinity(0, sizeof allowed, &allowed);
    CPU_ZERO(&one);
    CPU_SET(core < 0 ? 0 : core, &one);
    sched_setaffinity(0, sizeof one, &one);
}

void bench_all_cores(void) {
    sched_setaffinity(0, sizeof allowed, &allowed);
}

/* --- telling --- */

static void tell_json(const Bench *bench) {
    Text text = {0};
    Json json = output_json(&text, "nonpaper.bench/1");
    json_array(&json, "cases");
    for (unsigned i = 0; i < bench->count; i++) {
        const BenchCase *one = &bench->cases[i];
        json_object(&json, NULL);
        json_string(&json, "name", one->name);
        json_double(&json, "value", one->value);
        json_string(&json, "unit", one->unit);
        json_double(&json, "limit", one->limit);
        json_double(&json, "ratio", one->ratio);
        json_string(&json, "what", one->what);
        json_end_object(&json);
    }
    json_end_array(&json);
    output_json_end(&json);
}

static void add_number(Text *text, double number) {
    if (number != number)
        text_addf(text, "%13s", "-");
    else
        text_addf(text, number < 1000 ? "%13.2f" : "%13.0f", number);
}

static void tell_case(const BenchCase *one, Text *text) {
    text_addf(text, "%-24s", one->name);
    add_number(text, one->value);
    add_number(text, one->limit);
    if (one->ratio != one->ratio)
        text_addf(text, "%8s", "-");
    else
        text_addf(text, one->ratio < 0.1 ? "%8.4f" : "%8.2f", one->ratio);
    text_addf(text, "  %s\n    %s\n", one->unit, one->what);
}

static void tell_people(const Bench *bench) {
    Text text = {0};
    text_addf(&text, "%-24s%13s%13s%8s  unit, and what limits it\n", "case", "value", "limit",
              "ratio");
    for (unsigned i = 0; i < bench->count; i++) tell_case(&bench->cases[i], &text);
    output_result(&text);
    text_finish(&text);
}

/* --- the whole --- */

static const struct {
    const char *name;
    bool (*measure)(Bench *bench, Error *error);
} subjects[] = {
    {"exchange", bench_exchange},       {"accidents", bench_accidents},
    {"multiplexed", bench_multiplexed}, {"memory", bench_memory_lane},
    {"workers", bench_workers},         {"world", bench_world},
    {"verify", bench_verify},           {"record", bench_record},
    {"recording", bench_recording},     {"parts", bench_parts},
    {"strategy", bench_strategy},       {"analysis", bench_analysis},
};

enum { SUBJECTS = sizeof subjects / sizeof subjects[0] };

static bool refuse_subject(const char *name, Error *error) {
    const char *names[SUBJECTS];
    char safe[128];
    for (size_t i = 0; i < SUBJECTS; i++) names[i] = subjects[i].name;
    const char *nearest = text_nearest(name, names, SUBJECTS);
    text_safe(safe, sizeof safe, name);
    return error_set(error, ERROR_USAGE, "nothing called %s is measured%s%s%s", safe,
                     nearest ? "; did you mean " : "", nearest ? nearest : "", nearest ? "?" : "");
}

/* All of them when none is named. */
static bool measure(Bench *bench, const char *only, Error *error) {
    bool known = only == NULL;
    for (size_t i = 0; i < SUBJECTS; i++) {
        if (only != NULL && strcmp(subjects[i].name, only) != 0) continue;
        known = true;
        if (interrupt_asked() || !subjects[i].measure(bench, error)) return false;
    }
    return known || refuse_subject(only, error);
}

int command_bench(const Options *options) {
    Bench bench = {.quick = option_given(options, "quick")};
    Error error = {0};
    interrupt_catch();
    bench.repeats = bench.quick ? QUICK_REPEATS : REPEATS;
    if (!runtime_directory_create(&bench.directory, &error)) return output_error(&error);
    bool good = measure(&bench, options_argument(options, 0), &error);
    runtime_directory_remove(bench.directory.path);
    close(bench.directory.lock);
    if (interrupt_asked()) return interrupt_exit_code();
    if (!good) return output_error(&error);
    (option_given(options, "json") ? tell_json : tell_people)(&bench);
    return output_finish(0);
}
