/* Playing made-up tables for measuring: the product's broker over any channel, and seats that table a
 * package whenever they are asked, so that the exchange is all there is to measure. */
#ifndef CLI_BENCH_PLAY_H
#define CLI_BENCH_PLAY_H

#include "core/record/record.h"
#include "core/referee/referee.h"
#include "core/scenario/scenario.h"
#include "proto/channel.h"

/* Events as they came, one after the other. */
typedef struct EventLog {
    uint8_t *bytes;
    size_t length, capacity;
    uint32_t *offset; /* [count + 1] */
    uint32_t count, room;
    Event *event;
} EventLog;

typedef struct BenchPlay {
    const Scenario *scenario;
    Channel *channel;
    uint64_t runs;
    uint32_t live;  /* at once; 0: one after the other */
    Record *record; /* NULL: not recorded; otherwise `run` was begun there */
    uint64_t run;
    EventLog *log;                                 /* or NULL */
    void (*watch)(void *context, uint64_t events); /* called after events were recorded; or NULL */
    void *context;

    uint64_t events, offers; /* of all runs */
    Verdict verdict;         /* the last one */
    int64_t ended_ns;        /* when it was recorded */
    double seconds;          /* from asking the first run's seats to the last run's end */
} BenchPlay;

/* Plays all runs to their ends. */
bool bench_play(BenchPlay *play, Error *error);
/* The same over the in-memory channel, with the strategies that the scenario names. */
bool bench_play_in_memory(BenchPlay *play, Error *error);
/* Opens a record of that file and begins a run in it. */
bool bench_play_record(BenchPlay *play, const char *path, Error *error);

void event_log_finish(EventLog *log);

/* The answer of a seat that tables a package at every occasion; never two seats the same. `reply` holds
 * one for each occasion. */
Answer bench_answer(SeatId seat, uint8_t issues, const Grant *grant, Reply *reply);
/* A table of four such seats, until the deadline, which is `days` after the start. */
Scenario *bench_four_seats(unsigned days, Error *error);

#endif
