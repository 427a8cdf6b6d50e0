/* Who takes part in a tournament, and where. */
#include <stdio.h>
#include <string.h>

#include "agents/strategies.h"
#include "cli/output.h"
#include "cli/scenario_file.h"
#include "cli/tournament.h"
#include "core/negotiation/mechanism.h"
#include "core/referee/referee.h"

enum { RUN = 1 };

const Terms *tournament_terms(const Tournament *tournament, uint32_t venue) {
    return &tournament->venue[venue].scenario->negotiation.terms;
}

/* --- strategies --- */

static bool is_known(const Tournament *tournament, const char *given) {
    for (uint32_t i = 0; i < tournament->entrants; i++)
        if (strcmp(tournament->entrant[i].given, given) == 0) return true;
    return false;
}

static bool left_out(const Tournament *tournament, const char *name) {
    size_t at = 0;
    for (const char *word; (word = option_next(tournament->options, "without", &at)) != NULL;)
        if (strcmp(word, name) == 0) return true;
    return false;
}

enum { MOST_NAMES = 128 };

/* What is left out by a name that nobody has would be left out silently. */
static bool check_left_out(const Tournament *tournament, Error *error) {
    StrategyCatalogue catalogue = strategies_builtin();
    const char *name[MOST_NAMES];
    size_t at = 0, count = catalogue.count < MOST_NAMES ? catalogue.count : MOST_NAMES;
    for (size_t i = 0; i < count; i++) name[i] = catalogue.strategy[i]->name;
    for (const char *word; (word = option_next(tournament->options, "without", &at)) != NULL;) {
        bool known = false;
        for (size_t i = 0; i < count; i++) known |= strcmp(word, name[i]) == 0;
        if (known) continue;
        char safe[128];
        const char *near = text_nearest(word, name, count);
        return error_set(error, ERROR_USAGE,
                         "--without: there is no built-in strategy \"%s\"%s%s%s",
                         text_safe(safe, sizeof safe, word), near != NULL ? "; did you mean " : "",
                         near != NULL ? near : "", near != NULL ? "?" : "");
    }
    return true;
}

/* In the lane of processes files are opened where they are contained, and not here. */
static bool is_playable(const Tournament *tournament, const Cast *cast, Error *error) {
    const Strategy *strategy;
    Argument arguments[NP_MAX_PARAMETERS];
    if (cast->word[0] == NULL)
        return repertoire_parse(NULL, cast->spec[0], &strategy, arguments, error);
    if (tournament->processes) return true;
    if (cast->programs != 0)
        return error_set(error, ERROR_USAGE,
                         "%s is a program, which cannot play inside this one: --lane processes "
                         "starts it",
                         cast->path[0]);
    return repertoire_load(tournament->repertoire, cast->word[0], error) &&
           repertoire_parse(tournament->repertoire, cast->spec[0], &strategy, arguments, error);
}

static bool add_entrant(Tournament *tournament, const char *given, Error *error) {
    if (is_known(tournament, given)) return true;
    if (tournament->entrants == TOURNAMENT_MAX_ENTRANTS)
        return error_set(error, ERROR_USAGE, "more than %d strategies", TOURNAMENT_MAX_ENTRANTS);
    Entrant *entrant = &tournament->entrant[tournament->entrants++];
    entrant->given = given;
    return cast_read(&entrant->cast, &given, 1, "", error) &&
           is_playable(tournament, &entrant->cast, error);
}

static bool add_built_in(Tournament *tournament, Error *error) {
    StrategyCatalogue catalogue = strategies_builtin();
    for (size_t i = 0; i < catalogue.count; i++)
        if (!left_out(tournament, catalogue.strategy[i]->name) &&
            !add_entrant(tournament, catalogue.strategy[i]->name, error))
            return false;
    return true;
}

static bool add_entrants(Tournament *tournament, Error *error) {
    size_t at = 0;
    tournament->entrant = memory_new(TOURNAMENT_MAX_ENTRANTS, sizeof *tournament->entrant);
    for (const char *given; (given = option_next(tournament->options, "strategy", &at)) != NULL;)
        if (!add_entrant(tournament, given, error)) return false;
    return check_left_out(tournament, error) &&
           (tournament->entrants > 0 || add_built_in(tournament, error));
}

/* --- scenarios --- */

static void find_competing(Venue *venue) {
    const Terms *terms = &venue->scenario->negotiation.terms;
    for (SeatId seat = 0; seat < terms->seats; seat++) {
        venue->resident[seat] = venue->scenario->strategy[seat];
        if (terms->mechanism->mediated && seat == terms->mediator) continue;
        venue->competing |= seat_bit(seat);
        venue->seats++;
    }
}

static void make_players(const Tournament *tournament, Venue *venue) {
    for (SeatId seat = 0; seat < venue->scenario->negotiation.terms.seats; seat++) {
        venue->player[seat] = player_create(tournament->repertoire);
        venue->slot[seat] = sitting_player(venue->player[seat]);
    }
}

static int add_venue(Tournament *tournament, const char *path) {
    Venue *venue = &tournament->venue[tournament->venues];
    Error error = {0};
    Text complaints = {0};
    venue->path = path;
    venue->scenario = scenario_file_read(path, &complaints, &error);
    if (venue->scenario == NULL) output_complaints(&complaints);
    text_finish(&complaints);
    if (venue->scenario == NULL) return output_error(&error);
    tournament->venues++;
    venue->fits = memory_new(tournament->entrants, sizeof *venue->fits);
    find_competing(venue);
    make_players(tournament, venue);
    return 0;
}

static int add_venues(Tournament *tournament) {
    const Options *options = tournament->options;
    int worst = 0;
    tournament->venue = memory_new(options->arguments, sizeof *tournament->venue);
    for (size_t i = 0; i < options->arguments; i++) {
        int code = add_venue(tournament, options_argument(options, i));
        if (code > worst) worst = code;
    }
    return worst;
}

/* --- who fits where --- */

static void note_unfit(Tournament *tournament, uint32_t entrant, uint32_t venue, SeatId seat,
                       const Error *error) {
    Remarks *unfit = &tournament->unfit;
    unfit->remark = memory_grow(unfit->remark, unfit->count + 1, sizeof *unfit->remark);
    Remark *remark = &unfit->remark[unfit->count++];
    *remark = (Remark){.entrant = entrant, .venue = venue, .seat = seat, .count = 1};
    snprintf(remark->why, sizeof remark->why, "%.*s", TOURNAMENT_WHY - 1, error->text);
}

static bool takes_its_seat(const Venue *venue, const Brief *brief, Error *error) {
    Player *player = venue->player[brief->seat];
    bool opened = player_open_run(player, brief, error);
    if (opened) player_close_run(player, brief->run);
    return opened;
}

/* At every seat: who may be focal must do for the others too. */
static bool fits(Tournament *tournament, Referee *referee, uint32_t entrant, uint32_t at) {
    const Venue *venue = &tournament->venue[at];
    const Cast *cast = &tournament->entrant[entrant].cast;
    if (tournament->processes && cast->word[0] != NULL) return true; /* seen when it plays */
    for (SeatId seat = 0; seat < NP_MAX_SEATS; seat++) {
        Error error = {0};
        if (!seat_in(venue->competing, seat)) continue;
        Brief brief = referee_brief(referee, seat, cast->spec[0]);
        if (takes_its_seat(venue, &brief, &error)) continue;
        note_unfit(tournament, entrant, at, seat, &error);
        return false;
    }
    return true;
}

static void find_who_fits(Tournament *tournament) {
    Referee *referee = referee_create();
    for (uint32_t venue = 0; venue < tournament->venues; venue++) {
        referee_open(referee, &tournament->venue[venue].scenario->negotiation,
                     tournament->first_seed, RUN);
        for (uint32_t i = 0; i < tournament->entrants; i++)
            tournament->venue[venue].fits[i] = fits(tournament, referee, i, venue);
    }
    referee_destroy(referee);
}

/* --- beginning and end --- */

bool tournament_enter(Tournament *tournament, int *code) {
    Error error = {0};
    bool trusted = option_given(tournament->options, "trust");
    tournament->repertoire = repertoire_create(trusted ? TRUST_CODE : TRUST_SCRIPTS);
    *code = add_entrants(tournament, &error) ? add_venues(tournament) : output_error(&error);
    if (*code == 0) find_who_fits(tournament);
    return *code == 0;
}

void tournament_finish(Tournament *tournament) {
    for (uint32_t i = 0; i < tournament->venues; i++) {
        for (SeatId seat = 0; seat < NP_MAX_SEATS; seat++)
            player_destroy(tournament->venue[i].player[seat]);
        scenario_destroy(tournament->venue[i].scenario);
        memory_free(tournament->venue[i].fits);
    }
    for (uint32_t i = 0; i < tournament->entrants; i++) cast_finish(&tournament->entrant[i].cast);
    repertoire_destroy(tournament->repertoire);
    memory_free(tournament->venue);
    memory_free(tournament->entrant);
    memory_free(tournament->unfit.remark);
    memory_free(tournament->faults.remark);
    memory_free(tournament->games.game);
}
