/* Runs as the program is told of them. */
#include <string.h>

#include "cli/conformance_parts.h"
#include "core/base/sim_time.h"

enum { ROUNDS = 12, MOST_SEEN = 4 };

/* One run as the agent is told of it: what it offered comes back to it, and the other seat offers anything. */
typedef struct Talk {
    uint64_t run;
    Rng luck;
    uint32_t offers;
    SimTime now;
    Action own; /* of its latest reply, on its way to the table; packages 0: none */
    Observation seen[MOST_SEEN];
    const Observation *list[MOST_SEEN];
    Occasion occasion[2];
    DigestState answers;
} Talk;

static Brief brief_of(const ConformanceTrial *trial, uint64_t run) {
    const Negotiation *negotiation = &trial->scenario->negotiation;
    return (Brief){.run = run,
                   .seat = TRIED_SEAT,
                   .terms = &negotiation->terms,
                   .profile = &negotiation->profile[TRIED_SEAT],
                   .library = (const SeatType *const *)negotiation->type,
                   .luck = rng_key(1, "rehearsal"),
                   .strategy = trial->specification};
}

static bool add_dossier(ConformanceTrial *trial, Error *error) {
    FrameWriter scratch;
    Bytes body;
    Brief brief = brief_of(trial, 0);
    frame_writer_init(&scratch);
    bool good = dossier_pack(&scratch, &brief, &body, error) &&
                frame_add_dossier(&trial->frame, 3, body, error);
    frame_writer_finish(&scratch);
    return good;
}

static bool talk_open(ConformanceTrial *trial, Talk *talk, uint64_t run, Error *error) {
    Brief brief = brief_of(trial, run);
    *talk = (Talk){.run = run, .luck = rng_stream(rng_key(2, "rehearsal"))};
    digest_begin(&talk->answers);
    return frame_add_open_run(&trial->frame, &brief, 3, error);
}

static Observation *talk_see(Talk *talk, uint32_t *count, EventKind kind, SimTime at, SeatId seat) {
    Observation *seen = &talk->seen[*count];
    *seen = (Observation){.kind = (uint8_t)kind, .at = at, .seat = seat};
    talk->list[(*count)++] = seen;
    return seen;
}

static void see_offer(Talk *talk, uint32_t *count, SimTime at, SeatId seat, const Outcome *menu,
                      uint8_t packages) {
    Observation *seen = talk_see(talk, count, NP_EVENT_OFFER, at, seat);
    seen->offer = ++talk->offers;
    seen->expires_at = NP_NEVER;
    seen->packages = packages;
    memcpy(seen->menu, menu, packages * sizeof *menu);
}

static Outcome any_package(Talk *talk, const Domain *domain) {
    Outcome package = outcome_empty();
    for (uint8_t issue = 0; issue < domain->issues; issue++)
        package.option[issue] = (uint8_t)rng_below(&talk->luck, domain->issue[issue].options);
    return package;
}

/* Every third grant has two occasions, the second one without news. */
static bool talk_grant(ConformanceTrial *trial, Talk *talk, int round, Error *error) {
    const Terms *terms = &trial->scenario->negotiation.terms;
    uint32_t count = 0;
    SimTime landed = talk->now + terms->seat[TRIED_SEAT].delay;
    talk->now = (SimTime)round * 5 * SIM_DAY;
    if (round == 0) talk_see(talk, &count, NP_EVENT_OPENING, 0, NP_NO_SEAT);
    if (talk->own.packages > 0)
        see_offer(talk, &count, landed, TRIED_SEAT, talk->own.menu, talk->own.packages);
    talk->own.packages = 0;
    if (round > 0) {
        Outcome package = any_package(talk, &terms->domain);
        see_offer(talk, &count, talk->now, OTHER_SEAT, &package, 1);
    }
    talk->occasion[0] = (Occasion){.at = talk->now, .observations = count};
    talk->occasion[1] = (Occasion){.at = talk->now + SIM_DAY, .woken = true};
    Grant grant = {talk->run,      TRIED_SEAT, round % 3 == 2 ? 2 : 1,
                   talk->occasion, count,      talk->list};
    return frame_add_grant(&trial->frame, &grant, error);
}

static void talk_note(Talk *talk, const Domain *domain, const Reply *reply) {
    for (uint32_t i = 0; i < reply->moves; i++) {
        const Action *action = &reply->move[i];
        bool proper = action->kind == NP_OFFER && action->packages > 0;
        for (uint8_t k = 0; proper && k < action->packages; k++)
            proper = domain_contains(domain, &action->menu[k]);
        if (proper) talk->own = *action;
    }
}

static bool talk_answer(ConformanceTrial *trial, Talk *talk, int round, const Answer *answer,
                        Error *error) {
    FrameWriter plain;
    uint32_t due = round % 3 == 2 ? 2 : 1;
    if (answer->replies != due)
        return error_set(error, ERROR_PROTOCOL, "%u replies to %u occasions", answer->replies, due);
    for (uint32_t i = 0; i < due; i++) {
        const Reply *reply = &answer->reply[i];
        if (reply->at != talk->occasion[i].at)
            return error_set(error, ERROR_PROTOCOL, "a reply is not at its occasion's time");
        talk_note(talk, &trial->scenario->negotiation.terms.domain, reply);
    }
    Answer nameless = *answer;
    nameless.run = 0;
    frame_writer_init(&plain);
    bool good = frame_add_answer(&plain, &nameless, error);
    Bytes bytes = frame_bytes(&plain);
    digest_add(&talk->answers, bytes.at, bytes.length);
    frame_writer_finish(&plain);
    return good;
}

static Talk *find_talk(Talk *talk, uint32_t talks, uint64_t run) {
    for (uint32_t i = 0; i < talks; i++)
        if (talk[i].run == run) return &talk[i];
    return NULL;
}

/* One answer to each run's grant, over as many frames as the agent likes. */
static bool hear_answers(ConformanceTrial *trial, Talk *talk, uint32_t talks, int round,
                         Error *error) {
    uint32_t heard = 0, answered = 0;
    while (heard < talks) {
        Frame frame;
        if (!rehearsal_hear(trial->broker, TRIAL_PATIENCE_MS, &frame, error)) return false;
        if (frame.kind == FRAME_FAULT)
            return error_set(error, ERROR_PROTOCOL, "it says that it cannot go on: %.200s",
                             frame.text);
        if (frame.kind != FRAME_ANSWERS)
            return error_set(error, ERROR_PROTOCOL, "something else than Answers");
        for (uint32_t i = 0; i < frame.answers.answers; i++) {
            const Answer *answer = &frame.answers.answer[i];
            Talk *of = find_talk(talk, talks, answer->run);
            uint32_t bit = of != NULL ? UINT32_C(1) << (of - talk) : 0;
            if (of == NULL || (answered & bit) != 0)
                return error_set(error, ERROR_PROTOCOL, "an answer that nobody asked for");
            answered |= bit;
            heard++;
            if (!talk_answer(trial, of, round, answer, error)) return false;
        }
    }
    return true;
}

static bool play(ConformanceTrial *trial, Talk *talk, uint32_t talks, Error *error) {
    for (int round = 0; round < ROUNDS; round++) {
        for (uint32_t i = 0; i < talks; i++)
            if (!talk_grant(trial, &talk[i], round, error)) return false;
        trial_say(trial);
        if (!hear_answers(trial, talk, talks, round, error)) return false;
    }
    return true;
}

/* The first run of a process, alone. */
bool trial_play_alone(ConformanceTrial *trial, Digest *answers, Error *error) {
    Talk talk;
    trial_say(trial); /* the welcome */
    if (!add_dossier(trial, error) || !talk_open(trial, &talk, 7, error)) return false;
    if (!play(trial, &talk, 1, error)) return false;
    *answers = digest_end(&talk.answers);
    return true;
}

/* Two runs more, whose grants share frames, after an empty frame and a second welcome; runs are closed, also one that never was. */
bool trial_play_together(ConformanceTrial *trial, Digest answers[2], Error *error) {
    Talk talk[2];
    rehearsal_say(trial->broker, (Bytes){(const uint8_t *)"", 0});
    frame_welcome(&trial->frame, CODEC_LOWEST_VERSION);
    trial_say(trial);
    if (!talk_open(trial, &talk[0], 8, error) || !talk_open(trial, &talk[1], 9, error) ||
        !frame_add_close_run(&trial->frame, 7, error) ||
        !frame_add_close_run(&trial->frame, 4711, error))
        return false;
    if (!play(trial, talk, 2, error)) return false;
    for (int i = 0; i < 2; i++) answers[i] = digest_end(&talk[i].answers);
    return frame_add_close_run(&trial->frame, 8, error);
}
