#define _GNU_SOURCE
#include "cli/hearsay.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { MOST_TOLD = 1 << 18, LONGEST_LINE = 2000 };

static void tell_line(struct Voice *voice, const char *id) {
    char safe[4 * LONGEST_LINE];
    if (voice->line.length > 0 && voice->told < MOST_TOLD) {
        fprintf(stderr, "%s: %s\n", id, text_safe(safe, sizeof safe, text_get(&voice->line)));
        voice->told += voice->line.length;
        if (voice->told >= MOST_TOLD) fprintf(stderr, "%s: (and more)\n", id);
    }
    text_clear(&voice->line);
}

static void take(struct Voice *voice, const char *id, const char *bytes, size_t length) {
    for (size_t i = 0; i < length; i++) {
        bool full = voice->line.length >= LONGEST_LINE;
        if (bytes[i] != '\n' && bytes[i] != '\0') text_add_bytes(&voice->line, &bytes[i], 1);
        if (bytes[i] == '\n' || full) tell_line(voice, id);
    }
}

/* Only so much at once: there is other news. */
static void listen_to(struct Voice *voice, const char *id) {
    char bytes[4096];
    ssize_t length = -1;
    for (int i = 0; i < 16; i++) {
        length = read(voice->descriptor, bytes, sizeof bytes);
        if (length <= 0) break;
        take(voice, id, bytes, (size_t)length);
    }
    if (length > 0 || (length < 0 && (errno == EAGAIN || errno == EINTR))) return;
    tell_line(voice, id);
    close(voice->descriptor);
    voice->descriptor = 0;
}

int hearsay_open(Hearsay *hearsay, SeatId seat, const char *id) {
    struct Voice *voice = &hearsay->voice[seat];
    int ends[2];
    if (voice->descriptor > 0) listen_to(voice, id);
    if (voice->descriptor > 0) close(voice->descriptor);
    voice->descriptor = 0;
    if (pipe2(ends, O_CLOEXEC) != 0) return -1;
    fcntl(ends[0], F_SETFL, O_NONBLOCK);
    voice->descriptor = ends[0];
    return ends[1];
}

nfds_t hearsay_watch(const Hearsay *hearsay, struct pollfd *watched, nfds_t count) {
    for (SeatId seat = 0; seat < NP_MAX_SEATS; seat++)
        if (hearsay->voice[seat].descriptor > 0)
            watched[count++] =
                (struct pollfd){.fd = hearsay->voice[seat].descriptor, .events = POLLIN};
    return count;
}

void hearsay_tell(Hearsay *hearsay, const char *const *ids) {
    for (SeatId seat = 0; seat < NP_MAX_SEATS; seat++)
        if (hearsay->voice[seat].descriptor > 0) listen_to(&hearsay->voice[seat], ids[seat]);
}

void hearsay_close(Hearsay *hearsay, const char *const *ids) {
    hearsay_tell(hearsay, ids);
    for (SeatId seat = 0; seat < NP_MAX_SEATS; seat++) {
        struct Voice *voice = &hearsay->voice[seat];
        if (voice->descriptor > 0) {
            tell_line(voice, ids[seat]);
            close(voice->descriptor);
        }
        text_finish(&voice->line);
    }
}
