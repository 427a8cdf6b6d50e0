#include "agents/aspiration.h"

#include "core/negotiation/utility.h"

void aspiration_open(Aspiration *aspiration, const Host *host, double e, double k) {
    aspiration_follow(aspiration, host);
    aspiration->k = k;
    aspiration->exponent = 1 / e;
}

void aspiration_follow(Aspiration *aspiration, const Host *host) {
    Outcome best;
    aspiration->reservation = aspiration->best = host->reservation(host);
    if (host->best(host, &best) && host->utility(host, &best) > aspiration->best)
        aspiration->best = host->utility(host, &best);
}

double target_exactly(double target) {
    return utility_real(utility_from(target));
}

double aspiration_at(const Aspiration *aspiration, const Host *host, SimTime at) {
    if (at >= host->deadline) return aspiration->reservation;
    double share = at > 0 ? (double)at / (double)host->deadline : 0;
    double pace = host->pow(share, aspiration->exponent);
    double conceded = aspiration->k + (1 - aspiration->k) * pace;
    double claim = aspiration->best - aspiration->reservation;
    return target_exactly(aspiration->reservation + (1 - conceded) * claim);
}
