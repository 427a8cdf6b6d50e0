#include "agents/notebook.h"

#include <string.h>

#include "core/base/memory.h"

/* --- life --- */

static bool has_types(const Brief *brief, SeatId seat) {
    return brief->library != NULL && brief->library[seat] != NULL &&
           brief->terms->seat[seat].types > 1;
}

bool notebook_needed(const Brief *brief) {
    for (SeatId seat = 0; seat < brief->terms->seats; seat++)
        if (has_types(brief, seat)) return true;
    return false;
}

/* The reference set is the same for all seats of all runs: beliefs differ by what was offered alone. */
static void open_beliefs(Notebook *notebook, const Brief *brief) {
    if (!notebook_needed(brief)) return;
    const Terms *terms = brief->terms;
    Reference reference;
    reference_draw(&reference, &terms->domain, rng_key(0, "belief/reference"));
    for (SeatId seat = 0; seat < terms->seats; seat++)
        if (has_types(brief, seat))
            belief_open(&notebook->belief[seat], brief->library[seat], terms->seat[seat].types,
                        &terms->domain, &reference);
}

Notebook *notebook_create(const Brief *brief) {
    const Terms *terms = brief->terms;
    Notebook *notebook = memory_new(1, sizeof *notebook);
    notebook->profile = *brief->profile;
    for (uint8_t i = 0; i < terms->variables; i++) notebook->seen[i] = terms->variable[i].start;
    for (uint8_t i = 0; i < terms->levers; i++) notebook->level[i] = terms->lever[i].start;
    open_beliefs(notebook, brief);
    return notebook;
}

void notebook_destroy(Notebook *notebook) {
    memory_free(notebook);
}

/* --- its own numbers --- */

static bool set(Utility *number, double real) {
    Utility before = *number;
    *number = utility_bounded(real);
    return *number != before;
}

static bool note_appraisal(Notebook *notebook, const Brief *brief, const Observation *seen) {
    Profile *profile = &notebook->profile;
    switch (seen->word) {
    case NP_ASPECT_RESERVATION: set(&profile->reservation, seen->amount); return false;
    case NP_ASPECT_AFTERMATH:
        return set(&profile->aftermath, seen->amount) && profile->durability != NULL;
    case NP_ASPECT_EROSION: return set(&profile->eroded, seen->amount) && profile->red_lines > 0;
    case NP_ASPECT_HAZARD:
        return set(&profile->hazard, seen->amount) && profile->durability != NULL;
    case NP_ASPECT_TYPE:
        if (seen->amount >= 0 && seen->amount < notebook->belief[brief->seat].types)
            belief_know(&notebook->belief[brief->seat], (uint8_t)(seen->amount + 0.5));
        return false;
    default: return false;
    }
}

/* --- commitments --- */

static void note_rule_out(Notebook *notebook, const Observation *seen) {
    if (seen->issue < NP_MAX_ISSUES && seen->option < NP_MAX_OPTIONS)
        notebook->ruled_out[seen->issue] |= UINT32_C(1) << seen->option;
}

static uint32_t options_in(uint32_t set_of) {
    uint32_t count = 0;
    for (; set_of != 0; set_of &= set_of - 1) count++;
    return count;
}

static uint32_t named(const Outcome *package, uint8_t issue) {
    uint8_t option = package->option[issue];
    return option < NP_MAX_OPTIONS ? UINT32_C(1) << option : 0;
}

static Utility tariff(const Notebook *notebook, const Terms *terms) {
    uint32_t sworn = 0;
    for (uint8_t issue = 0; issue < terms->domain.issues; issue++)
        sworn += options_in(notebook->ruled_out[issue]);
    return terms->audience_base + sworn * terms->audience_step;
}

Utility notebook_audience_cost(const Notebook *notebook, const Terms *terms,
                               const Outcome *package) {
    uint32_t breaks = 0;
    for (uint8_t issue = 0; issue < terms->domain.issues; issue++) {
        uint32_t kept = notebook->ruled_out[issue] & ~notebook->paid[issue];
        breaks += (kept & named(package, issue)) != 0;
    }
    return breaks * tariff(notebook, terms);
}

static void note_said(Notebook *notebook, const Observation *seen) {
    for (uint8_t issue = 0; issue < NP_MAX_ISSUES; issue++) {
        notebook->said[issue] = 0;
        for (uint8_t i = 0; i < seen->packages && i < NP_MAX_MENU; i++)
            notebook->said[issue] |= named(&seen->menu[i], issue);
        notebook->broken[issue] |= notebook->ruled_out[issue] & notebook->said[issue];
    }
}

/* Its own latest words have come out, when they cost as much; or else a package is concluded, and told of next. */
static void note_charge(Notebook *notebook, const Terms *terms, double amount) {
    uint32_t owed = 0;
    for (uint8_t issue = 0; issue < NP_MAX_ISSUES; issue++)
        owed +=
            options_in(notebook->said[issue] & notebook->broken[issue] & ~notebook->paid[issue]);
    if (utility_bounded(amount) != owed * tariff(notebook, terms)) return;
    for (uint8_t issue = 0; issue < NP_MAX_ISSUES; issue++)
        notebook->paid[issue] |= notebook->said[issue] & notebook->broken[issue];
}

static void note_conclusion(Notebook *notebook, const Outcome *package) {
    for (uint8_t issue = 0; issue < NP_MAX_ISSUES; issue++)
        notebook->paid[issue] |= notebook->broken[issue] & named(package, issue);
}

/* What a seat said is paid for when it comes out: at once, before anything else is told, or with what it concludes
 * in. Until then it is as dear as before. */
static void note_words(Notebook *notebook, const Brief *brief, const Observation *seen) {
    bool own = seen->seat == brief->seat;
    if (seen->kind == NP_EVENT_AUDIENCE_COST) {
        if (own) note_charge(notebook, brief->terms, seen->amount);
        return;
    }
    memset(notebook->said, 0, sizeof notebook->said);
    if (own && seen->kind == NP_EVENT_RULE_OUT) note_rule_out(notebook, seen);
    if (own && (seen->kind == NP_EVENT_OFFER || seen->kind == NP_EVENT_ACCEPTANCE))
        note_said(notebook, seen);
    bool concluded = seen->kind == NP_EVENT_ACCORD || seen->kind == NP_EVENT_SIGNATURE;
    if (concluded && seen->packages > 0 && seat_in(seen->seats, brief->seat))
        note_conclusion(notebook, &seen->menu[0]);
}

/* --- what was said --- */

/* An offer made behind closed doors says as much once it has leaked. */
static bool is_offer(const Observation *seen) {
    return seen->kind == NP_EVENT_OFFER ||
           (seen->kind == NP_EVENT_LEAK && seen->refused == NP_EVENT_OFFER);
}

static void note_offer(Notebook *notebook, const Brief *brief, const Observation *seen) {
    if (seen->seat >= brief->terms->seats || seen->seat == brief->seat) return;
    Belief *belief = &notebook->belief[seen->seat];
    if (belief->types > 1)
        belief_update(belief, &brief->terms->domain, seen->menu,
                      seen->packages < NP_MAX_MENU ? seen->packages : NP_MAX_MENU);
}

static bool pays_audience(const Terms *terms) {
    return terms->audience_base != 0 || terms->audience_step != 0;
}

bool notebook_notes(const Brief *brief, const Observation *seen) {
    switch (seen->kind) {
    case NP_EVENT_APPRAISAL:
    case NP_EVENT_WORLD:
    case NP_EVENT_LEVER: return true;
    case NP_EVENT_RULE_OUT: return seen->seat == brief->seat && pays_audience(brief->terms);
    default: return false;
    }
}

bool notebook_note(Notebook *notebook, const Brief *brief, const Observation *seen) {
    if (seen->kind == NP_EVENT_APPRAISAL) return note_appraisal(notebook, brief, seen);
    if (seen->kind == NP_EVENT_WORLD && seen->subject < brief->terms->variables)
        notebook->seen[seen->subject] = seen->amount;
    if (seen->kind == NP_EVENT_LEVER && seen->subject < brief->terms->levers)
        notebook->level[seen->subject] = seen->amount;
    if (is_offer(seen)) note_offer(notebook, brief, seen);
    note_words(notebook, brief, seen);
    return false;
}
