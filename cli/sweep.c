/* nonpaper sweep: one scenario many times over, varied by a design, summed up with intervals. */
#include <stdio.h>
#include <string.h>

#include "cli/commands.h"
#include "cli/interrupt.h"
#include "cli/output.h"
#include "cli/shell_word.h"
#include "cli/sweep_dry_run.h"
#include "cli/sweep_parts.h"
#include "cli/sweep_result.h"
#include "cli/sweep_study.h"

enum { TABLE, CSV, JSON_LINES, MARKDOWN };

/* --- the line that goes on --- */

static void add_resume_line(const SweepPlan *plan, Text *out) {
    const Options *options = plan->options;
    Text word = {0};
    text_add(out, "nonpaper sweep ");
    shell_word_show(out, plan->base.source);
    for (size_t i = 0; i < options->values; i++) {
        const OptionValue *value = &options->value[i];
        if (strcmp(value->spec->name, "resume") == 0) continue;
        text_clear(&word);
        text_addf(&word, "--%s", value->spec->name);
        if (value->spec->kind != OPTION_FLAG) text_addf(&word, "=%s", value->text);
        text_add(out, " ");
        shell_word_show(out, text_get(&word));
    }
    text_add(out, " --resume");
    text_finish(&word);
}

static void say_resume(const SweepPlan *plan) {
    Text line = {0};
    add_resume_line(plan, &line);
    fprintf(stderr, "nonpaper: go on with: %s\n", text_get(&line));
    text_finish(&line);
}

/* Said by the second interrupt, should the first not be heard. */
static void leave_words(const SweepPlan *plan) {
    Text words = {0};
    text_add(&words, "nonpaper: go on with: ");
    add_resume_line(plan, &words);
    text_add(&words, "\n");
    interrupt_last_words(text_get(&words));
    text_finish(&words);
}

/* --- results --- */

static int say_lost(const SweepResult *result) {
    if (result->lost_count > 0)
        output_note("%u job%s came to nothing; the results say which, and how to play %s alone",
                    result->lost_count, result->lost_count == 1 ? "" : "s",
                    result->lost_count == 1 ? "it" : "them");
    uint64_t faulted = result->tally.breakdowns[REASON_AGENT_FAULT];
    if (faulted > 0)
        output_note(
            "%llu run%s ended by an agent's fault; the results say which, and how to play one "
            "of them alone",
            (unsigned long long)faulted, faulted == 1 ? " was" : "s were");
    return result->tally.failed > 0 ? ERROR_AGENT : 0;
}

static void print_result(const SweepPlan *plan, const SweepResult *result) {
    Text text = {0};
    int form = option_choice(plan->options, "format", TABLE);
    if (plan->base.json)
        sweep_result_json(result, &text);
    else if (form == CSV || form == JSON_LINES)
        sweep_result_rows(result, form == CSV, &text);
    else {
        sweep_result_table(result, form == MARKDOWN, &text);
        if (form == TABLE) {
            text_add(&text, "Recorded in ");
            text_add_safe(&text, plan->base.record);
            text_add(&text, "\n");
        }
    }
    output_result(&text);
    text_finish(&text);
}

static int put_result(const SweepPlan *plan, uint64_t study) {
    Error error = {0};
    SweepResult result = {0};
    int code = 0;
    Record *record = record_open_read(plan->base.record, &error);
    if (record != NULL && sweep_result_read(&result, plan, record, study, &error)) {
        print_result(plan, &result);
        code = say_lost(&result);
    }
    sweep_result_finish(&result);
    record_close(record);
    return error.kind != ERROR_NONE ? output_error(&error) : code;
}

/* --- the command --- */

static int say_stopped(const SweepPlan *plan, const SweepWork *work, uint64_t missing) {
    output_note("stopped; %llu of %llu runs were played, and are kept",
                (unsigned long long)work->played, (unsigned long long)missing);
    say_resume(plan);
    return interrupt_exit_code();
}

/* What was played is taken over whatever happened. */
static int play_missing(const SweepPlan *plan, SweepStudy *study) {
    Error error = {0}, late = {0};
    SweepWork work = {.done = study->done,
                      .missing = study->missing,
                      .first_part = sweep_parts_free(plan->base.record)};
    leave_words(plan);
    bool played = sweep_crew_play(plan, &work, &error);
    bool taken = sweep_study_take(study, plan, &work, &late);
    interrupt_last_words("");
    int code = 0;
    if (!taken) code = output_error(&late);
    if (!played && error.kind != ERROR_STOPPED) code = output_error(&error);
    if (code != 0)
        say_resume(plan);
    else if (!played)
        code = say_stopped(plan, &work, study->missing);
    sweep_work_finish(&work);
    return code;
}

static int hold(const SweepPlan *plan) {
    Error error = {0};
    SweepStudy study = {0};
    int code = 0;
    if (!sweep_study_begin(&study, plan, option_given(plan->options, "resume"), &error))
        code = output_error(&error);
    else if (study.missing > 0)
        code = play_missing(plan, &study);
    if (code == 0) code = put_result(plan, study.study);
    sweep_study_finish(&study);
    return code;
}

static int sweep(const SweepPlan *plan) {
    Error error = {0};
    if (!sweep_plan_check(plan, &error)) return output_error(&error);
    return option_given(plan->options, "dry-run") ? sweep_dry_run(plan) : hold(plan);
}

int command_sweep(const Options *options) {
    SweepPlan plan;
    int code = 0;
    interrupt_catch_first();
    if (sweep_plan_read(&plan, options, &code)) code = sweep(&plan);
    sweep_plan_finish(&plan);
    return output_finish(code);
}
