/* How well a deal is kept, what may follow it, and who a seat may be, for people. */
#include "cli/form_words.h"
#include "cli/show_world.h"
#include "core/base/sim_time.h"
#include "core/world/world.h"
#include "report/sentence.h"
#include "report/story.h"

enum { INDENT = 2, DEEPER = 6 };

static void heading(const char *words, bool color, Text *out) {
    text_add(out, "\n");
    phrase_emphasis(out, color, EMPHASIS_STRONG, words);
    text_add(out, "\n");
}

static void fold(Text *line, Text *out) {
    sentence_pad(out, 0, INDENT);
    sentence_fold(out, text_get(line), INDENT, DEEPER);
    text_clear(line);
}

static void add_number(Text *line, const char *before, double number) {
    char digits[32];
    text_add(line, before);
    text_add(line, text_double(digits, number));
}

/* --- enforcement --- */

bool show_guarantees(const Negotiation *negotiation, uint8_t issue) {
    const Durability *durability = negotiation->terms.durability;
    for (uint8_t k = 0; k < negotiation->terms.domain.issue[issue].options; k++)
        if (durability->effect[issue][k] != 0) return true;
    return false;
}

double show_share(const Negotiation *negotiation, uint8_t issue, uint8_t option) {
    const Durability *durability = negotiation->terms.durability;
    const WorldModel *world = negotiation->world;
    Outcome package = domain_status_quo(&negotiation->terms.domain);
    Utility hazard = 0;
    if (world != NULL && world->uses_hazard) {
        double value[NP_MAX_VARIABLES];
        show_opening(negotiation, value);
        hazard = utility_from(world_round(form_value(&world->hazard, value), world->deal_step));
    }
    package.option[issue] = option;
    return durability_share(durability, durability_effect(durability, &package, hazard));
}

static void show_shares(const Negotiation *negotiation, Text *line, Text *out) {
    const Domain *domain = &negotiation->terms.domain;
    for (uint8_t issue = 0; issue < domain->issues; issue++) {
        if (!show_guarantees(negotiation, issue)) continue;
        text_add(line, "with ");
        text_add_safe(line, domain->issue[issue].id);
        for (uint8_t k = 0; k < domain->issue[issue].options; k++) {
            text_add(line, k == 0 ? " " : ", ");
            text_add_safe(line, domain->issue[issue].option[k]);
            text_addf(line, " %.2f", show_share(negotiation, issue, k));
        }
        fold(line, out);
    }
}

static void show_deterrence(const Negotiation *negotiation, Text *line, Text *out) {
    const WorldModel *world = negotiation->world;
    if (world == NULL || !world->deterrence.on) return;
    const Issue *issue = &negotiation->terms.domain.issue[world->deterrence.issue];
    phrase_seat(line, &negotiation->terms, world->deterrence.attacker);
    text_add(line, " attacks where that is worth more to it than the peace: ");
    form_words(world, &world->deterrence.attack, line);
    add_number(line, ", less an intervention's ", world->deterrence.intervention);
    text_add(line, " times its credibility:");
    for (uint8_t k = 0; k < issue->options; k++) {
        text_add(line, k == 0 ? " " : ", ");
        text_add_safe(line, issue->option[k]);
        add_number(line, " ", world->deterrence.credibility[k]);
    }
    fold(line, out);
}

static void show_hazard(const Negotiation *negotiation, Text *line, Text *out) {
    const Durability *durability = negotiation->terms.durability;
    const WorldModel *world = negotiation->world;
    char observe[32];
    add_number(line, "hazard of renewed war ", durability->base);
    add_number(line, " a year, shape ", durability->shape);
    add_number(line, "; valued over ", durability->horizon);
    add_number(line, " years, each next one times ", durability->discount);
    if (world != NULL && world->probes > 0)
        add_number(line, "; tests of the peace a year ", world->probes);
    text_add(line, negotiation->observe > 0 ? "; looked at for " : "");
    if (negotiation->observe > 0) text_add(line, duration_format(observe, negotiation->observe));
    fold(line, out);
    if (world == NULL || !world->uses_hazard) return;
    text_add(line, "the world adds to its logarithm ");
    form_words(world, &world->hazard, line);
    fold(line, out);
}

static void show_durability(const Negotiation *negotiation, bool color, Text *line, Text *out) {
    heading("How long a peace holds", color, out);
    show_hazard(negotiation, line, out);
    show_deterrence(negotiation, line, out);
    text_add(line, "share of the time that counts in which it is expected to hold, with the status "
                   "quo elsewhere:");
    fold(line, out);
    show_shares(negotiation, line, out);
}

/* --- later steps, types --- */

static void show_step(const Negotiation *negotiation, const LaterStep *step, Text *line,
                      Text *out) {
    const Domain *domain = &negotiation->terms.domain;
    char after[32];
    text_add_safe(line, step->title != NULL && step->title[0] != '\0' ? step->title : step->id);
    text_addf(line, ": %s after entry into force, with chance ",
              duration_format(after, step->after));
    add_number(line, "", step->chance);
    text_add(line, ", when ");
    phrase_condition(line, domain, &step->when);
    text_add(line, ": ");
    story_package(domain, &step->to, NULL, line);
    fold(line, out);
}

static void show_types(const Negotiation *negotiation, SeatId seat, Text *line, Text *out) {
    const SeatType *type = negotiation->type[seat];
    if (type == NULL) return;
    phrase_seat(line, &negotiation->terms, seat);
    text_add(line, ":");
    for (uint8_t k = 0; k < negotiation->terms.seat[seat].types; k++) {
        text_add(line, k == 0 ? " " : ", ");
        text_add_safe(line, type[k].id);
        add_number(line, " with chance ", type[k].prior);
        add_number(line, " (walks away below ", utility_real(type[k].profile.reservation));
        text_add(line, ")");
    }
    fold(line, out);
}

void show_enforcement(const Scenario *scenario, bool color, Text *out) {
    const Negotiation *negotiation = &scenario->negotiation;
    Text line = {0}, types = {0};
    for (SeatId seat = 0; seat < negotiation->terms.seats; seat++)
        show_types(negotiation, seat, &line, &types);
    if (types.length > 0) heading("Who a seat may be", color, out);
    text_add(out, text_get(&types));
    text_finish(&types);
    if (negotiation->terms.durability != NULL) show_durability(negotiation, color, &line, out);
    if (negotiation->steps > 0) heading("Later steps", color, out);
    for (uint32_t i = 0; i < negotiation->steps; i++)
        show_step(negotiation, &negotiation->step[i], &line, out);
    text_finish(&line);
}
