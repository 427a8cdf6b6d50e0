/* T15: the humanitarian issue settles first. */
#include "tests/referee/trial.h"

#include <stdio.h>

#include "core/base/memory.h"
#include "core/base/sim_time.h"

enum { RUNS = 200, PROMPT_DAY = 30 };

/* Runs in which somebody at one seat tables the exchange alone, once, beside what its strategy does. */
typedef struct Prompt {
    SeatId seat;
    uint8_t issue;
    bool done[RUNS];
    Reply *reply; /* what is answered instead */
    uint32_t capacity;
} Prompt;

static void table_exchange(const Prompt *prompt, Reply *reply) {
    Action *action = &reply->move[reply->moves++];
    *action = (Action){.kind = NP_OFFER,
                       .packages = 1,
                       .issue = NP_NO_OPTION,
                       .option = NP_NO_OPTION,
                       .lever = NP_NO_LEVER};
    for (int k = 0; k < NP_MAX_MENU; k++) action->menu[k] = outcome_empty();
    action->menu[0].option[prompt->issue] = 0;
}

static bool prompted(void *context, const Grant *grant, Answer *answer, Error *error) {
    Prompt *prompt = context;
    (void)error;
    if (grant->seat != prompt->seat || prompt->done[grant->run - 1]) return true;
    if (answer->replies > prompt->capacity) {
        prompt->capacity = answer->replies;
        prompt->reply = memory_grow(prompt->reply, prompt->capacity, sizeof(Reply));
    }
    for (uint32_t i = 0; i < answer->replies; i++) {
        Reply *reply = &prompt->reply[i];
        *reply = answer->reply[i];
        if (prompt->done[grant->run - 1] || reply->moves == NP_MAX_MOVES ||
            reply->at < (SimTime)PROMPT_DAY * SIM_DAY)
            continue;
        table_exchange(prompt, reply);
        prompt->done[grant->run - 1] = true;
    }
    answer->reply = prompt->reply;
    return true;
}

static void print_row(const char *says, const Trial *trial, uint8_t issue) {
    uint64_t first = 0, all = 0;
    for (uint64_t i = 0; i < trial->runs; i++) {
        const Verdict *verdict = &trial->verdict[i];
        if (verdict->accords == 0 || verdict->accord[0].option[issue] == NP_NO_OPTION) continue;
        first++;
        all += verdict->accord[0].option[issue] == 0;
    }
    printf("| %s | ", says);
    say_share(first, trial->runs);
    printf(" | %llu | ", (unsigned long long)all);
    say_share(trial_deals(trial), trial->runs);
    printf(" |\n");
}

void page_humanitarian(void) {
    static const char *const file = "configs/riyadh-2025-full.yaml";
    static Prompt prompt;
    Trial alone = trial_play(STAGE_FILE(file, ""), RUNS, NULL);
    prompt.seat = trial_seat(&alone, "ukraine");
    prompt.issue = trial_issue(&alone, "humanitarian");
    Trial asked = trial_play(STAGE_FILE(file, ""), RUNS,
                             &(Watcher){.context = &prompt, .answered = prompted});
    printf(
        "## T15: the humanitarian issue settles first\n\n"
        "`%s`, where that issue alone may be settled by itself: if anything settles before the "
        "rest, by\n"
        "construction it is this one. What is open is whether it does. No built-in strategy tables "
        "a partial package; the\n"
        "second row has one tabled, {humanitarian: all_for_all}, by Ukraine on its first occasion "
        "after day %d, once.\n"
        "%d seeds a row.\n\n"
        "| | settled before anything else | of these, all for all | deals |\n|---|---|---|---|\n",
        file, PROMPT_DAY, RUNS);
    print_row("the scenario's strategies", &alone, prompt.issue);
    print_row("the exchange tabled once", &asked, prompt.issue);
    printf("\nThe first row contradicts T15 where it says 0: a limit of the strategies, not of the "
           "rules of the table.\n\n");
    memory_free(prompt.reply);
    trial_finish(&alone);
    trial_finish(&asked);
}
