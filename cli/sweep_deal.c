#include "cli/sweep_deal.h"

#include <string.h>

/* --- piles --- */

static void pile_add(SweepPile *pile, SweepJob job) {
    if (pile->count == pile->room) {
        pile->room = 2 * pile->room + 64;
        pile->job = memory_grow(pile->job, pile->room, sizeof *pile->job);
    }
    pile->job[pile->count++] = job;
}

void sweep_deal_begin(SweepDeal *deal, const SweepPlan *plan, SweepWork *work) {
    *deal = (SweepDeal){.plan = plan, .work = work, .left = work->missing};
}

void sweep_deal_finish(SweepDeal *deal) {
    memory_free(deal->returned.job);
    memory_free(deal->suspect.job);
}

/* --- dealing --- */

static bool is_wanted(const SweepDeal *deal, SweepJob job) {
    uint64_t number = sweep_job_number(deal->plan, job);
    return shard_plays(deal->plan->shard, job.cell, job.repetition) &&
           (deal->work->done[number / 8] >> number % 8 & 1) == 0;
}

static bool next_new(SweepDeal *deal, SweepJob *job) {
    while (deal->left > 0 && deal->next < sweep_plan_jobs(deal->plan)) {
        *job = sweep_plan_job(deal->plan, deal->next++);
        if (!is_wanted(deal, *job)) continue;
        deal->left--;
        return true;
    }
    return false;
}

static bool next_job(SweepDeal *deal, SweepJob *job) {
    if (deal->returned.count == 0) return next_new(deal, job);
    *job = deal->returned.job[--deal->returned.count];
    return true;
}

bool sweep_deal_has_more(const SweepDeal *deal) {
    return deal->returned.count > 0 || deal->suspect.count > 0 || deal->left > 0;
}

/* Small enough that all have something to do until the end. */
static uint32_t order_size(const SweepDeal *deal) {
    uint64_t size = deal->left / (4 * (uint64_t)deal->plan->workers);
    return size < 1 ? 1 : size > SWEEP_ORDER ? SWEEP_ORDER : (uint32_t)size;
}

bool sweep_deal_order(SweepDeal *deal, SweepDealt *dealt, SweepOrder *order) {
    *order = (SweepOrder){0};
    if (dealt->held == 0) dealt->alone = false;
    if (dealt->alone) return false;
    if (dealt->held == 0 && deal->suspect.count > 0) {
        dealt->alone = true;
        order->job[order->jobs++] = deal->suspect.job[--deal->suspect.count];
    } else {
        uint32_t size = order_size(deal);
        if (dealt->held >= size) return false;
        while (order->jobs < size && next_job(deal, &order->job[order->jobs])) order->jobs++;
    }
    memcpy(dealt->job + dealt->held, order->job, order->jobs * sizeof *order->job);
    dealt->held += order->jobs;
    return order->jobs > 0;
}

uint64_t sweep_dealt_safe(SweepDealt *dealt, uint64_t done) {
    uint64_t more = done - dealt->safe;
    if (more > dealt->held) more = dealt->held;
    dealt->safe += more;
    dealt->held -= (uint32_t)more;
    memmove(dealt->job, dealt->job + more, dealt->held * sizeof *dealt->job);
    return more;
}

/* --- losses --- */

void sweep_deal_return(SweepDeal *deal, SweepDealt *dealt) {
    for (uint32_t i = dealt->held; i > 0; i--) pile_add(&deal->returned, dealt->job[i - 1]);
    dealt->held = 0;
}

void sweep_deal_failed(SweepDeal *deal, SweepJob job, bool for_good, const char *why) {
    SweepWork *work = deal->work;
    work->failure = memory_grow(work->failure, work->failures + 1, sizeof *work->failure);
    work->failure[work->failures++] = (SweepFailure){
        .job = job, .for_good = for_good, .why = arena_text(&work->arena, why, strlen(why))};
}

static void suspect(SweepDeal *deal, const SweepDealt *dealt, SweepJob job, const char *why) {
    sweep_deal_failed(deal, job, dealt->alone, why);
    if (!dealt->alone) pile_add(&deal->suspect, job);
}

/* Where runs are played one by one it was the last that had begun; where many are under way, it may be any of them. */
void sweep_deal_lost(SweepDeal *deal, SweepDealt *dealt, uint64_t begun, const char *why) {
    uint64_t open = begun > dealt->safe ? begun - dealt->safe : 0;
    if (open > dealt->held) open = dealt->held;
    uint64_t from = deal->plan->processes || open == 0 ? 0 : open - 1;
    for (uint64_t i = from; i < open; i++) suspect(deal, dealt, dealt->job[i], why);
    memmove(dealt->job + from, dealt->job + open, (dealt->held - open) * sizeof *dealt->job);
    dealt->held -= (uint32_t)(open - from);
    sweep_deal_return(deal, dealt);
}
