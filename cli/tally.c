#include "cli/tally.h"

void tally_add(Tally *tally, const TallyRun *run) {
    tally->runs++;
    if (!run->ended || run->reason == REASON_AGENT_FAULT) tally->failed++;
    if (!run->ended) return;
    if (run->kind == VERDICT_AGREEMENT) tally->agreements++;
    if (run->kind == VERDICT_BREAKDOWN) tally->breakdowns[run->reason]++;
    tally->observed += run->observed;
    tally->held += run->observed && run->held;
}

void tally_words(const Tally *tally, Text *out) {
    text_addf(out, "%llu runs: %llu agreements", (unsigned long long)tally->runs,
              (unsigned long long)tally->agreements);
    for (uint8_t reason = REASON_WALK_OUT; reason <= REASON_AGENT_FAULT; reason++)
        if (tally->breakdowns[reason] > 0)
            text_addf(out, ", %llu broke down (%s)", (unsigned long long)tally->breakdowns[reason],
                      reason_name(reason));
    uint64_t unfinished = tally->failed - tally->breakdowns[REASON_AGENT_FAULT];
    if (unfinished > 0) text_addf(out, ", %llu unfinished", (unsigned long long)unfinished);
    if (tally->observed > 0)
        text_addf(out, "; %llu of %llu peaces held as long as was looked",
                  (unsigned long long)tally->held, (unsigned long long)tally->observed);
}

void tally_breakdowns(const Tally *tally, Json *json) {
    json_object(json, "breakdowns");
    for (uint8_t reason = REASON_WALK_OUT; reason <= REASON_AGENT_FAULT; reason++)
        json_int(json, reason_name(reason), (int64_t)tally->breakdowns[reason]);
    json_end_object(json);
}

void tally_json(const Tally *tally, const Digest *digest, Json *json) {
    char hex[DIGEST_HEX];
    json_int(json, "runs", (int64_t)tally->runs);
    json_int(json, "agreements", (int64_t)tally->agreements);
    json_int(json, "failed", (int64_t)tally->failed);
    json_string(json, "digest", digest_hex(hex, digest));
    tally_breakdowns(tally, json);
    if (tally->observed == 0) return;
    json_object(json, "peace");
    json_int(json, "observed", (int64_t)tally->observed);
    json_int(json, "held", (int64_t)tally->held);
    json_end_object(json);
}
