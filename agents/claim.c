#include "agents/claim.h"

static void take_ends(Claim *claim, const Host *host) {
    Aspiration aspiration;
    aspiration_open(&aspiration, host, 1, 0);
    claim->best = aspiration.best;
    claim->reservation = aspiration.reservation;
}

void claim_open(Claim *claim, const Host *host) {
    take_ends(claim, host);
    claim->target = claim->best;
    claim->upheld = 1;
}

void claim_follow(Claim *claim, const Host *host) {
    double whole = claim->best - claim->reservation;
    if (whole > 0) claim->upheld = (claim->target - claim->reservation) / whole;
    take_ends(claim, host);
    whole = claim->best - claim->reservation;
    claim->target = target_exactly(claim->reservation + claim->upheld * whole);
}
