/* What agents say on their standard error: passed on line by line, with the seat's name, and made safe to print. What
 * runs in an agent may be a stranger's, and a terminal obeys what is written to it. */
#ifndef CLI_HEARSAY_H
#define CLI_HEARSAY_H

#include <poll.h>

#include "core/base/text.h"
#include "core/base/vocabulary.h"

typedef struct Hearsay {
    struct Voice {
        int descriptor; /* 0: nobody speaks */
        size_t told;    /* bytes passed on so far; there is a limit */
        Text line;      /* begun and not ended */
    } voice[NP_MAX_SEATS];
} Hearsay;

/* A pipe for the seat's agent: gives the end that becomes its standard error, to be closed by the caller; -1 when
 * there is none to be had. An earlier agent's is read to its end first. */
int hearsay_open(Hearsay *hearsay, SeatId seat, const char *id);
/* Adds what there is to wait for; gives the new count. */
nfds_t hearsay_watch(const Hearsay *hearsay, struct pollfd *watched, nfds_t count);
/* Passes on what is there. Does not wait. */
void hearsay_tell(Hearsay *hearsay, const char *const *ids);
void hearsay_close(Hearsay *hearsay, const char *const *ids);

#endif
