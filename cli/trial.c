/* The plumbing command behind `strategy test` and `strategy describe FILE`: opens a strategy where it is contained, and
 * says what it is or what it does. */
#include "cli/trial.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli/commands.h"
#include "cli/contained.h"
#include "cli/output.h"
#include "cli/strategy_words.h"
#include "core/base/memory.h"
#include "core/negotiation/mechanism.h"
#include "core/referee/referee.h"

enum {
    PARTNERS = 6,
    SEEDS = 2,
    ROUNDS = 400,
    FIRST_ROUND = 100,
    MOST_COMPLAINTS = 40,
    DAY = 86400
};

/* Specifications; "" is the strategy itself, NULL none of ours. */
static const struct Partner {
    const char *name, *spec;
    bool silent;
} partners[PARTNERS] = {
    {"boulware", "boulware(e=0.5, every=2)", false},
    {"conceder", "conceder(every=1)", false},
    {"tit_for_tat", "tit_for_tat(every=2)", false},
    {"noise", NULL, false},
    {"silence", NULL, true},
    {"itself", "", false},
};

typedef struct Trial {
    const char *spec;
    Repertoire *repertoire;
    const TrialDomain *domain;
    Scenario *scenario;
    const struct Partner *partner;
    SeatId seat;
    uint64_t seed;
    Subject subject;
    Noise noise[NP_MAX_SEATS];
    Player *player[NP_MAX_SEATS];
    MemoryPlayer slot[NP_MAX_SEATS];
    const char *play[NP_MAX_SEATS];
    uint64_t runs, overtaken, complaints;
    int64_t slowest_ns;
    DigestState digest;
} Trial;

/* --- saying --- */

__attribute__((format(printf, 1, 2))) static void say(const char *format, ...) {
    char line[1024], safe[2000];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    text_safe(safe, sizeof safe - 1, line);
    size_t length = strlen(safe);
    safe[length++] = '\n';
    if (write(CONTAINED_FD, safe, length) < 0) _exit(ERROR_IO);
}

static void complain(Trial *trial, const char *word, const char *sentence) {
    if (trial->complaints++ >= MOST_COMPLAINTS) return;
    say("%s %s/%s/seat %u/seed %llu: %s", word, trial->domain->name, trial->partner->name,
        trial->seat, (unsigned long long)trial->seed, sentence);
}

/* --- watching --- */

/* What may have been legal when it was decided. */
static bool may_be_overtaken(uint8_t ruling) {
    return ruling == NP_RULING_NO_SUCH_OFFER || ruling == NP_RULING_ALREADY_SAID ||
           ruling == NP_RULING_CONTRADICTS_ACCORD || ruling == NP_RULING_TALKS_CLOSED ||
           ruling == NP_RULING_STATUS_QUO;
}

static const char *const moves[] = {"a pass",      "an offer",     "an acceptance",
                                    "a rejection", "a withdrawal", "a rule-out",
                                    "a walk-out",  "a lever",      "a statement"};

static void watch_event(void *context, const Event *event) {
    Trial *trial = context;
    char sentence[160];
    if (event->kind != NP_EVENT_REFUSAL || event->seat != trial->seat) return;
    if (may_be_overtaken(event->ruling)) {
        trial->overtaken++;
        return;
    }
    snprintf(sentence, sizeof sentence, "%s refused on day %lld: %s",
             event->refused < sizeof moves / sizeof moves[0] ? moves[event->refused] : "a move",
             (long long)(event->at / DAY), ruling_name(event->ruling));
    complain(trial, "illegal", sentence);
}

/* --- one run --- */

static bool seat_table(Trial *trial) {
    const Terms *terms = &trial->scenario->negotiation.terms;
    for (SeatId seat = 0; seat < terms->seats; seat++) {
        bool mediator = terms->mechanism->mediated && seat == terms->mediator;
        const char *spec = mediator ? "mediator(drafts=20, wait=2)" : trial->partner->spec;
        trial->play[seat] = spec == NULL ? "linear" : spec[0] == '\0' ? trial->spec : spec;
        trial->noise[seat].silent = trial->partner->silent;
        trial->slot[seat] =
            spec == NULL ? noise_slots(&trial->noise[seat]) : sitting_player(trial->player[seat]);
    }
    trial->play[trial->seat] = trial->spec;
    trial->slot[trial->seat] = subject_slots(&trial->subject);
    return true;
}

static bool play(Trial *trial, uint64_t restart_at, Sitting *sitting) {
    Error error = {0};
    uint64_t late = trial->subject.late;
    subject_begin(&trial->subject, restart_at);
    *sitting = (Sitting){.negotiation = &trial->scenario->negotiation,
                         .strategy = trial->play,
                         .player = trial->slot,
                         .seed = trial->seed,
                         .tell = watch_event,
                         .context = trial};
    if (!sitting_play(sitting, &error)) {
        complain(trial, "fault", error.text);
        return false;
    }
    trial->runs++;
    if (seat_in(sitting->faulty, trial->seat)) complain(trial, "fault", sitting->fault);
    if (trial->subject.late > late)
        complain(trial, "late", "it offers, accepts or withdraws though a package is signed");
    return !seat_in(sitting->faulty, trial->seat);
}

static void hold_against(Trial *trial, const Sitting *first, const Sitting *again,
                         const char *sentence) {
    if (!digest_equal(&first->verdict.digest, &again->verdict.digest))
        complain(trial, "differs", sentence);
}

/* Once, once more, and with a new start in the middle. Of two equal calls the faster one counts. */
static void try_one(Trial *trial) {
    Sitting first, again;
    say("run %s/%s/seat %u/seed %llu", trial->domain->name, trial->partner->name, trial->seat,
        (unsigned long long)trial->seed);
    seat_table(trial);
    if (!play(trial, 0, &first)) return;
    int64_t slowest = trial->subject.slowest_ns;
    digest_add(&trial->digest, first.verdict.digest.bytes, DIGEST_BYTES);
    if (!play(trial, 0, &again)) return;
    if (trial->subject.slowest_ns < slowest) slowest = trial->subject.slowest_ns;
    if (slowest > trial->slowest_ns) trial->slowest_ns = slowest;
    hold_against(trial, &first, &again, "the same run once more was another one");
    for (uint64_t at = 2; at <= 8; at *= 2) {
        if (!play(trial, at, &again)) return;
        hold_against(trial, &first, &again,
                     "started again and told its past, it went on differently");
    }
}

/* --- domains --- */

/* With what a seat of this domain would be told. */
static bool takes_its_seat(Trial *trial) {
    Error error = {0};
    Referee *referee = referee_create();
    Player *player = player_create(trial->repertoire);
    referee_open(referee, &trial->scenario->negotiation, 1, 1);
    Brief brief = referee_brief(referee, trial->seat, trial->spec);
    bool good = player_open_run(player, &brief, &error);
    if (good) player_close_run(player, 1);
    if (!good) say("refused %s: %s", trial->domain->name, error.text);
    player_destroy(player);
    referee_destroy(referee);
    return good;
}

static void try_seat(Trial *trial) {
    if (!takes_its_seat(trial)) return;
    for (uint32_t i = 0; i < PARTNERS; i++)
        for (trial->seed = 1; trial->seed <= SEEDS; trial->seed++) {
            trial->partner = &partners[i];
            try_one(trial);
        }
}

/* The same run again and again: what it keeps each time adds up. */
static void try_memory(Trial *trial) {
    Sitting sitting;
    trial->seat = 0;
    trial->seed = 1;
    trial->partner = &partners[0];
    seat_table(trial);
    if (!takes_its_seat(trial)) return;
    for (uint32_t round = 1; round <= ROUNDS && trial->complaints == 0; round++) {
        if (!play(trial, 0, &sitting)) return;
        if (round % FIRST_ROUND == 0) say("round %u", round);
    }
}

static bool try_domain(Trial *trial) {
    Error error = {0};
    trial->scenario = trial_scenario(trial->domain, &error);
    if (trial->scenario == NULL) return output_error(&error) == 0;
    say("domain %s", trial->domain->name);
    for (trial->seat = 0; trial->seat < trial->scenario->negotiation.terms.seats; trial->seat++)
        try_seat(trial);
    if (strcmp(trial->domain->name, "open") == 0) try_memory(trial);
    scenario_destroy(trial->scenario);
    return true;
}

static int try_all(const char *spec, Repertoire *repertoire) {
    Trial trial = {.spec = spec, .repertoire = repertoire, .subject = {.repertoire = repertoire}};
    char hex[DIGEST_HEX];
    bool good = true;
    arena_init(&trial.subject.past);
    digest_begin(&trial.digest);
    for (SeatId seat = 0; seat < NP_MAX_SEATS; seat++)
        trial.player[seat] = player_create(repertoire);
    for (trial.domain = trial_domains; trial.domain->name != NULL && good; trial.domain++)
        good = try_domain(&trial);
    Digest digest = digest_end(&trial.digest);
    say("total %llu %llu %llu %lld %s", (unsigned long long)trial.runs,
        (unsigned long long)trial.subject.moves, (unsigned long long)trial.overtaken,
        (long long)(trial.slowest_ns / 1000), digest_hex(hex, &digest));
    for (SeatId seat = 0; seat < NP_MAX_SEATS; seat++) {
        player_destroy(trial.player[seat]);
        noise_finish(&trial.noise[seat]);
    }
    subject_finish(&trial.subject);
    return good ? 0 : ERROR_INTERNAL;
}

/* --- the command --- */

static void describe(const Strategy *strategy, bool json) {
    Text text = {0};
    if (json)
        strategy_json(&strategy, 1, "", &text);
    else
        strategy_print(strategy, &text);
    char *at = text.bytes;
    for (char *line = at; line != NULL && *line != '\0'; line = at) {
        at = strchr(line, '\n');
        if (at != NULL) *at++ = '\0';
        if (write(CONTAINED_FD, line, strlen(line)) < 0 || write(CONTAINED_FD, "\n", 1) < 0) break;
    }
    text_finish(&text);
}

int command_trial(const Options *options) {
    const char *given = options_argument(options, 0);
    bool trusted = option_given(options, "trust");
    Error error = {0};
    Text spec = {0};
    const Strategy *strategy;
    Argument arguments[NP_MAX_PARAMETERS];
    int code = 0;
    Repertoire *repertoire = contained_open(given, trusted, &spec, &error);
    if (repertoire == NULL ||
        !repertoire_parse(repertoire, text_get(&spec), &strategy, arguments, &error))
        code = output_error(&error);
    else if (option_given(options, "describe"))
        describe(strategy, option_given(options, "json"));
    else
        code = try_all(text_get(&spec), repertoire);
    (void)fflush(stderr);
    if (!trusted) _exit(code); /* nothing that a plug-in has left to be called at the end */
    repertoire_destroy(repertoire);
    text_finish(&spec);
    return code;
}
