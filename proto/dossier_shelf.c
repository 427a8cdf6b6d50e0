#include "proto/dossier_shelf.h"

#include <assert.h>
#include <string.h>

static void dossier_destroy(HeldDossier *dossier) {
    arena_finish(&dossier->arena);
    memory_free(dossier);
}

static void unshelve(HeldDossier *dossier) {
    if (!dossier) return;
    dossier->shelved = false;
    if (dossier->users == 0) dossier_destroy(dossier);
}

bool shelf_put(DossierShelf *shelf, const DossierOnWire *wire, Error *error) {
    HeldDossier *dossier = memory_new(1, sizeof *dossier);
    arena_init(&dossier->arena);
    if (!dossier_read(wire, &dossier->arena, &dossier->dossier, error)) {
        dossier_destroy(dossier);
        return false;
    }
    dossier->shelved = true;
    unshelve(shelf->slot[wire->number]);
    shelf->slot[wire->number] = dossier;
    return true;
}

HeldDossier *shelf_take(DossierShelf *shelf, uint32_t number) {
    HeldDossier *dossier = number < CODEC_MAX_DOSSIERS ? shelf->slot[number] : NULL;
    if (dossier) dossier->users++;
    return dossier;
}

void shelf_release(HeldDossier *dossier) {
    assert(dossier->users > 0);
    dossier->users--;
    if (dossier->users == 0 && !dossier->shelved) dossier_destroy(dossier);
}

void shelf_finish(DossierShelf *shelf) {
    for (uint32_t i = 0; i < CODEC_MAX_DOSSIERS; i++) unshelve(shelf->slot[i]);
    *shelf = (DossierShelf){0};
}

int ledger_find(const DossierLedger *ledger, Bytes body) {
    uint32_t known = ledger->sent < CODEC_MAX_DOSSIERS ? ledger->sent : CODEC_MAX_DOSSIERS;
    for (uint32_t back = 1; back <= known; back++) {
        uint32_t number = (ledger->sent - back) % CODEC_MAX_DOSSIERS;
        if (ledger->body[number].length == body.length &&
            memcmp(ledger->body[number].bytes, body.at, body.length) == 0)
            return (int)number;
    }
    return -1;
}

bool ledger_is_full(const DossierLedger *ledger) {
    return ledger->sent >= CODEC_MAX_DOSSIERS;
}

uint32_t ledger_note(DossierLedger *ledger, Bytes body) {
    uint32_t number = ledger->sent++ % CODEC_MAX_DOSSIERS;
    struct LedgerBody *note = &ledger->body[number];
    note->bytes = memory_grow(note->bytes, body.length, 1);
    memcpy(note->bytes, body.at, body.length);
    note->length = body.length;
    return number;
}

void ledger_finish(DossierLedger *ledger) {
    for (uint32_t i = 0; i < CODEC_MAX_DOSSIERS; i++) memory_free(ledger->body[i].bytes);
    *ledger = (DossierLedger){0};
}
