/* The question put to the large scenario: is "no settlement, humanitarian partials" how most of its runs end? */
#include "tests/referee/trial.h"

#include <stdio.h>

enum { DEAL, PARTIAL_ONLY, ALL_ONLY, NOTHING, ENDS };

static const char *const says[ENDS] = {[DEAL] = "a settlement",
                                       [PARTIAL_ONLY] = "no settlement, humanitarian: partial",
                                       [ALL_ONLY] = "no settlement, humanitarian: all for all",
                                       [NOTHING] = "no settlement, nothing"};

static int end_of(const Verdict *verdict, uint8_t humanitarian) {
    if (verdict->kind == VERDICT_AGREEMENT) return DEAL;
    for (uint32_t i = 0; i < verdict->accords; i++) {
        uint8_t option = verdict->accord[i].option[humanitarian];
        if (option != NP_NO_OPTION) return option == 0 ? ALL_ONLY : PARTIAL_ONLY;
    }
    return NOTHING;
}

void page_partials(uint64_t seeds) {
    static const char *const file = "configs/riyadh-2025-full.yaml";
    uint64_t count[ENDS] = {0};
    Trial trial = trial_play(STAGE_FILE(file, ""), seeds, NULL);
    uint8_t humanitarian = trial_issue(&trial, "humanitarian");
    for (uint64_t i = 0; i < seeds; i++) count[end_of(&trial.verdict[i], humanitarian)]++;
    printf("## Is \"no settlement, humanitarian partials\" the modal end?\n\n"
           "`%s` at its status-quo settings, no lever pulled. What happened later serves to hold "
           "the model against, never "
           "to set it.\n\n| end | share |\n|---|---|\n",
           file);
    int modal = DEAL;
    for (int end = 0; end < ENDS; end++) {
        printf("| %s | ", says[end]);
        say_share(count[end], seeds);
        printf(" |\n");
        if (count[end] > count[modal]) modal = end;
    }
    printf("\nThe modal end of the model is: %s. %s\n", says[modal],
           modal == PARTIAL_ONLY || modal == ALL_ONLY
               ? "The answer is yes."
               : "The answer is no. Built-in strategies table no partial packages "
                 "(`docs/referee-tests.md`, T15).");
    trial_finish(&trial);
}
