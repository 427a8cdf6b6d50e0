/* A sitting: one run played here and now, by players in this process, through the product's broker and without a
 * record. Tournaments and trials of strategies are many of them. */
#ifndef CLI_SITTING_H
#define CLI_SITTING_H

#include "agents/player.h"
#include "core/referee/verdict.h"
#include "proto/channel_memory.h"

typedef struct Sitting {
    const Negotiation *negotiation;
    const char *const *strategy; /* specification per seat */
    const MemoryPlayer *player;  /* one a seat; kept by the caller, for the next sitting too */
    uint64_t seed;
    /* Called for each event; or NULL. */
    void (*tell)(void *context, const Event *event);
    void *context;

    /* What came of it. */
    Verdict verdict;
    SeatSet faulty;  /* seats whose players failed */
    char fault[256]; /* what the first of them failed by */
} Sitting;

/* A seat's fault is an outcome. False only when the work was stopped, or could not be done. */
bool sitting_play(Sitting *sitting, Error *error);

/* Keeps what a FAULT event says. */
void sitting_note_fault(Sitting *sitting, const Event *event);

/* The slots of a player of ours. */
MemoryPlayer sitting_player(Player *player);

#endif
