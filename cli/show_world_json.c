#include "cli/condition_json.h"
#include "cli/event_words.h"
#include "cli/form_words.h"
#include "cli/show_world.h"
#include "core/base/sim_time.h"
#include "core/world/world.h"

static const char *seat_id(const Terms *terms, SeatId seat) {
    return seat < terms->seats ? terms->seat[seat].id : NULL;
}

static void when_json(Json *json, const char *key, const Terms *terms, SimTime at) {
    char date[32];
    json_string(json, key, at == NP_NEVER ? NULL : date_format(date, terms->epoch + at));
}

/* --- the world --- */

static void input_json(Json *json, const Issue *issue, const VariableModel *model) {
    json_string(json, "issue", issue->id);
    json_object(json, "input");
    for (uint8_t k = 0; k < issue->options; k++)
        json_double(json, issue->option[k], model->input[k]);
    json_end_object(json);
}

static void variable_json(Json *json, const Negotiation *negotiation, uint8_t v, double start) {
    static const char *const kinds[] = {"state", "derived", "input"};
    const WorldModel *world = negotiation->world;
    const VariableModel *model = &world->dynamics[v];
    json_object(json, NULL);
    json_string(json, "id", world->variable[v].id);
    json_string(json, "title", world->variable[v].title);
    json_string(json, "unit", world->variable[v].unit);
    json_string(json, "kind", model->kind <= VARIABLE_INPUT ? kinds[model->kind] : NULL);
    json_double(json, "start", start);
    seats_json(json, "seen_by", &negotiation->terms, world->variable[v].seen_by);
    json_int(json, "lag_seconds", model->lag);
    json_double(json, "error", model->error);
    json_double(json, "notice", model->notice);
    json_double(json, "noise", model->noise);
    if (model->kind == VARIABLE_STATE) form_json(json, "drift", world, &model->drift);
    if (model->kind == VARIABLE_DERIVED) form_json(json, "is", world, &model->form);
    if (model->kind == VARIABLE_INPUT)
        input_json(json, &negotiation->terms.domain.issue[model->issue], model);
    json_end_object(json);
}

static void consequence_json(Json *json, const Negotiation *negotiation,
                             const Consequence *consequence) {
    const Domain *domain = &negotiation->terms.domain;
    json_object(json, NULL);
    if (consequence->kind == CONSEQUENCE_ADD || consequence->kind == CONSEQUENCE_DRIFT) {
        json_string(json, "variable", negotiation->world->variable[consequence->variable].id);
        json_double(json, consequence->kind == CONSEQUENCE_ADD ? "add" : "drift",
                    consequence->amount);
        if (consequence->lasting > 0) json_int(json, "lasting_seconds", consequence->lasting);
    } else if (consequence->kind == CONSEQUENCE_OPTION) {
        json_string(json, "issue", domain->issue[consequence->issue].id);
        json_string(json, "option", domain->issue[consequence->issue].option[consequence->option]);
    } else if (consequence->kind == CONSEQUENCE_AUTHORITY)
        json_string(json, "authority", seat_id(&negotiation->terms, consequence->seat));
    else
        json_bool(json, "end", true);
    json_end_object(json);
}

static void effects_json(Json *json, const Negotiation *negotiation, const Consequence *consequence,
                         uint8_t count) {
    json_array(json, "effects");
    for (uint8_t i = 0; i < count; i++) consequence_json(json, negotiation, &consequence[i]);
    json_end_array(json);
}

static void lever_json(Json *json, const Negotiation *negotiation, uint8_t k) {
    const WorldModel *world = negotiation->world;
    const Lever *lever = &world->lever[k];
    json_object(json, NULL);
    json_string(json, "id", lever->id);
    json_string(json, "title", lever->title);
    json_string(json, "seat", seat_id(&negotiation->terms, lever->seat));
    json_double(json, "start", lever->start);
    json_double(json, "least", lever->least);
    json_double(json, "most", lever->most);
    json_double(json, "cost", lever->cost);
    json_double(json, "upkeep", lever->upkeep);
    json_int(json, "delay_seconds", lever->delay);
    effects_json(json, negotiation, world->effect[k].consequence, world->effect[k].consequences);
    json_array(json, "pulls");
    for (uint32_t i = 0; i < world->pulls; i++) {
        if (world->pull[i].lever != k) continue;
        json_object(json, NULL);
        when_json(json, "at", &negotiation->terms, world->pull[i].at);
        json_double(json, "level", world->pull[i].level);
        json_end_object(json);
    }
    json_end_array(json);
    json_end_object(json);
}

static void shock_json(Json *json, const Negotiation *negotiation, const Shock *shock) {
    json_object(json, NULL);
    json_string(json, "id", shock->id);
    json_string(json, "title", shock->title);
    when_json(json, "at", &negotiation->terms, shock->at);
    json_int(json, "every_seconds", shock->every);
    json_int(json, "most", shock->most);
    if (shock->conditional) {
        json_object(json, "when");
        json_string(json, "variable", negotiation->world->variable[shock->variable].id);
        json_double(json, shock->below ? "below" : "at_least", shock->threshold);
        json_end_object(json);
    }
    seats_json(json, "seen_by", &negotiation->terms, shock->seen_by);
    effects_json(json, negotiation, shock->consequence, shock->consequences);
    json_end_object(json);
}

static void appraisals_json(Json *json, const Negotiation *negotiation) {
    const WorldModel *world = negotiation->world;
    json_object(json, "appraisals");
    for (SeatId seat = 0; seat < negotiation->terms.seats; seat++) {
        const Appraisal *appraisal = &world->appraisal[seat];
        json_object(json, seat_id(&negotiation->terms, seat));
        if (appraisal->uses_reservation)
            form_json(json, "reservation", world, &appraisal->reservation);
        if (appraisal->uses_aftermath) form_json(json, "aftermath", world, &appraisal->aftermath);
        if (appraisal->uses_eroded) form_json(json, "eroded", world, &appraisal->eroded);
        json_end_object(json);
    }
    json_end_object(json);
}

static void model_json(Json *json, const Negotiation *negotiation) {
    const WorldModel *world = negotiation->world;
    double value[NP_MAX_VARIABLES];
    show_opening(negotiation, value);
    json_object(json, "world");
    json_int(json, "tick_seconds", world->tick);
    json_array(json, "variables");
    for (uint8_t v = 0; v < world->variables; v++) variable_json(json, negotiation, v, value[v]);
    json_end_array(json);
    json_array(json, "levers");
    for (uint8_t k = 0; k < world->levers; k++) lever_json(json, negotiation, k);
    json_end_array(json);
    json_array(json, "shocks");
    for (uint8_t k = 0; k < world->shocks; k++) shock_json(json, negotiation, &world->shock[k]);
    json_end_array(json);
    appraisals_json(json, negotiation);
    json_end_object(json);
}

static void tables_json(Json *json, const Terms *terms) {
    json_array(json, "tables");
    for (unsigned k = 1; k <= terms->closed_tables && k < NP_MAX_TABLES; k++) {
        json_object(json, NULL);
        json_string(json, "id", terms->table[k].id);
        json_string(json, "title", terms->table[k].title);
        seats_json(json, "members", terms, terms->table[k].members);
        json_double(json, "leak", terms->table[k].leak);
        json_end_object(json);
    }
    json_end_array(json);
}

void show_world_json(const Scenario *scenario, Json *json) {
    const Terms *terms = &scenario->negotiation.terms;
    if (terms->closed_tables > 0) tables_json(json, terms);
    if (terms->unauthorised != 0) seats_json(json, "unauthorised", terms, terms->unauthorised);
    if (terms->breaks_off > 0) json_int(json, "breaks_off_seconds", terms->breaks_off);
    if (terms->audience_base > 0 || terms->audience_step > 0) {
        json_object(json, "audience_cost");
        utility_json(json, "base", terms->audience_base);
        utility_json(json, "step", terms->audience_step);
        json_end_object(json);
    }
    if (scenario->negotiation.world != NULL) model_json(json, &scenario->negotiation);
}

/* --- what follows a deal --- */

static void shares_json(Json *json, const Negotiation *negotiation) {
    const Domain *domain = &negotiation->terms.domain;
    json_object(json, "share");
    for (uint8_t issue = 0; issue < domain->issues; issue++) {
        if (!show_guarantees(negotiation, issue)) continue;
        json_object(json, domain->issue[issue].id);
        for (uint8_t k = 0; k < domain->issue[issue].options; k++)
            json_double(json, domain->issue[issue].option[k], show_share(negotiation, issue, k));
        json_end_object(json);
    }
    json_end_object(json);
}

static void deterrence_json(Json *json, const Negotiation *negotiation) {
    const Deterrence *deterrence = &negotiation->world->deterrence;
    const Issue *issue = &negotiation->terms.domain.issue[deterrence->issue];
    json_object(json, "deterrence");
    json_string(json, "attacker", seat_id(&negotiation->terms, deterrence->attacker));
    form_json(json, "attack", negotiation->world, &deterrence->attack);
    json_double(json, "intervention", deterrence->intervention);
    json_string(json, "issue", issue->id);
    json_object(json, "credibility");
    for (uint8_t k = 0; k < issue->options; k++)
        json_double(json, issue->option[k], deterrence->credibility[k]);
    json_end_object(json);
    json_end_object(json);
}

static void durability_json(Json *json, const Negotiation *negotiation) {
    const Durability *durability = negotiation->terms.durability;
    const WorldModel *world = negotiation->world;
    json_object(json, "enforcement");
    json_double(json, "base", durability->base);
    json_double(json, "shape", durability->shape);
    json_double(json, "discount", durability->discount);
    json_double(json, "horizon", durability->horizon);
    if (world != NULL && world->uses_hazard) form_json(json, "hazard", world, &world->hazard);
    if (world != NULL && world->deterrence.on) deterrence_json(json, negotiation);
    if (world != NULL) json_double(json, "probes", world->probes);
    json_int(json, "observe_seconds", negotiation->observe);
    shares_json(json, negotiation);
    json_end_object(json);
}

static void types_json(Json *json, const Negotiation *negotiation) {
    json_object(json, "types");
    for (SeatId seat = 0; seat < negotiation->terms.seats; seat++) {
        const SeatType *type = negotiation->type[seat];
        if (type == NULL) continue;
        json_array(json, seat_id(&negotiation->terms, seat));
        for (uint8_t k = 0; k < negotiation->terms.seat[seat].types; k++) {
            json_object(json, NULL);
            json_string(json, "id", type[k].id);
            json_double(json, "prior", type[k].prior);
            utility_json(json, "reservation", type[k].profile.reservation);
            json_end_object(json);
        }
        json_end_array(json);
    }
    json_end_object(json);
}

static void step_json(Json *json, const Negotiation *negotiation, const LaterStep *step) {
    json_object(json, NULL);
    json_string(json, "id", step->id);
    json_string(json, "title", step->title);
    condition_json(json, "when", &negotiation->terms.domain, &step->when);
    package_json(json, "to", &negotiation->terms.domain, &step->to);
    json_int(json, "after_seconds", step->after);
    json_double(json, "chance", step->chance);
    json_end_object(json);
}

void show_enforcement_json(const Scenario *scenario, Json *json) {
    const Negotiation *negotiation = &scenario->negotiation;
    bool types = false;
    for (SeatId seat = 0; seat < negotiation->terms.seats; seat++)
        types |= negotiation->type[seat] != NULL;
    if (types) types_json(json, negotiation);
    if (negotiation->terms.durability != NULL) durability_json(json, negotiation);
    if (negotiation->steps == 0) return;
    json_array(json, "later_steps");
    for (uint32_t i = 0; i < negotiation->steps; i++)
        step_json(json, negotiation, &negotiation->step[i]);
    json_end_array(json);
}
