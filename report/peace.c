/* What becomes of an agreement, in sentences. */
#include "report/peace.h"

#include "report/sentence.h"
#include "report/telling.h"

void peace_note(Peace *peace, const Event *event) {
    switch (event->kind) {
    case NP_EVENT_AGREEMENT: peace->in_force = event->menu[0]; break;
    case NP_EVENT_IMPLEMENTATION:
        peace->observed = true;
        peace->broken_at = NP_NEVER;
        break;
    case NP_EVENT_PROBE: peace->probes++; break;
    case NP_EVENT_RENEWED_WAR: peace->broken_at = event->at; break;
    case NP_EVENT_STEP:
        if ((event->flags & EVENT_PASSED) == 0) break;
        peace->steps++;
        peace->in_force = event->menu[0];
        break;
    case NP_EVENT_HORIZON: peace->until = event->at; break;
    default: break;
    }
}

static void add_years(const Event *event, Text *out) {
    text_addf(out, "%.1f years", utility_real(event->amount));
}

bool tell_implementation(StoryTeller *teller, const Event *event, Text *out) {
    (void)event;
    (void)teller;
    text_add(out, "The terms begin to be carried out");
    return true;
}

bool tell_probe(StoryTeller *teller, const Event *event, Text *out) {
    (void)teller;
    text_add(out, "The peace is tested after ");
    add_years(event, out);
    text_add(out, ", and holds");
    return true;
}

bool tell_renewed_war(StoryTeller *teller, const Event *event, Text *out) {
    phrase_emphasis(out, teller->color, EMPHASIS_BAD, "Renewed war");
    text_add(out, ": ");
    if (event->seat < teller->terms->seats) {
        telling_mover(teller, event, out);
        text_add(out, " attacks, since that is worth more to it than the peace, after ");
    } else
        text_add(out, "the peace breaks after ");
    add_years(event, out);
    return true;
}

bool tell_step(StoryTeller *teller, const Event *event, Text *out) {
    bool passed = (event->flags & EVENT_PASSED) != 0;
    text_add(out, "A later step ");
    text_add(out, passed ? "enters into force: " : "is put to its parties, who do not all agree: ");
    story_package(&teller->terms->domain, &event->menu[0], &teller->in_force, out);
    if (passed) teller->in_force = event->menu[0];
    return true;
}

bool tell_horizon(StoryTeller *teller, const Event *event, Text *out) {
    (void)teller;
    bool held = (event->flags & EVENT_PASSED) != 0;
    text_add(out, held ? "Nobody looks further: the peace has held for "
                       : "Nobody looks further: the peace held for ");
    add_years(event, out);
    return true;
}
