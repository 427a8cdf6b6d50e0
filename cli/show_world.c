/* The world and closed tables, for people. */
#include "cli/show_world.h"

#include <string.h>

#include "cli/form_words.h"
#include "core/base/memory.h"
#include "core/base/sim_time.h"
#include "core/world/world.h"
#include "report/sentence.h"

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

static void add_duration(Text *line, const char *before, SimTime duration) {
    char words[32];
    text_addf(line, "%s%s", before, duration_format(words, duration));
}

static void add_name(Text *line, const char *id, const char *title) {
    text_add_safe(line, id);
    if (title == NULL || title[0] == '\0' || strcmp(title, id) == 0) return;
    text_add(line, ", ");
    text_add_safe(line, title);
}

void show_opening(const Negotiation *negotiation, double *value) {
    World *world = memory_new(1, sizeof *world);
    Outcome status_quo = domain_status_quo(&negotiation->terms.domain);
    world_open(world, negotiation->world, 0, 1, &status_quo);
    memcpy(value, world->value, sizeof world->value);
    memory_free(world);
}

/* --- variables --- */

static bool moves(const Form *form) {
    return form->terms > 0 || form->constant != 0;
}

static void add_dynamics(const Negotiation *negotiation, const VariableModel *model, Text *line) {
    const WorldModel *world = negotiation->world;
    if (model->kind == VARIABLE_DERIVED) {
        text_add(line, "; it is ");
        form_words(world, &model->form, line);
    } else if (model->kind == VARIABLE_STATE && moves(&model->drift)) {
        text_add(line, "; it drifts by ");
        form_words(world, &model->drift, line);
        text_add(line, " a day");
    } else if (model->kind == VARIABLE_INPUT) {
        const Issue *issue = &negotiation->terms.domain.issue[model->issue];
        text_add(line, "; it is read off ");
        text_add_safe(line, issue->id);
        for (uint8_t k = 0; k < issue->options; k++) {
            text_add(line, k == 0 ? ": " : ", ");
            text_add_safe(line, issue->option[k]);
            add_number(line, " ", model->input[k]);
        }
    }
    if (model->noise > 0) add_number(line, "; noise of a day ", model->noise);
}

static void show_variable(const Negotiation *negotiation, uint8_t v, double start, Text *line,
                          Text *out) {
    const Variable *variable = &negotiation->world->variable[v];
    const VariableModel *model = &negotiation->world->dynamics[v];
    SeatSet seen = variable->seen_by & negotiation->terms.consent.all;
    add_name(line, variable->id, variable->title);
    add_number(line, ": ", start);
    if (variable->unit != NULL && variable->unit[0] != '\0') {
        text_add(line, " ");
        text_add_safe(line, variable->unit);
    }
    text_add(line, " at the opening");
    bool bounded = model->least < model->most && (model->least > -1e6 || model->most < 1e6);
    if (bounded) add_number(line, ", from ", model->least);
    if (bounded) add_number(line, " to ", model->most);
    add_dynamics(negotiation, model, line);
    text_add(line, seen != 0 ? "; seen by " : "; seen by nobody");
    if (seen != 0) phrase_seats(line, &negotiation->terms, seen);
    if (seen != 0 && model->lag > 0) add_duration(line, ", later by ", model->lag);
    if (seen != 0 && model->error > 0) add_number(line, ", with an error of ", model->error);
    if (seen != 0 && model->notice > 0) add_number(line, ", when it has moved by ", model->notice);
    fold(line, out);
}

/* --- levers and shocks --- */

static void add_consequence(const Negotiation *negotiation, const Consequence *consequence,
                            Text *line) {
    const WorldModel *world = negotiation->world;
    switch (consequence->kind) {
    case CONSEQUENCE_ADD:
    case CONSEQUENCE_DRIFT:
        text_add_safe(line, world->variable[consequence->variable].id);
        add_number(line, consequence->amount < 0 ? " " : " +", consequence->amount);
        if (consequence->kind == CONSEQUENCE_DRIFT) text_add(line, " a day");
        if (consequence->lasting > 0) add_duration(line, " for ", consequence->lasting);
        break;
    case CONSEQUENCE_OPTION:
        text_add(line, "the status quo becomes ");
        phrase_option(line, &negotiation->terms.domain, consequence->issue, consequence->option);
        break;
    case CONSEQUENCE_AUTHORITY:
        phrase_seat(line, &negotiation->terms, consequence->seat);
        text_add(line, " may sign");
        break;
    default: text_add(line, "the talks end"); break;
    }
}

static void add_consequences(const Negotiation *negotiation, const Consequence *consequence,
                             uint8_t count, Text *line) {
    for (uint8_t i = 0; i < count; i++) {
        text_add(line, i == 0 ? "; " : ", ");
        add_consequence(negotiation, &consequence[i], line);
    }
}

static void add_pulls(const Negotiation *negotiation, uint8_t lever, Text *line) {
    const WorldModel *world = negotiation->world;
    for (uint32_t i = 0; i < world->pulls; i++) {
        if (world->pull[i].lever != lever) continue;
        add_number(line, "; prescribed: ", world->pull[i].level);
        text_add(line, " on ");
        phrase_date(line, &negotiation->terms, world->pull[i].at);
    }
}

static void show_lever(const Negotiation *negotiation, uint8_t k, Text *line, Text *out) {
    const Lever *lever = &negotiation->world->lever[k];
    const LeverModel *effect = &negotiation->world->effect[k];
    add_name(line, lever->id, lever->title);
    text_add(line, ", of ");
    phrase_seat(line, &negotiation->terms, lever->seat);
    add_number(line, ": ", lever->start);
    add_number(line, " at the opening, from ", lever->least);
    add_number(line, " to ", lever->most);
    if (lever->cost != 0) add_number(line, "; a unit of change costs ", lever->cost);
    if (lever->upkeep != 0) add_number(line, "; a unit costs a year ", lever->upkeep);
    if (lever->delay > 0) add_duration(line, "; it works after ", lever->delay);
    add_consequences(negotiation, effect->consequence, effect->consequences, line);
    add_pulls(negotiation, k, line);
    fold(line, out);
}

static void show_shock(const Negotiation *negotiation, const Shock *shock, Text *line, Text *out) {
    add_name(line, shock->id, shock->title);
    text_add(line, ":");
    if (shock->at != NP_NEVER) {
        text_add(line, " on ");
        phrase_date(line, &negotiation->terms, shock->at);
    }
    if (shock->every > 0) add_duration(line, " by chance, once in ", shock->every);
    if (shock->conditional) {
        text_add(line, " when ");
        text_add_safe(line, negotiation->world->variable[shock->variable].id);
        add_number(line, shock->below ? " is below " : " is at least ", shock->threshold);
    }
    if (shock->most == 1 && shock->every > 0) text_add(line, ", at most once");
    if (shock->most > 1) text_addf(line, ", at most %u times", (unsigned)shock->most);
    add_consequences(negotiation, shock->consequence, shock->consequences, line);
    if ((shock->seen_by & negotiation->terms.consent.all) != 0) {
        text_add(line, "; seen by ");
        phrase_seats(line, &negotiation->terms, shock->seen_by & negotiation->terms.consent.all);
    }
    fold(line, out);
}

/* --- what it does to seats --- */

static void add_appraised(const WorldModel *world, const char *what, const Form *form,
                          const double *value, Text *line) {
    text_add(line, what);
    form_words(world, form, line);
    add_number(line, " (at the opening ", utility_real(utility_from(form_value(form, value))));
    text_add(line, ")");
}

static void show_appraisal(const Negotiation *negotiation, SeatId seat, const double *value,
                           Text *line, Text *out) {
    const WorldModel *world = negotiation->world;
    const Appraisal *appraisal = &world->appraisal[seat];
    if (!appraisal->uses_reservation && !appraisal->uses_aftermath && !appraisal->uses_eroded)
        return;
    phrase_seat(line, &negotiation->terms, seat);
    text_add(line, ":");
    if (appraisal->uses_reservation)
        add_appraised(world, " walking away ", &appraisal->reservation, value, line);
    if (appraisal->uses_aftermath)
        add_appraised(world, "; after a broken peace ", &appraisal->aftermath, value, line);
    if (appraisal->uses_eroded)
        add_appraised(world, "; reluctance worn away ", &appraisal->eroded, value, line);
    fold(line, out);
}

static void show_model(const Negotiation *negotiation, bool color, Text *line, Text *out) {
    const WorldModel *world = negotiation->world;
    double value[NP_MAX_VARIABLES];
    show_opening(negotiation, value);
    if (world->variables > 0) heading("The world", color, out);
    for (uint8_t v = 0; v < world->variables; v++)
        show_variable(negotiation, v, value[v], line, out);
    if (world->levers > 0) heading("Levers", color, out);
    for (uint8_t k = 0; k < world->levers; k++) show_lever(negotiation, k, line, out);
    if (world->shocks > 0) heading("Shocks", color, out);
    for (uint8_t k = 0; k < world->shocks; k++)
        show_shock(negotiation, &world->shock[k], line, out);
    Text seats = {0};
    for (SeatId seat = 0; seat < negotiation->terms.seats; seat++)
        show_appraisal(negotiation, seat, value, line, &seats);
    if (seats.length > 0) heading("What the world does to seats", color, out);
    text_add(out, text_get(&seats));
    text_finish(&seats);
}

/* --- tables, authority, commitments --- */

static void show_tables(const Negotiation *negotiation, bool color, Text *line, Text *out) {
    const Terms *terms = &negotiation->terms;
    if (terms->closed_tables > 0) heading("Closed tables", color, out);
    for (unsigned k = 1; k <= terms->closed_tables && k < NP_MAX_TABLES; k++) {
        const TableTerms *table = &terms->table[k];
        add_name(line, table->id, table->title);
        text_add(line, ": ");
        phrase_seats(line, terms, table->members & terms->consent.all);
        add_number(line, "; a move leaks with chance ", table->leak);
        fold(line, out);
    }
}

static void show_terms(const Negotiation *negotiation, bool color, Text *line, Text *out) {
    const Terms *terms = &negotiation->terms;
    if (terms->unauthorised == 0 && terms->audience_base <= 0 && terms->audience_step <= 0 &&
        terms->breaks_off == 0)
        return;
    heading("Further terms", color, out);
    if (terms->unauthorised != 0) {
        phrase_seats(line, terms, terms->unauthorised & terms->consent.all);
        text_add(line, " cannot sign before an act gives the authority to");
        fold(line, out);
    }
    if (terms->audience_base > 0 || terms->audience_step > 0) {
        add_number(line, "breaking a public commitment costs ", utility_real(terms->audience_base));
        add_number(line, ", and for each option that was ruled out ",
                   utility_real(terms->audience_step));
        fold(line, out);
    }
    if (terms->breaks_off > 0) {
        add_duration(line, "the talks break off by chance, on average after ", terms->breaks_off);
        fold(line, out);
    }
}

void show_world(const Scenario *scenario, bool color, Text *out) {
    const Negotiation *negotiation = &scenario->negotiation;
    Text line = {0};
    show_tables(negotiation, color, &line, out);
    show_terms(negotiation, color, &line, out);
    if (negotiation->world != NULL) show_model(negotiation, color, &line, out);
    text_finish(&line);
}
