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
    static const char domain[] = ".domain"; /* as `export` calls them */
    size_t ending = sizeof domain - 1;
    if (length > ending && strncmp(name + length - ending, domain, ending) == 0) length -= ending;
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

/* The numbers of an issue: `last` + 1 of them, evenly spread over whole multiples of `apart`. */
static double point(const ForeignIssue *issue, double top, double apart, uint32_t at,
                    uint32_t last) {
    double gap = (top - issue->low) / last;
    if (at == last && apart == 0) return top;
    if (apart == 0) return plain(issue->low + gap * at, gap);
    double offset = rounded(gap * at / apart) * apart;
    return issue->whole ? issue->low + offset : plain(issue->low + offset, apart);
}

static void note_spread(Foreign *foreign, const ForeignIssue *issue, double all) {
    char low[32], high[32], count[32] = "all";
    if (all > 0) text_double(count, all);
    foreign_note(foreign, "issue \"%.80s\" has %s numbers from %s to %s: %u of them stand for it",
                 issue->name, count, text_double(low, issue->low), text_double(high, issue->high),
                 issue->options);
}

void foreign_spread(Foreign *foreign, ForeignIssue *issue, double apart, uint32_t steps) {
    double range = issue->high - issue->low, top = issue->high, all = 0;
    if (apart < range / FOREIGN_MAX_NUMBER) apart = 0;
    if (apart > 0) {
        all = (double)(int64_t)(range / apart + 1e-9) + 1;
        top = issue->low + (all - 1) * apart;
    }
    bool every = all > 0 && all <= (steps > 0 ? steps : NP_MAX_OPTIONS);
    issue->options = (uint8_t)(every ? (uint32_t)all : steps > 0 ? steps : FOREIGN_STEPS);
    for (uint32_t i = 0; i < issue->options; i++) {
        char shown[32];
        issue->number[i] = point(issue, top, apart, i, issue->options - 1u);
        text_double(shown, issue->number[i]);
        issue->option[i] = arena_text(&foreign->arena, shown, strlen(shown));
    }
    if (!every) note_spread(foreign, issue, all);
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

double foreign_weights_sum(const Foreign *foreign, const ForeignProfile *profile) {
    double sum = 0;
    for (uint8_t k = 0; k < foreign->issues; k++) sum += profile->weight[k];
    return rounded(sum * 1e9) / 1e9;
}

static void review(Foreign *foreign, const ForeignProfile *profile) {
    double sum = foreign_weights_sum(foreign, profile), best = foreign_best(foreign, profile);
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
