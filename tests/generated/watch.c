#include "tests/generated/watch.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "core/base/memory.h"

void watch_open(Watch *watch, const Negotiation *negotiation) {
    Event *event = watch->event ? watch->event : memory_new(WATCH_MOST_EVENTS, sizeof(Event));
    Tabled *tabled = watch->tabled ? watch->tabled : memory_new(WATCH_MOST_OFFERS, sizeof(Tabled));
    memset(tabled, 0, (watch->offers + 1) * sizeof *tabled);
    memset(watch, 0, sizeof *watch);
    watch->event = event;
    watch->tabled = tabled;
    watch->negotiation = negotiation;
    watch->status_quo = domain_status_quo(&negotiation->terms.domain);
    watch->authorised = negotiation->terms.consent.all & ~negotiation->terms.unauthorised;
}

void watch_finish(Watch *watch) {
    memory_free(watch->event);
    memory_free(watch->tabled);
}

void watch_complain(Watch *watch, const char *format, ...) {
    va_list arguments;
    if (watch->wrong[0] != '\0') return;
    va_start(arguments, format);
    vsnprintf(watch->wrong, sizeof watch->wrong, format, arguments);
    va_end(arguments);
}

/* Its own profile, and luck of its own. */
void watch_brief(Watch *watch, const Brief *brief) {
    if (brief->terms != &watch->negotiation->terms)
        watch_complain(watch, "seat %u is told other terms", brief->seat);
    watch->profile[brief->seat] = *brief->profile;
}

/* --- I4: on the table, unexpired, consented to, over nobody's hard red line --- */

static bool was_on_the_table(const Watch *watch, const Outcome *package, SimTime at) {
    for (uint32_t number = 1; number <= watch->offers; number++) {
        const Tabled *tabled = &watch->tabled[number];
        for (uint8_t k = 0; k < tabled->packages; k++)
            if (tabled->from <= at && at < tabled->until &&
                outcome_equal(&tabled->menu[k], package))
                return true;
    }
    return false;
}

static void watch_consent(Watch *watch, const Event *event, const Outcome *package) {
    const Terms *terms = &watch->negotiation->terms;
    SeatSet needed = consent_needed(&terms->consent, &terms->domain, &watch->status_quo, package);
    if ((needed & ~event->seats) != 0)
        watch_complain(watch, "I4: event %llu concludes without every consent",
                       (unsigned long long)event->id);
    if ((needed & ~watch->authorised) != 0)
        watch_complain(watch, "I4: event %llu concludes without authority to sign",
                       (unsigned long long)event->id);
}

static void watch_conclusion(Watch *watch, const Event *event) {
    const Domain *domain = &watch->negotiation->terms.domain;
    const Outcome *package = &event->menu[0];
    Outcome lived = domain_fill(domain, package, &watch->status_quo);
    if (watch->signed_already) return; /* it was judged when it was signed */
    watch_consent(watch, event, package);
    if (domain_excludes(domain, &lived) != NULL)
        watch_complain(watch, "I4: event %llu concludes what cannot be",
                       (unsigned long long)event->id);
    for (SeatId seat = 0; seat < watch->negotiation->terms.seats; seat++)
        if (seat_in(event->seats, seat) && profile_crosses(&watch->profile[seat], &lived) != NULL)
            watch_complain(watch, "I4: event %llu crosses a hard red line of seat %u",
                           (unsigned long long)event->id, seat);
    if (!was_on_the_table(watch, package, event->at))
        watch_complain(watch, "I4: event %llu concludes what was not on the table",
                       (unsigned long long)event->id);
    watch->signed_already |= event->kind == NP_EVENT_SIGNATURE;
    if (event->kind == NP_EVENT_ACCORD) watch->status_quo = lived;
}

/* --- the table, as the events tell of it --- */

static void end_offer(Watch *watch, uint32_t number, SimTime at) {
    if (number == 0 || number > watch->offers) return;
    if (watch->tabled[number].until > at) watch->tabled[number].until = at;
}

/* I6: numbers at one table tell nothing of another. */
static bool is_next_at_its_table(Watch *watch, const Event *event) {
    uint32_t tables = watch->negotiation->terms.closed_tables + 1u;
    uint32_t number = 1 + event->table + tables * watch->tabled_at[event->table]++;
    return event->offer == number && number < WATCH_MOST_OFFERS;
}

static void note_offer(Watch *watch, const Event *event) {
    if (!is_next_at_its_table(watch, event)) {
        watch_complain(watch, "offer %u is not the next at its table", event->offer);
        return;
    }
    if (event->offer > watch->offers) watch->offers = event->offer;
    for (uint32_t number = 1; number <= watch->offers; number++)
        if (watch->tabled[number].packages > 0 && watch->tabled[number].seat == event->seat &&
            watch->tabled[number].table == event->table)
            end_offer(watch, number, event->at);
    Tabled *tabled = &watch->tabled[event->offer];
    tabled->seat = event->seat;
    tabled->table = event->table;
    tabled->packages = event->packages;
    tabled->from = event->at;
    tabled->until = event->expires_at;
    memcpy(tabled->menu, event->menu, sizeof event->menu);
}

static void note_change(Watch *watch, const Event *event) {
    switch (event->kind) {
    case NP_EVENT_OFFER: note_offer(watch, event); break;
    case NP_EVENT_LAPSE: end_offer(watch, event->offer, event->at); break;
    case NP_EVENT_WITHDRAWAL:
        if (event->offer <= watch->offers && watch->tabled[event->offer].seat == event->seat)
            end_offer(watch, event->offer, event->at);
        break;
    case NP_EVENT_STATUS_QUO: watch->status_quo.option[event->issue] = event->option; break;
    case NP_EVENT_AUTHORITY: watch->authorised |= seat_bit(event->seat); break;
    default: break;
    }
}

/* --- I5: time never runs backwards, nothing happens after the end; I8: every event names its cause --- */

static void watch_time(Watch *watch, const Event *event) {
    unsigned long long id = event->id;
    if (watch->over) watch_complain(watch, "I5: event %llu comes after the end", id);
    if (watch->events > 0 && watch->event[watch->events - 1].at > event->at)
        watch_complain(watch, "I5: event %llu is earlier than the one before", id);
    if (event->decided_at > event->at)
        watch_complain(watch, "I5: event %llu was decided after it happened", id);
    if (event->id != watch->events + 1) watch_complain(watch, "event %llu has a wrong number", id);
    if (event->cause >= event->id || (event->cause == 0) != (event->id == 1))
        watch_complain(watch, "I8: event %llu has no cause before it", id);
    else if (event->cause > 0 && watch->event[event->cause - 1].at > event->at)
        watch_complain(watch, "I8: event %llu is earlier than its cause", id);
}

static bool ends(const Watch *watch, const Event *event) {
    if (event->kind == NP_EVENT_BREAKDOWN || event->kind == NP_EVENT_HORIZON) return true;
    return event->kind == NP_EVENT_AGREEMENT && watch->negotiation->observe == 0;
}

void watch_event(Watch *watch, const Event *event) {
    if (watch->events >= WATCH_MOST_EVENTS) {
        watch_complain(watch, "more than %d events", WATCH_MOST_EVENTS);
        return;
    }
    watch_time(watch, event);
    if (event->kind <= NP_EVENT_HORIZON) watch->kinds[event->kind]++;
    watch->event[watch->events++] = *event;
    note_change(watch, event);
    bool concludes = event->kind == NP_EVENT_AGREEMENT || event->kind == NP_EVENT_ACCORD ||
                     event->kind == NP_EVENT_SIGNATURE;
    if (concludes) watch_conclusion(watch, event);
    watch->over |= ends(watch, event);
}

void watch_verdict(Watch *watch, const Verdict *verdict) {
    if (!watch->over) watch_complain(watch, "the run has no end");
    if (verdict->events != watch->events)
        watch_complain(watch, "the verdict counts %llu events, there were %llu",
                       (unsigned long long)verdict->events, (unsigned long long)watch->events);
}
