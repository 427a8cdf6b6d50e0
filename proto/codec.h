/* The codec: plain values to frames and back (nonpaper.proto, PROTOCOL.md). The only door to protobuf-c
 * and the generated code. Warm writers and readers do not allocate.
 *
 * What is read is not trusted: length, nesting and counts are bounded before unpacking, every value is
 * held against its range after it. What the table itself would refuse (an option that the domain does not
 * have, a move that makes no sense) passes: that is a move, and its refusal is the referee's. */
#ifndef PROTO_CODEC_H
#define PROTO_CODEC_H

#include <stddef.h>

#include "core/base/error.h"
#include "core/referee/grant.h"

enum {
    CODEC_LOWEST_VERSION = 1,
    CODEC_HIGHEST_VERSION = 2,    /* 2: the world, tables, levers, types; see PROTOCOL.md */
    CODEC_MAX_FRAME = 4 << 20,    /* bytes */
    CODEC_MAX_FIELDS = 1 << 19,   /* fields of one frame, in all its messages */
    CODEC_MAX_MESSAGES = 1 << 16, /* messages inside one frame */
    CODEC_MAX_REPLIES = 1 << 13,  /* replies of one frame */
    CODEC_MAX_PACKED = 1 << 14,   /* bytes of one packed list */
    CODEC_MAX_TEXT = 4096,        /* bytes of one string */
    CODEC_MAX_DOSSIERS = 64       /* dossiers that an agent keeps at once */
};

typedef struct Bytes {
    const uint8_t *at;
    size_t length;
} Bytes;

/* The numbers are those of nonpaper.proto. */
typedef enum FrameKind {
    FRAME_EMPTY = 0, /* no bytes: says nothing, asks whether somebody is there */
    FRAME_HELLO = 1,
    FRAME_WELCOME = 2,
    FRAME_REFUSED = 3,
    FRAME_ORDERS = 4,
    FRAME_ANSWERS = 5,
    FRAME_FAULT = 6,
    FRAME_GOODBYE = 7
} FrameKind;

typedef struct Hello {
    uint32_t lowest, highest;
    const char *seat;
    const char *strategy; /* "" when it plays what the brief says */
    bool deterministic;
    const char *software;
} Hello;

typedef enum RefusalWhy {
    REFUSAL_UNSPECIFIED = 0,
    REFUSAL_VERSION = 1,
    REFUSAL_UNKNOWN_SEAT = 2,
    REFUSAL_SEAT_TAKEN = 3,
    REFUSAL_MALFORMED = 4
} RefusalWhy;

typedef struct Refusal {
    RefusalWhy why;
    const char *text;
    const char *nearest; /* "" when none is near */
    uint32_t lowest, highest;
} Refusal;

/* What is the same in many runs of a seat. `library` holds everybody's public types, NULL for a seat of one
 * type; profiles share the terms' durability. */
typedef struct Dossier {
    Terms terms;
    Profile profile;
    const SeatType *library[NP_MAX_SEATS];
} Dossier;

/* A dossier still on the wire; dossier_read makes values of it. */
typedef struct DossierOnWire {
    uint32_t number;
    const void *wire;
} DossierOnWire;

/* A run that begins; its brief but for what the dossier holds. */
typedef struct OpenRun {
    uint64_t run;
    uint32_t dossier;
    SeatId seat;
    RngKey luck;
    const char *strategy;
} OpenRun;

/* Grants do not cross the wire with their seat: it is NP_NO_SEAT here. */
typedef struct Orders {
    uint32_t dossiers, open_runs, grants, close_runs;
    const DossierOnWire *dossier;
    const OpenRun *open_run;
    const Grant *grant;
    const uint64_t *close_run;
} Orders;

/* Answers do not cross the wire with their seat: it is NP_NO_SEAT here. */
typedef struct Answers {
    uint32_t answers;
    Answer *answer;
} Answers;

typedef struct Frame {
    FrameKind kind;
    union {
        Hello hello;
        uint32_t version; /* WELCOME */
        Refusal refused;
        Orders orders;
        Answers answers;
        const char *text; /* FAULT, GOODBYE; never NULL */
    };
} Frame;

/* --- writing --- */

/* A frame under construction, in memory that is kept from frame to frame. */
typedef struct FrameWriter {
    FrameKind kind; /* FRAME_EMPTY: nothing was added */
    uint8_t *bytes;
    size_t length, capacity;
    uint32_t messages, replies;
    Arena arena; /* what is being packed */
} FrameWriter;

void frame_writer_init(FrameWriter *writer);
void frame_writer_finish(FrameWriter *writer);
void frame_clear(FrameWriter *writer); /* begins the next frame */
/* The frame's bytes, borrowed until the writer is used again. May be asked for more than once. */
Bytes frame_bytes(FrameWriter *writer);
/* Is the frame so full that it should go out before more is added? */
bool frame_full(const FrameWriter *writer);

/* Frames that say one short thing. Each clears the writer first; over-long strings are cut. */
void frame_hello(FrameWriter *writer, const Hello *hello);
void frame_welcome(FrameWriter *writer, uint32_t version);
void frame_refused(FrameWriter *writer, const Refusal *refusal);
void frame_fault(FrameWriter *writer, const char *text);
void frame_goodbye(FrameWriter *writer, const char *text);

/* Orders, in any number. False, with the frame as it was, for what no frame can carry. */
bool frame_add_dossier(FrameWriter *writer, uint32_t number, Bytes body, Error *error);
bool frame_add_open_run(FrameWriter *writer, const Brief *brief, uint32_t dossier, Error *error);
bool frame_add_grant(FrameWriter *writer, const Grant *grant, Error *error);
bool frame_add_close_run(FrameWriter *writer, uint64_t run, Error *error);

/* Answers, in any number. A menu that no frame can carry goes out empty: both are malformed. */
bool frame_add_answer(FrameWriter *writer, const Answer *answer, Error *error);

/* The body of a dossier, for frame_add_dossier: terms, profile and library of the brief; equal bytes for equal
 * contents. Uses the writer as scratch: borrowed until it is used again. */
bool dossier_pack(FrameWriter *scratch, const Brief *brief, Bytes *body, Error *error);

/* Does what was read off the wire speak of what the terms name? Its options, levers, variables, tables, and
 * the types of the seat that is told. */
bool observation_fits(const Terms *terms, SeatId own, const Observation *seen);

/* --- versions --- */

/* The lowest version in which an agent understands such a run, or such a grant. Version 1 knows of no world,
 * closed table, mechanism of rounds or mediator, commitment's price, durability or types. */
uint32_t brief_version(const Brief *brief);
uint32_t grant_version(const Grant *grant);
/* The grant without the statements, which version 1 does not have; they bind nobody, and nothing else may be
 * left unsaid. Lives in the arena. */
Grant grant_without_statements(const Grant *grant, Arena *arena);

/* --- reading --- */

/* Where a frame's values live: until the next frame is read. */
typedef struct FrameReader {
    Arena arena;
} FrameReader;

void frame_reader_init(FrameReader *reader);
void frame_reader_finish(FrameReader *reader);
/* ERROR_PROTOCOL with the place for anything that is not a proper frame. */
bool frame_read(FrameReader *reader, Bytes bytes, Frame *frame, Error *error);
/* Makes values of a dossier; what it points to lives in `arena`. The rules of an unknown mechanism become a
 * stub with its name and flags. */
bool dossier_read(const DossierOnWire *wire, Arena *arena, Dossier *dossier, Error *error);

#endif
