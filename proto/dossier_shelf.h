/* Dossiers at both ends: the agent's shelf of those that it was sent, and the broker's ledger of what it
 * has sent to a seat. */
#ifndef PROTO_DOSSIER_SHELF_H
#define PROTO_DOSSIER_SHELF_H

#include "proto/codec.h"

/* A dossier that was read. Lives while it is on the shelf or a run uses it. */
typedef struct HeldDossier {
    Arena arena;
    Dossier dossier;
    uint32_t users;
    bool shelved;
} HeldDossier;

typedef struct DossierShelf {
    HeldDossier *slot[CODEC_MAX_DOSSIERS];
} DossierShelf;

/* Puts a dossier under its number; runs that use an earlier one of that number keep it. */
bool shelf_put(DossierShelf *shelf, const DossierOnWire *wire, Error *error);
HeldDossier *shelf_take(DossierShelf *shelf,
                        uint32_t number); /* one user more; NULL when unknown */
void shelf_release(HeldDossier *dossier); /* one user less */
void shelf_finish(DossierShelf *shelf);

/* What was sent to a seat: bodies by number, the oldest forgotten first. */
typedef struct DossierLedger {
    struct LedgerBody {
        uint8_t *bytes;
        size_t length;
    } body[CODEC_MAX_DOSSIERS];
    uint32_t sent;
} DossierLedger;

/* The number of a body that was sent, or -1. The latest is looked at first. */
int ledger_find(const DossierLedger *ledger, Bytes body);
/* Would the next number replace one? */
bool ledger_is_full(const DossierLedger *ledger);
/* Notes a body as sent and gives it a number. */
uint32_t ledger_note(DossierLedger *ledger, Bytes body);
void ledger_finish(DossierLedger *ledger);

#endif
