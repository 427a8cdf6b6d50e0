/* Inside the codec's door: what the files that write and read dossiers share. */
#ifndef PROTO_CODEC_DOSSIER_H
#define PROTO_CODEC_DOSSIER_H

#include "proto/codec_wire.h"

/* protobuf-c's strings are not const, and are not written to. */
static inline char *wire_string(const char *text) {
    return (char *)(uintptr_t)(text ? text : "");
}

/* Options of all issues together. */
uint32_t dossier_options(const Domain *domain);

/* --- out --- */

Nonpaper__Profile *profile_out(Arena *arena, const Profile *profile, const Domain *domain);
/* What version 2 added to the terms: codec_world.c. Nothing of it is written where it is not used. */
void world_out(Arena *arena, const Terms *terms, Nonpaper__Terms *wire);
/* Adds the types that seats may be of. */
bool library_out(FrameWriter *writer, const Brief *brief, Error *error);

/* --- in --- */

/* What a dossier is being read into. */
typedef struct Reading {
    Arena *arena;
    Dossier *dossier;
    Error *error;
} Reading;

bool dossier_refuse(const Reading *reading, const char *what);
const char *dossier_text(const Reading *reading, const char *text); /* "" for none */

/* The same bounds as the scenario's: sums of a few of them do not overflow. */
static inline bool wire_utility(int64_t utility) {
    const int64_t most = INT64_C(1000000) * UTILITY_ONE;
    return utility >= -most && utility <= most;
}

bool profile_in(const Reading *reading, const Nonpaper__Profile *wire, Profile *profile);
/* After seats and domain were read. */
bool world_in(const Reading *reading, const Nonpaper__Terms *wire);
/* After the terms were read. */
bool library_in(const Reading *reading, const Nonpaper__Dossier *wire);

#endif
