#include "report/telling.h"

#include <string.h>

#include "report/sentence.h"

void telling_mover(const StoryTeller *teller, const Event *event, Text *out) {
    Text name = {0};
    phrase_seat(&name, teller->terms, event->seat);
    phrase_emphasis(out, teller->color, EMPHASIS_STRONG, text_get(&name));
    text_finish(&name);
}

SeatId telling_owner(const StoryTeller *teller, uint32_t number) {
    for (SeatId seat = 0; number != 0 && seat < teller->terms->seats; seat++)
        if (teller->offer[seat] == number) return seat;
    return NP_NO_SEAT;
}

void telling_possessive(const StoryTeller *teller, SeatId seat, Text *out) {
    phrase_seat(out, teller->terms, seat);
    bool ends_in_s = out->length > 0 && out->bytes[out->length - 1] == 's';
    text_add(out, ends_in_s ? "' " : "'s ");
}

void telling_offer(const StoryTeller *teller, uint32_t number, Text *out) {
    SeatId owner = telling_owner(teller, number);
    if (owner != NP_NO_SEAT) telling_possessive(teller, owner, out);
    text_addf(out, "#%u", (unsigned)number);
}

void telling_package(const StoryTeller *teller, const Event *event, Text *out) {
    SeatId owner = telling_owner(teller, event->offer);
    bool single = owner == NP_NO_SEAT ? event->package == 0 : teller->packages[owner] == 1;
    if (!single) text_addf(out, "package %u of ", event->package + 1u);
    telling_offer(teller, event->offer, out);
}

bool telling_same_issues(const Domain *domain, const Outcome *a, const Outcome *b) {
    for (uint8_t issue = 0; issue < domain->issues; issue++)
        if ((a->option[issue] == NP_NO_OPTION) != (b->option[issue] == NP_NO_OPTION)) return false;
    return true;
}

static const char *option_name(const Issue *issue, uint8_t option) {
    return option < issue->options ? issue->option[option] : "?";
}

void story_package(const Domain *domain, const Outcome *outcome, const Outcome *except, Text *out) {
    if (except != NULL && !telling_same_issues(domain, outcome, except)) except = NULL;
    const char *comma = "";
    for (uint8_t k = 0; k < domain->issues; k++) {
        const Issue *issue = &domain->issue[k];
        uint8_t option = outcome->option[k];
        if (option == NP_NO_OPTION || (except != NULL && option == except->option[k])) continue;
        text_add(out, comma);
        text_add_safe(out, issue->id);
        text_add(out, " ");
        if (except != NULL) {
            text_add_safe(out, option_name(issue, except->option[k]));
            text_add(out, " → ");
        }
        text_add_safe(out, option_name(issue, option));
        comma = ", ";
    }
}

void telling_seats(const StoryTeller *teller, SeatSet seats, Text *out) {
    phrase_seats(out, teller->terms, seats & teller->terms->consent.all);
}

void telling_words(const Event *event, Text *out) {
    char words[EVENT_MAX_TEXT + 1];
    size_t length = event->text_length < EVENT_MAX_TEXT ? event->text_length : EVENT_MAX_TEXT;
    memcpy(words, event->text, length);
    words[length] = '\0';
    text_add_safe(out, words);
}
