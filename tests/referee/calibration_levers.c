/* T16: each pressure lever alone is monotone: more of it never raises the target's reservation, and never makes a deal
 * less likely. */
#include "tests/referee/trial.h"

#include <stdio.h>

#include "core/base/memory.h"

enum { QUIET_RUNS = 60, RUNS = 200, LEVELS = 3 };

static const char *const file = "configs/riyadh-2025.yaml";
static const char *const quiet[] = {"time.stalled.window=3650d", "seats.us.strategy=\"staller()\"",
                                    "seats.ukraine.strategy=\"staller()\"",
                                    "seats.russia.strategy=\"staller()\"",
                                    "seats.europe.strategy=\"staller()\""};

/* Pressure rises with the level on whom it is meant for; `usual`: which of the levels holds at the opening. */
typedef struct Pressure {
    const char *lever, *target;
    double level[LEVELS];
    int usual;
} Pressure;

static const Pressure pressures[] = {
    {"us_aid", "russia", {0, 1, 2}, 1},
    {"munitions_law", "russia", {0, 0.5, 1}, 0},
    {"minerals_for_arms", "russia", {0, 0.5, 1}, 0},
    {"us_sanctions", "russia", {0, 1, 2}, 1},
    {"us_concessions", "ukraine", {0, 0.5, 1}, 0},
    {"eu_sanctions", "russia", {0, 1, 2}, 1},
    {"asset_transfer", "russia", {0, 0.5, 1}, 0},
    {"european_purchase", "russia", {0, 0.5, 1}, 0},
    {"offensive", "ukraine", {0, 1, 2}, 1},
    {"mobilisation", "ukraine", {0, 0.5, 1}, 0},
    {"long_range_strikes", "russia", {0, 1, 2}, 1},
    {"kursk_pocket", "russia", {0, 0.5, 1}, 2},
    {"mandate", "russia", {0, 0.5, 1}, 0},
};

/* What was found at one level of one lever. */
typedef struct Found {
    double reservation[NP_MAX_SEATS]
                      [QUIET_RUNS]; /* at the deadline of talks in which nobody concedes */
    uint64_t deals;
} Found;

static Found find(const char *pull) {
    Found found = {.deals = 0};
    Trial still = trial_play(
        STAGE_FILE(file, quiet[0], quiet[1], quiet[2], quiet[3], quiet[4], pull), QUIET_RUNS, NULL);
    for (uint64_t i = 0; i < QUIET_RUNS; i++)
        for (SeatId seat = 0; seat < still.scenario->negotiation.terms.seats; seat++)
            found.reservation[seat][i] =
                utility_real(still.verdict[i].seat_result[seat].reservation);
    trial_finish(&still);
    Trial talks = trial_play(STAGE_FILE(file, pull), RUNS, NULL);
    found.deals = trial_deals(&talks);
    trial_finish(&talks);
    return found;
}

/* Seeds in which the target's reservation rises with pressure somewhere, and the highest such step. */
static uint32_t risen(const Found *found, SeatId target, double *most) {
    uint32_t count = 0;
    *most = 0;
    for (int i = 0; i < QUIET_RUNS; i++) {
        bool rises = false;
        for (int k = 1; k < LEVELS; k++) {
            double step = found[k].reservation[target][i] - found[k - 1].reservation[target][i];
            rises |= step > 1e-9;
            if (step > *most) *most = step;
        }
        count += rises;
    }
    return count;
}

static uint32_t deals_fallen(const Found *found) {
    uint32_t steps = 0;
    for (int k = 1; k < LEVELS; k++) steps += found[k].deals < found[k - 1].deals;
    return steps;
}

static void print_lever(const Pressure *pressure, const Found *found, SeatId target,
                        Text *violations) {
    for (int k = 0; k < LEVELS; k++) {
        printf("| %s | %s | %g%s | ", k ? "" : pressure->lever, k ? "" : pressure->target,
               pressure->level[k], k == pressure->usual ? " (opening)" : "");
        say_mean(found[k].reservation[target], QUIET_RUNS, pressure->lever);
        printf(" | ");
        say_share(found[k].deals, RUNS);
        printf(" |\n");
    }
    double most;
    uint32_t up = risen(found, target, &most), down = deals_fallen(found);
    if (up > 0)
        text_addf(
            violations,
            "- `%s`: %s's reservation rises with pressure in %u of %d seeds, by %.4f at most\n",
            pressure->lever, pressure->target, up, QUIET_RUNS, most);
    if (down > 0)
        text_addf(violations,
                  "- `%s`: deals fall with pressure at %u of %d steps: %llu, %llu, %llu of %d\n",
                  pressure->lever, down, LEVELS - 1, (unsigned long long)found[0].deals,
                  (unsigned long long)found[1].deals, (unsigned long long)found[2].deals, RUNS);
}

static const char *pull_of(const Pressure *pressure, int level) {
    return setting("world.levers.%s.pulls=[{at: 1d, level: %g}]", pressure->lever,
                   pressure->level[level]);
}

static SeatId seat_of(const char *id) {
    Trial who = {.scenario = STAGE_FILE(file, "")};
    SeatId seat = trial_seat(&who, id);
    trial_finish(&who);
    return seat;
}

static void print_levers(Text *violations) {
    Found *opening = memory_new(1, sizeof *opening), *found = memory_new(LEVELS, sizeof *found);
    *opening = find("");
    for (size_t i = 0; i < sizeof pressures / sizeof pressures[0]; i++) {
        for (int k = 0; k < LEVELS; k++)
            found[k] = k == pressures[i].usual ? *opening : find(pull_of(&pressures[i], k));
        print_lever(&pressures[i], found, seat_of(pressures[i].target), violations);
    }
    memory_free(opening);
    memory_free(found);
}

void page_levers(void) {
    Text violations = {0};
    printf("## T16: each pressure lever alone is monotone\n\n"
           "Every lever of `%s`, pulled to a level on day 1 and held, everything else as at the "
           "opening. Reservation: the\n"
           "target's, at the deadline of talks in which nobody concedes (every seat a staller), so "
           "that all runs last equally\n"
           "long; %d seeds. Deals: with the scenario's strategies; %d seeds. Monotone means: with "
           "more pressure the target's\n"
           "reservation never rises, seed by seed, and deals are never fewer. `mandate` does "
           "nothing unless a switch of\n"
           "the scenario says so; a row of equal numbers is what it should give. A seat learns of "
           "its reservation when it has\nmoved by more than 0.001: rises below that are the grain "
           "of the telling, not of the world.\n\n"
           "| lever | on whom | level | its reservation at the deadline | deals "
           "|\n|---|---|---|---|---|\n",
           file, QUIET_RUNS, RUNS);
    print_levers(&violations);
    printf("\nViolations:\n\n%s\nDifferences in deals within the intervals may be chance; seeds "
           "are shared, so a row is nearer to its neighbours\n"
           "than the intervals say.\n",
           violations.length > 0 ? text_get(&violations) : "- none\n");
    text_finish(&violations);
}
