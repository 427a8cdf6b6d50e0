#include "core/interchange/foreign.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define SUM_TOLERANCE 1e-7

void foreign_init(Foreign *foreign) {
    *foreign = (Foreign){.name = ""};
    arena_init(&foreign->arena);
}

void foreign_finish(Foreign *foreign) {
    arena_finish(&foreign->arena);
}

void foreign_note(Foreign *foreign, const char *format, ...) {
    char sentence[512];
    va_list list;
    if (foreign->notes == FOREIGN_MAX_NOTES) return;
    va_start(list, format);
    vsnprintf(sentence, sizeof sentence, format, list);
    va_end(list);
    foreign->note[foreign->notes++] = arena_text(&foreign->arena, sentence, strlen(sentence));
}

const char *foreign_name_of(Foreign *foreign, const char *path) {
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
    const char *dot = strrchr(name, '.');
    size_t length = dot && dot > name ? (size_t)(dot - name) : strlen(name), kept = 0;
    /* Whole characters only; what is none is left out by whoever shows it. */
    while (kept < length) {
        size_t step = text_utf8_length(name + kept, length - kept);
        if (kept + (step > 0 ? step : 1) > FOREIGN_MAX_NAME) break;
        kept += step > 0 ? step : 1;
    }
    return arena_text(&foreign->arena, name, kept);
}

/* --- numbers as options --- */

static double rounded(double number) {
    return (double)(int64_t)(number < 0 ? number - 0.5 : number + 0.5);
}

/* To so few decimals that the points stay apart: 0.3, not 0.30000000000000004. */
static double plain(double number, double gap) {
    double scale = 1;
    while (gap * scale < 1e4 && scale < 1e12) scale *= 10;
    double scaled = number * scale;
    return scaled > -9e15 && scaled < 9e15 ? rounded(scaled) / scale : number;
}

static double point(const ForeignIssue *issue, double apart, uint32_t at, uint32_t last) {
    double gap = (issue->high - issue->low) / last;
    if (at == last) return issue->high;
    if (apart > 0) {
        double offset = rounded(gap * at / apart) * apart;
        return issue->whole ? issue->low + offset : plain(issue->low + offset, apart);
    }
    return plain(issue->low + gap * at, gap);
}

void foreign_spread(Foreign *foreign, ForeignIssue *issue, double apart, uint32_t steps) {
    double all = apart > 0 ? rounded((issue->high - issue->low) / apart) + 1 : 0;
    uint32_t most = steps > 0 ? steps : NP_MAX_OPTIONS;
    bool every = all > 0 && all <= most;
    uint32_t options = every ? (uint32_t)all : steps > 0 ? steps : FOREIGN_STEPS;
    char low[32], high[32], shown[32];
    issue->options = (uint8_t)options;
    for (uint32_t i = 0; i < options; i++) {
        issue->number[i] = point(issue, apart, i, options - 1);
        text_double(shown, issue->number[i]);
        issue->option[i] = arena_text(&foreign->arena, shown, strlen(shown));
    }
    if (every) return;
    foreign_note(foreign, "issue \"%.80s\" has %s numbers from %s to %s: %u of them stand for it",
                 issue->name, all > 0 ? text_double(shown, all) : "all",
                 text_double(low, issue->low), text_double(high, issue->high), options);
}

/* --- what all formats share --- */

int foreign_find_option(const ForeignIssue *issue, const char *name) {
    for (int i = 0; i < issue->options; i++)
        if (strcmp(issue->option[i], name) == 0) return i;
    return -1;
}

double foreign_best(const Foreign *foreign, const ForeignProfile *profile) {
    double sum = 0;
    for (uint8_t k = 0; k < foreign->issues; k++) {
        double best = 0;
        for (uint8_t i = 0; i < foreign->issue[k].options; i++)
            if (profile->value[k][i] > best) best = profile->value[k][i];
        sum += profile->weight[k] * best;
    }
    return sum;
}

static double weights_sum(const Foreign *foreign, const ForeignProfile *profile) {
    double sum = 0;
    for (uint8_t k = 0; k < foreign->issues; k++) sum += profile->weight[k];
    return sum;
}

static void review(Foreign *foreign, const ForeignProfile *profile) {
    double sum = weights_sum(foreign, profile), best = foreign_best(foreign, profile);
    char shown[32], reservation[32];
    if (sum < 1 - SUM_TOLERANCE || sum > 1 + SUM_TOLERANCE)
        foreign_note(foreign, "the weights of %.80s sum to %s and are kept as they are",
                     profile->name, text_double(shown, sum));
    if (profile->reservation > best + SUM_TOLERANCE)
        foreign_note(foreign, "no package gives %.80s its reservation, %s: the best is worth %s",
                     profile->name, text_double(reservation, profile->reservation),
                     text_double(shown, best));
}

void foreign_review(Foreign *foreign) {
    for (uint8_t i = 0; i < foreign->profiles; i++) review(foreign, &foreign->profile[i]);
}
