#include "cli/progress.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "proto/wall_clock.h"

enum { TELL_EVERY_NS = 200000000 };

static bool is_watched(const Options *options) {
    const char *terminal = getenv("TERM");
    return isatty(STDERR_FILENO) == 1 && !option_given(options, "quiet") && terminal != NULL &&
           strcmp(terminal, "dumb") != 0;
}

Progress progress_begin(const Options *options, uint64_t planned) {
    return (Progress){
        .shown = is_watched(options), .planned = planned, .began_ns = wall_monotonic_ns()};
}

void progress_words(Text *out, double seconds) {
    long long whole = (long long)(seconds + 0.5), minutes = whole / 60, hours = minutes / 60;
    if (seconds < 0.1)
        text_addf(out, "%.0f ms", seconds * 1000);
    else if (seconds < 10)
        text_addf(out, "%.1f s", seconds);
    else if (whole < 120)
        text_addf(out, "%lld s", whole);
    else if (minutes < 120)
        text_addf(out, "%lld min", minutes);
    else if (hours < 72)
        text_addf(out, "%lld h %lld min", hours, minutes % 60);
    else
        text_addf(out, "%lld days", hours / 24);
}

void progress_tell(Progress *progress, uint64_t done) {
    int64_t now = wall_monotonic_ns();
    if (!progress->shown || done == 0 || now - progress->told_ns < TELL_EVERY_NS) return;
    progress->told_ns = now;
    double seconds = (double)(now - progress->began_ns) / 1e9;
    Text left = {0};
    progress_words(&left, seconds / (double)done * (double)(progress->planned - done));
    fprintf(stderr, "\r%llu of %llu runs, %.0f a second, about %s left\x1b[K",
            (unsigned long long)done, (unsigned long long)progress->planned, (double)done / seconds,
            text_get(&left));
    text_finish(&left);
}

void progress_end(Progress *progress) {
    if (progress->shown) fprintf(stderr, "\r\x1b[K");
}
