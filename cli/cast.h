/* Who plays the seats: every specification with its file found and its hash known. "mine.so(e=0.2)" in a scenario is
 * played, and recorded, as "dir/mine.so#0123456789abcdef(e=0.2)". */
#ifndef CLI_CAST_H
#define CLI_CAST_H

#include "agents/repertoire.h"
#include "core/base/memory.h"
#include "core/scenario/strategy_spec.h"

typedef struct Cast {
    Arena arena;
    uint8_t seats;
    SeatSet programs;               /* seats that programs of their own play */
    const char *spec[NP_MAX_SEATS]; /* as played and recorded */
    const char *word[NP_MAX_SEATS]; /* "path#HASH"; NULL for what is built in */
    const char *path[NP_MAX_SEATS]; /* of a program */
} Cast;

/* Files are looked up as given, then in the folder of `beside`, a file. A hash in a specification must be the file's:
 * otherwise ERROR_CANT_TELL. Finish the cast in either case. */
bool cast_read(Cast *cast, const char *const *spec, uint8_t seats, const char *beside,
               Error *error);
void cast_finish(Cast *cast);

/* Loads what players in this process need for it and do not have yet; otherwise as cast_repertoire. */
bool cast_join(const Cast *cast, Repertoire *repertoire, Error *error);
/* What players in this process need for it. NULL when a seat is played by a program, or by a shared object that is
 * not trusted. */
Repertoire *cast_repertoire(const Cast *cast, bool trusted, Error *error);

#endif
