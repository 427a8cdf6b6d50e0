/* T11: a staller talks, concedes nothing, and is detected: from the record alone, with the errors that this makes. */
#include "tests/referee/trial.h"

#include <stdio.h>

#include "core/base/memory.h"
#include "core/base/sim_time.h"

enum { RUNS = 100 };

/* What one seat said in one run: every offer and statement, with what it demanded as of then. */
typedef struct Talk {
    struct Said {
        SimTime at;
        Utility demand;
    } * said;
    uint32_t count, capacity;
    SimTime end;
} Talk;

typedef struct Listener {
    Talk *talk; /* [runs] */
    SeatId seat;
} Listener;

static bool ends_talks(const Event *event) {
    return event->kind == NP_EVENT_SIGNATURE || event->kind == NP_EVENT_AGREEMENT ||
           event->kind == NP_EVENT_BREAKDOWN;
}

static void listen(void *context, uint64_t run, const Event *event) {
    const Listener *listener = context;
    Talk *talk = &listener->talk[run - 1];
    if (talk->end == 0 && ends_talks(event)) talk->end = event->at;
    if (event->seat != listener->seat || talk->end != 0) return;
    if (event->kind != NP_EVENT_OFFER && event->kind != NP_EVENT_STATEMENT) return;
    Utility demand = event->kind == NP_EVENT_OFFER ? event->demand : UTILITY_NONE;
    if (demand == UTILITY_NONE && talk->count > 0) demand = talk->said[talk->count - 1].demand;
    if (demand == UTILITY_NONE) return;
    if (talk->count == talk->capacity) {
        talk->capacity = talk->capacity ? talk->capacity * 2 : 64;
        talk->said = memory_grow(talk->said, talk->capacity, sizeof *talk->said);
    }
    talk->said[talk->count++] = (struct Said){event->at, demand};
}

/* In the window that ends at `end`: did it talk, and concede less than epsilon of its own utility? */
static bool stalls(const Talk *talk, SimTime end, SimTime window, Utility epsilon) {
    Utility before = UTILITY_NONE, least = INT64_MAX;
    if (talk->count == 0 || talk->said[0].at > end - window) return false;
    for (uint32_t i = 0; i < talk->count && talk->said[i].at <= end; i++) {
        if (talk->said[i].at <= end - window)
            before = talk->said[i].demand;
        else if (talk->said[i].demand < least)
            least = talk->said[i].demand;
    }
    return least != INT64_MAX && before - least < epsilon;
}

/* At any of its own words so far? Whoever watches would have raised the alarm then. */
static bool ever_stalls(const Talk *talk, SimTime window, Utility epsilon) {
    for (uint32_t i = 0; i < talk->count; i++)
        if (stalls(talk, talk->said[i].at, window, epsilon)) return true;
    return false;
}

typedef struct Place {
    const char *file, *seat;
    SimTime window;
} Place;

static void print_row(const Place *place, const char *strategy) {
    Talk *talk = memory_new(RUNS, sizeof *talk);
    Listener listener = {.talk = talk};
    Scenario *scenario =
        STAGE_FILE(place->file, setting("seats.%s.strategy=\"%s\"", place->seat, strategy));
    Trial who = {.scenario = scenario};
    listener.seat = trial_seat(&who, place->seat);
    Trial trial = trial_play(scenario, RUNS, &(Watcher){.context = &listener, .happened = listen});
    uint64_t last = 0, ever = 0;
    const Utility epsilon = utility_from(0.01);
    for (uint64_t i = 0; i < RUNS; i++) {
        last += stalls(&talk[i], talk[i].end, place->window, epsilon);
        ever += ever_stalls(&talk[i], place->window, epsilon);
        memory_free(talk[i].said);
    }
    printf("| `%s` | ", strategy);
    say_share(last, RUNS);
    printf(" | ");
    say_share(ever, RUNS);
    printf(" | ");
    say_share(trial_deals(&trial), RUNS);
    printf(" |\n");
    trial_finish(&trial);
    memory_free(talk);
}

void page_staller(void) {
    static const Place place[] = {
        {"configs/riyadh-2025.yaml", "russia", (SimTime)60 * SIM_DAY},
        {"configs/textbook/firm-deadline.yaml", "seller", (SimTime)20 * SIM_DAY}};
    static const char *const strategy[] = {"staller()",
                                           "boulware(e=0.2)",
                                           "linear()",
                                           "conceder()",
                                           "tit_for_tat()",
                                           "unilateral_conceder()",
                                           "monotonic_concession()"};
    printf("## T11: a staller talks, concedes nothing, and is detected\n\n"
           "A seat is held to stall when it made an offer or a statement within a window and its "
           "demand, its own utility of its\n"
           "best package as the record has it, fell by less than 0.01 over it. *In the last "
           "window*: the one that ends with the\n"
           "talks. *Ever*: in any window that ends with a word of its own. In the staller's row "
           "these are detections, in the\n"
           "other rows false alarms. %d seeds a row.\n\n",
           RUNS);
    for (size_t k = 0; k < sizeof place / sizeof place[0]; k++) {
        printf("`%s`, seat %s, window %d days:\n\n"
               "| strategy of the seat | flagged in the last window | flagged ever | deals "
               "|\n|---|---|---|---|\n",
               place[k].file, place[k].seat, (int)(place[k].window / SIM_DAY));
        for (size_t i = 0; i < sizeof strategy / sizeof strategy[0]; i++)
            print_row(&place[k], strategy[i]);
        printf("\n");
    }
    printf(
        "Whoever concedes late, or has come down to what it would walk away with, looks like a "
        "staller while it does: that is\n"
        "what the false alarms are. Judged by the last window alone there are fewer of them.\n\n");
}
