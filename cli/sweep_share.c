/* How often something came of the runs of a cell: an agreement, an option of an issue in it. */
#include <string.h>

#include "cli/sweep_share.h"
#include "core/base/json.h"
#include "core/study/multiplicity.h"
#include "core/study/paired_proportion.h"
#include "core/study/proportion.h"
#include "core/study/resample.h"

/* --- reading --- */

static bool has_option(const char *json, const Issue *issue, uint8_t option) {
    Text member = {0};
    Json words = {.text = &member};
    json_object(&words, NULL);
    json_string(&words, issue->id, issue->option[option]);
    json_end_object(&words);
    text_get(&member);
    member.bytes[member.length - 1] = '\0'; /* what stands between the braces */
    bool found = strstr(json, member.bytes + 1) != NULL;
    text_finish(&member);
    return found;
}

uint8_t share_code(const Domain *domain, uint8_t issue, const OutcomeRow *row) {
    if (row->reason == REASON_AGENT_FAULT) return SHARE_MISSING;
    bool agreed = row->kind == VERDICT_AGREEMENT;
    if (issue == NP_NO_OPTION) return agreed ? 0 : SHARE_OTHER;
    const Issue *of = &domain->issue[issue];
    if (!agreed || row->agreement == NULL) return of->options;
    for (uint8_t option = 0; option < of->options; option++)
        if (has_option(row->agreement, of, option)) return option;
    return SHARE_OTHER;
}

/* --- reckoning --- */

ShareTable share_table(const Domain *domain, uint8_t issue, uint64_t cells) {
    uint32_t rows = issue == NP_NO_OPTION ? 1 : domain->issue[issue].options + 1u;
    return (ShareTable){
        .issue = issue, .rows = rows, .number = memory_new(cells * rows, sizeof(ShareNumbers))};
}

void share_table_finish(ShareTable *table) {
    memory_free(table->number);
}

static void count_pair(PairedTable *pairs, uint8_t first, uint8_t other, uint8_t row) {
    if (first == SHARE_MISSING || other == SHARE_MISSING) return;
    bool here = other == row, there = first == row;
    pairs->both += here && there;
    pairs->first_only += here && !there;
    pairs->second_only += !here && there;
    pairs->neither += !here && !there;
}

static ShareNumbers reckon_row(const ShareCodes *codes, const ShareCodes *first, uint8_t row) {
    ShareNumbers numbers = {.difference = interval_unknown(), .p = interval_unknown().estimate};
    PairedTable pairs = {0};
    for (uint64_t i = 0; i < codes->count; i++) {
        numbers.runs += codes->code[i] != SHARE_MISSING;
        numbers.hits += codes->code[i] == row;
        if (first != NULL && i < first->count)
            count_pair(&pairs, first->code[i], codes->code[i], row);
    }
    numbers.share = proportion_wilson(numbers.hits, numbers.runs, STUDY_Z95);
    if (paired_count(&pairs) > 0) {
        numbers.difference = paired_newcombe(&pairs, STUDY_Z95);
        numbers.p = paired_mcnemar(&pairs);
    }
    return numbers;
}

void share_reckon(ShareTable *table, uint64_t cell, const ShareCodes *codes,
                  const ShareCodes *first) {
    for (uint32_t row = 0; row < table->rows; row++)
        table->number[cell * table->rows + row] = reckon_row(codes, first, (uint8_t)row);
}

void share_correct(ShareTable *table, uint64_t cells) {
    uint64_t count = cells * table->rows;
    double *p = memory_new(count, sizeof *p);
    for (uint64_t i = 0; i < count; i++)
        p[i] = table->number[i].runs > 0 ? table->number[i].p : interval_unknown().estimate;
    multiplicity_holm(p, count, p);
    for (uint64_t i = 0; i < count; i++) table->number[i].p_holm = p[i];
    memory_free(p);
}
