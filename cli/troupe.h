/* A troupe: the agents of one table, a process a seat, as children of this process. Started, started again, ended, and
 * heard, by whoever is their parent: the launcher of a run, or a broker that has its own. */
#ifndef CLI_TROUPE_H
#define CLI_TROUPE_H

#include <sys/select.h> /* sigset_t */
#include <sys/types.h>

#include "cli/hearsay.h"
#include "core/base/error.h"

enum { TROUPE_MAX_LOADS = 16 };

/* Who plays, and where they find their broker; borrowed by the troupe. */
typedef struct TroupePlan {
    const char *address;      /* "ipc:///…/broker" */
    const char *arguments[4]; /* after "nonpaper agent SEAT --connect ADDRESS"; NULL-ended */
    const char *seat_id[NP_MAX_SEATS];
    /* The files that the seat's agent may open, "path#HASH", and no others; NULL-ended. */
    const char *load[NP_MAX_SEATS][TROUPE_MAX_LOADS + 1];
    const char *program[NP_MAX_SEATS]; /* what is started instead of an agent of ours, or NULL */
    bool trusted;                      /* agents without a sandbox */
    uint8_t seats;
    SeatSet foreign; /* seats whose agents are not started here, but waited for */
} TroupePlan;

typedef struct Troupe {
    const TroupePlan *plan;
    sigset_t mask;             /* that its processes begin with */
    pid_t agent[NP_MAX_SEATS]; /* 0 once it has ended */
    unsigned revived[NP_MAX_SEATS];
    Hearsay hearsay; /* of agents in a sandbox */
} Troupe;

/* Between fork and exec: the child does not outlive `parent`, which gets `death_signal` to it, and leaves Ctrl-C to it. */
void troupe_become_child(const sigset_t *mask, pid_t parent, int death_signal);
/* This program once more, with these words; does not come back. */
void troupe_exec_self(const char *const *words);

/* All that are not foreign; who plays a foreign seat is told where. False when one could not be started: end the
 * others. */
bool troupe_start(Troupe *troupe, Error *error);
/* Once more, after an end if it is still there. */
void troupe_revive(Troupe *troupe, SeatId seat);
/* Kills and waits; its end is no news. */
void troupe_end(Troupe *troupe, SeatId seat);
void troupe_kill(const Troupe *troupe, int number);
bool troupe_has_anybody(const Troupe *troupe);
/* A process has ended: whose it was, NP_NO_SEAT when it was none of these. */
SeatId troupe_ended(Troupe *troupe, pid_t process);
/* "its process was killed by signal 9 (Killed)"; of a contained one, what that means. */
void troupe_say_end(char *out, size_t size, int status);

#endif
