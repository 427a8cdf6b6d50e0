#include "report/telling.h"

#include <string.h>

#include "core/world/model.h"
#include "report/sentence.h"

void telling_mover(const StoryTeller *teller, const Event *event, Text *out) {
    Text name = {0};
    phrase_seat(&name, teller->terms, event->seat);
    phrase_emphasis(out, teller->color, EMPHASIS_STRONG, text_get(&name));
    text_finish(&name);
}

const ToldOffer *telling_find(const StoryTeller *teller, uint32_t number, SeatId *owner) {
    for (unsigned table = 0; number != 0 && table < NP_MAX_TABLES; table++)
        for (SeatId seat = 0; seat < teller->terms->seats; seat++)
            if (teller->told[table][seat].number == number) {
                *owner = seat;
                return &teller->told[table][seat];
            }
    return NULL;
}

SeatId telling_owner(const StoryTeller *teller, uint32_t number) {
    SeatId owner = NP_NO_SEAT;
    telling_find(teller, number, &owner);
    return owner;
}

void telling_place(const StoryTeller *teller, uint8_t table, Text *out) {
    if (table == 0 || table > teller->terms->closed_tables || table >= NP_MAX_TABLES) return;
    text_add(out, " at ");
    text_add_safe(out, teller->terms->table[table].id);
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
    SeatId owner;
    const ToldOffer *offer = telling_find(teller, event->offer, &owner);
    bool single = offer == NULL ? event->package == 0 : offer->packages == 1;
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

/* --- the world --- */

void telling_number(int64_t billionths, Text *out) {
    double number = utility_real(billionths);
    bool large = number >= 1000 || number <= -1000;
    text_addf(out, large ? "%.0f" : "%.4g", number);
}

static void add_title(const char *title, const char *id, Text *out) {
    text_add_safe(out, title != NULL && title[0] != '\0' ? title : id);
}

void telling_lever(const StoryTeller *teller, uint8_t subject, Text *out) {
    const Terms *terms = teller->terms;
    if (subject == 0 || subject > terms->levers)
        text_add(out, "an unknown lever");
    else
        add_title(terms->lever[subject - 1].title, terms->lever[subject - 1].id, out);
}

void telling_variable(const StoryTeller *teller, uint8_t subject, Text *out) {
    const Terms *terms = teller->terms;
    if (subject == 0 || subject > terms->variables)
        text_add(out, "an unknown variable");
    else
        add_title(terms->variable[subject - 1].title, terms->variable[subject - 1].id, out);
}

void telling_shock(const StoryTeller *teller, const Event *event, Text *out) {
    const WorldModel *world = teller->negotiation->world;
    if (world != NULL && event->subject != 0 && event->subject <= world->shocks)
        add_title(world->shock[event->subject - 1].title, world->shock[event->subject - 1].id, out);
    else
        telling_words(event, out);
}
