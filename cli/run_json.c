#include "cli/run_json.h"

#include "cli/output.h"
#include "cli/yardstick.h"
#include "core/analysis/zone.h"
#include "core/base/sim_time.h"

static void add_package(Json *json, const char *key, const Domain *domain, const Outcome *package) {
    json_object(json, key);
    for (uint8_t issue = 0; issue < domain->issues; issue++)
        if (package->option[issue] != NP_NO_OPTION)
            json_string(json, domain->issue[issue].id,
                        domain->issue[issue].option[package->option[issue]]);
    json_end_object(json);
}

static void add_utility(Json *json, const char *key, Utility utility) {
    if (utility == UTILITY_NONE)
        json_null(json, key);
    else
        json_double(json, key, utility_real(utility));
}

static void add_end(Json *json, const Terms *terms, const Verdict *verdict) {
    char date[32], hex[DIGEST_HEX];
    json_string(json, "verdict", verdict->kind == VERDICT_AGREEMENT ? "agreement" : "breakdown");
    json_string(json, "reason",
                verdict->kind == VERDICT_AGREEMENT ? "agreement" : reason_name(verdict->reason));
    if (verdict->seat != NP_NO_SEAT)
        json_string(json, "seat", terms->seat[verdict->seat].id);
    else
        json_null(json, "seat");
    json_string(json, "ended_at", date_format(date, terms->epoch + verdict->ended_at));
    json_int(json, "events", (int64_t)verdict->events);
    json_string(json, "digest", digest_hex(hex, &verdict->digest));
}

static void add_packages(Json *json, const Terms *terms, const Verdict *verdict) {
    if (verdict->kind == VERDICT_AGREEMENT)
        add_package(json, "agreement", &terms->domain, &verdict->agreement);
    else
        json_null(json, "agreement");
    json_array(json, "partial");
    for (uint32_t i = 0; i < verdict->accords; i++)
        add_package(json, NULL, &terms->domain, &verdict->accord[i]);
    json_end_array(json);
    json_array(json, "signatories");
    for (SeatId seat = 0; seat < terms->seats; seat++)
        if (seat_in(verdict->signatories, seat)) json_string(json, NULL, terms->seat[seat].id);
    json_end_array(json);
    if (verdict->in_force < 0)
        json_null(json, "in_force");
    else
        json_bool(json, "in_force", verdict->in_force != 0);
}

static void add_seats(Json *json, const Terms *terms, const Verdict *verdict) {
    json_object(json, "utility");
    for (SeatId seat = 0; seat < terms->seats; seat++)
        add_utility(json, terms->seat[seat].id, verdict->seat_result[seat].utility);
    json_end_object(json);
    json_object(json, "outside_option");
    for (SeatId seat = 0; seat < terms->seats; seat++)
        add_utility(json, terms->seat[seat].id, verdict->seat_result[seat].reservation);
    json_end_object(json);
}

static void add_convergence(Json *json, const Terms *terms, const Verdict *verdict) {
    json_object(json, "convergence");
    add_utility(json, "first_distance", verdict->first_distance);
    add_utility(json, "last_distance", verdict->last_distance);
    json_object(json, "concession");
    for (SeatId seat = 0; seat < terms->seats; seat++) {
        const SeatResult *result = &verdict->seat_result[seat];
        bool demanded = result->first_demand != UTILITY_NONE;
        add_utility(json, terms->seat[seat].id,
                    demanded ? result->first_demand - result->last_demand : UTILITY_NONE);
    }
    json_end_object(json);
    json_end_object(json);
}

/* --- members that only some scenarios have --- */

static void add_costs(Json *json, const Terms *terms, const Verdict *verdict) {
    bool any = false;
    for (SeatId seat = 0; seat < terms->seats; seat++) any |= verdict->seat_result[seat].costs != 0;
    if (!any) return;
    json_object(json, "costs");
    for (SeatId seat = 0; seat < terms->seats; seat++)
        add_utility(json, terms->seat[seat].id, verdict->seat_result[seat].costs);
    json_end_object(json);
}

static const SeatType *type_of(const Negotiation *negotiation, const Verdict *verdict,
                               SeatId seat) {
    uint8_t type = verdict->seat_result[seat].type;
    bool known = negotiation->type[seat] != NULL && type < negotiation->terms.seat[seat].types;
    return known ? &negotiation->type[seat][type] : NULL;
}

static void add_types(Json *json, const Negotiation *negotiation, const Verdict *verdict) {
    bool any = false;
    for (SeatId seat = 0; seat < negotiation->terms.seats; seat++)
        any |= type_of(negotiation, verdict, seat) != NULL;
    if (!any) return;
    json_object(json, "types");
    for (SeatId seat = 0; seat < negotiation->terms.seats; seat++) {
        const SeatType *type = type_of(negotiation, verdict, seat);
        if (type != NULL) json_string(json, negotiation->terms.seat[seat].id, type->id);
    }
    json_end_object(json);
}

static void add_peace(Json *json, const Terms *terms, const Peace *peace) {
    if (!peace->observed) return;
    bool held = peace->broken_at == NP_NEVER;
    char date[32];
    json_object(json, "peace");
    json_string(json, "observed_until", date_format(date, terms->epoch + peace->until));
    json_bool(json, "held", held);
    json_string(json, "broken_at",
                held ? NULL : date_format(date, terms->epoch + peace->broken_at));
    json_int(json, "probes", peace->probes);
    json_int(json, "steps", peace->steps);
    add_package(json, "in_force", &terms->domain, &peace->in_force);
    json_end_object(json);
}

static void add_faults(Json *json, const Terms *terms, const RunFaults *faults) {
    if (faults->seats == 0) return;
    json_object(json, "faults");
    for (SeatId seat = 0; seat < terms->seats; seat++)
        if (seat_in(faults->seats, seat))
            json_string(json, terms->seat[seat].id, text_get(&faults->text[seat]));
    json_end_object(json);
}

/* --- the whole --- */

void run_faults_note(RunFaults *faults, const Event *event) {
    if (event->kind != NP_EVENT_FAULT || event->word == ON_FAULT_BREAKDOWN) return;
    if (seat_in(faults->seats, event->seat)) return;
    faults->seats |= seat_bit(event->seat);
    text_addf(&faults->text[event->seat], "%.*s", (int)event->text_length, event->text);
}

void run_faults_finish(RunFaults *faults) {
    for (SeatId seat = 0; seat < NP_MAX_SEATS; seat++) text_finish(&faults->text[seat]);
}

void run_json_print(const Scenario *scenario, const Verdict *verdict, const RunFaults *faults,
                    uint64_t seed, uint64_t run, const char *record) {
    const Terms *terms = &scenario->negotiation.terms;
    Text text = {0};
    Json json = output_json(&text, "nonpaper.run/1");
    json_int(&json, "run", (int64_t)run);
    json_string(&json, "scenario", terms->name);
    json_int(&json, "seed", (int64_t)seed);
    add_end(&json, terms, verdict);
    add_packages(&json, terms, verdict);
    add_seats(&json, terms, verdict);
    add_convergence(&json, terms, verdict);
    ZoneAnswer zone = zone_exists(&scenario->negotiation);
    if (zone == ZONE_UNKNOWN)
        json_null(&json, "zone_exists");
    else
        json_bool(&json, "zone_exists", zone == ZONE_EXISTS);
    PackagePlace place;
    if (yardstick_place_end(&scenario->negotiation, verdict, &place))
        yardstick_json(&place, &json, "efficiency");
    else
        json_null(&json, "efficiency");
    add_costs(&json, terms, verdict);
    add_types(&json, &scenario->negotiation, verdict);
    add_peace(&json, terms, &verdict->peace);
    add_faults(&json, terms, faults);
    json_string(&json, "record", record);
    output_json_end(&json);
}
