/* A tournament for programs: JSON and CSV. */

#include "cli/csv_field.h"
#include "cli/interval_json.h"
#include "cli/output.h"
#include "cli/tournament.h"

static const char *const measure_names[MEASURES] = {"utility", "gain", "agreement", "joint"};

static void json_measures(Json *json, const Standing *standing) {
    json_int(json, "games", (int64_t)standing->games);
    for (Measure measure = 0; measure < MEASURES; measure++)
        interval_json(json, measure_names[measure], &standing->measure[measure]);
}

static void json_standing(Json *json, const Tournament *tournament, const TournamentResult *result,
                          const Standing *standing) {
    const Entrant *entrant = &tournament->entrant[standing->strategy];
    json_object(json, NULL);
    json_string(json, "strategy", entrant->given);
    json_string(json, "played", entrant->cast.spec[0]);
    if (standing->rank > 0)
        json_int(json, "rank", standing->rank);
    else
        json_null(json, "rank");
    json_int(json, "scenarios", standing->venues);
    json_int(json, "faults", (int64_t)entrant->faults);
    json_measures(json, standing);
    interval_json(json, "behind", &standing->behind);
    json_object(json, "self_play");
    json_measures(json, &result->self[standing->strategy]);
    json_end_object(json);
    json_end_object(json);
}

static void json_pairs(Json *json, const Tournament *tournament, const TournamentResult *result) {
    uint32_t entrants = tournament->entrants;
    json_array(json, "pairs");
    for (uint32_t a = 0; a < entrants; a++)
        for (uint32_t b = 0; b < entrants; b++) {
            double gain = result->pair[(size_t)a * entrants + b];
            if (a == b || gain != gain) continue;
            json_object(json, NULL);
            json_string(json, "strategy", tournament->entrant[a].given);
            json_string(json, "against", tournament->entrant[b].given);
            json_double(json, "gain", gain);
            json_end_object(json);
        }
    json_end_array(json);
}

static void json_venue(Json *json, const Tournament *tournament, const TournamentResult *result,
                       uint32_t at) {
    const Venue *venue = &tournament->venue[at];
    const Terms *terms = &venue->scenario->negotiation.terms;
    json_object(json, NULL);
    json_string(json, "file", venue->path);
    json_string(json, "scenario", terms->name);
    json_string(json, "design", venue->seats == 2 ? "pairs" : "focal");
    json_array(json, "seats");
    for (SeatId seat = 0; seat < terms->seats; seat++)
        if (seat_in(venue->competing, seat)) json_string(json, NULL, terms->seat[seat].id);
    json_end_array(json);
    json_array(json, "strategies");
    for (uint32_t i = 0; i < tournament->entrants; i++) {
        const Standing *standing = &result->by_venue[(size_t)at * tournament->entrants + i];
        if (standing->games == 0) continue;
        json_object(json, NULL);
        json_string(json, "strategy", tournament->entrant[i].given);
        json_measures(json, standing);
        json_end_object(json);
    }
    json_end_array(json);
    json_end_object(json);
}

static void json_remarks(Json *json, const char *key, const Tournament *tournament,
                         const Remarks *remarks) {
    json_array(json, key);
    for (size_t i = 0; i < remarks->count; i++) {
        const Remark *remark = &remarks->remark[i];
        const Terms *terms = tournament_terms(tournament, remark->venue);
        json_object(json, NULL);
        json_string(json, "strategy", tournament->entrant[remark->entrant].given);
        json_string(json, "scenario", terms->name);
        json_string(json, "seat", terms->seat[remark->seat].id);
        json_int(json, "count", (int64_t)remark->count);
        json_string(json, "why", remark->why);
        json_end_object(json);
    }
    json_end_array(json);
}

void tournament_json(const Tournament *tournament, const TournamentResult *result, Text *out) {
    char hex[DIGEST_HEX];
    Json json = output_json(out, "nonpaper.tournament/1");
    json_int(&json, "runs", (int64_t)tournament->runs);
    json_int(&json, "first_seed", (int64_t)tournament->first_seed);
    json_int(&json, "seeds", tournament->seeds);
    json_bool(&json, "complete", tournament->seeds == tournament->reps);
    json_string(&json, "lane", tournament->processes ? "processes" : "memory");
    json_string(&json, "digest", digest_hex(hex, &result->digest));
    json_array(&json, "standings");
    for (uint32_t i = 0; i < tournament->entrants; i++)
        json_standing(&json, tournament, result, &result->standing[i]);
    json_end_array(&json);
    json_pairs(&json, tournament, result);
    json_array(&json, "scenarios");
    for (uint32_t i = 0; i < tournament->venues; i++) json_venue(&json, tournament, result, i);
    json_end_array(&json);
    json_remarks(&json, "unfit", tournament, &tournament->unfit);
    json_remarks(&json, "faults", tournament, &tournament->faults);
    json_end_object(&json);
    text_add(out, "\n");
}

/* --- CSV --- */

static void csv_game(const Tournament *tournament, const Game *game, Text *out) {
    const Score *score = &game->score;
    const Terms *terms = tournament_terms(tournament, score->venue);
    char number[32], hex[DIGEST_HEX];
    csv_field_add(out, terms->name);
    text_addf(out, ",%llu,%s,", (unsigned long long)game->seed, terms->seat[game->seat].id);
    csv_field_add(out, tournament->entrant[score->strategy].given);
    text_add(out, ",");
    csv_field_add(out, tournament->entrant[score->against].given);
    text_addf(out, ",%d,%s", score->measure[MEASURE_AGREEMENT] > 0,
              score->measure[MEASURE_AGREEMENT] > 0 ? "agreement" : reason_name(game->reason));
    text_addf(out, ",%s", text_double(number, score->measure[MEASURE_UTILITY]));
    text_addf(out, ",%s", text_double(number, game->walk_away));
    text_addf(out, ",%s", text_double(number, score->measure[MEASURE_GAIN]));
    text_addf(out, ",%s,%d,%s\r\n", text_double(number, score->measure[MEASURE_JOINT]),
              game->faulty, digest_hex(hex, &game->digest));
}

void tournament_csv(const Tournament *tournament, Text *out) {
    text_add(out, "scenario,seed,seat,strategy,against,agreement,reason,utility,walk_away,gain,"
                  "joint,fault,digest\r\n");
    for (size_t i = 0; i < tournament->games.count; i++)
        csv_game(tournament, &tournament->games.game[i], out);
}
