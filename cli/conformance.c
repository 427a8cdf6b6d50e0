#define _GNU_SOURCE
#include "cli/conformance.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cli/output.h"
#include "cli/runtime_directory.h"
#include "cli/templates.h"
#include "core/base/digest.h"
#include "core/base/sim_time.h"
#include "core/scenario/strategy_spec.h"
#include "proto/rehearsal.h"

enum { PATIENCE_MS = 10000, ROUNDS = 12, STEP_MS = 10, MOST_SEEN = 4, SEAT = 0, OTHER = 1 };

/* What is tried with a program. */
typedef struct Trial {
    const char *specification;
    char program[1024], address[160];
    Scenario *scenario;
    Rehearsal *broker;
    FrameWriter frame;
    pid_t agent;        /* 0: none */
    bool deterministic; /* it says so */
    int failures;
} Trial;

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

/* --- telling --- */

static void tell(Trial *trial, bool good, const char *what, const Error *error) {
    Text line = {0};
    text_addf(&line, "%-8s%s", good ? "ok" : "FAILED", what);
    if (!good && error != NULL && error->text[0] != '\0') {
        text_add(&line, ": ");
        text_add_safe(&line, error->text);
    }
    text_add(&line, "\n");
    output_result(&line);
    output_flush();
    text_finish(&line);
    trial->failures += !good;
}

/* --- the program's process --- */

static void become_program(const Trial *trial, const char *seat) {
    static const char *const readers[][2] = {
        {".py", "/usr/bin/python3"}, {".js", "/usr/bin/node"}, {".sh", "/bin/sh"}};
    const char *words[] = {NULL, trial->program, "--connect", trial->address, "--seat", seat, NULL};
    size_t length = strlen(trial->program);
    int null = open("/dev/null", O_RDWR | O_CLOEXEC);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    dup2(null, STDIN_FILENO);
    dup2(null, STDOUT_FILENO);
    execv(trial->program, (char *const *)&words[1]);
    for (size_t i = 0; i < sizeof readers / sizeof readers[0]; i++) {
        size_t ending = strlen(readers[i][0]);
        words[0] = readers[i][1];
        if (length > ending && strcmp(trial->program + length - ending, readers[i][0]) == 0)
            execv(words[0], (char *const *)words);
    }
    _exit(ERROR_UNAVAILABLE);
}

/* Its exit code, or 128 + the signal; it is given time, and then ended: -1. */
static int await_end(Trial *trial) {
    int status = 0;
    pid_t agent = trial->agent;
    trial->agent = 0;
    if (agent <= 0) return -1;
    for (int waited = 0; waited < PATIENCE_MS; waited += STEP_MS) {
        if (waitpid(agent, &status, WNOHANG) == agent)
            return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
        usleep(STEP_MS * 1000);
    }
    kill(agent, SIGKILL);
    waitpid(agent, &status, 0);
    return -1;
}

static bool ends_with(Trial *trial, int expected, const char *what) {
    Error error = {0};
    int code = await_end(trial);
    if (code < 0)
        error_set(&error, ERROR_UNAVAILABLE, "it did not end within %d seconds",
                  PATIENCE_MS / 1000);
    else if (code != expected)
        error_set(&error, ERROR_PROTOCOL, "it ended with %d instead of %d", code, expected);
    tell(trial, code == expected, what, &error);
    return code == expected;
}

static void stop_agent(Trial *trial) {
    if (trial->agent > 0) {
        kill(trial->agent, SIGKILL);
        waitpid(trial->agent, NULL, 0);
    }
    trial->agent = 0;
    rehearsal_close(trial->broker);
    trial->broker = NULL;
}

/* --- hellos --- */

static bool hello_fits(const Frame *frame, const char *seat, Error *error) {
    if (frame->kind != FRAME_HELLO)
        return error_set(error, ERROR_PROTOCOL, "its first frame is no Hello");
    if (strcmp(frame->hello.seat, seat) != 0)
        return error_set(error, ERROR_PROTOCOL, "it asks for another seat than %s", seat);
    if (frame->hello.lowest > CODEC_HIGHEST_VERSION || frame->hello.highest < CODEC_LOWEST_VERSION)
        return error_set(error, ERROR_PROTOCOL, "it speaks no version that the broker speaks");
    return true;
}

/* A new process that has said hello. */
static bool greet(Trial *trial, Error *error) {
    const char *seat = trial->scenario->negotiation.terms.seat[SEAT].id;
    Frame frame;
    trial->broker = rehearsal_bind(trial->address, error);
    if (trial->broker == NULL) return false;
    pid_t pid = fork();
    if (pid == 0) become_program(trial, seat);
    if (pid < 0) return error_set(error, ERROR_UNAVAILABLE, "cannot start a process");
    trial->agent = pid;
    if (!rehearsal_hear(trial->broker, PATIENCE_MS, &frame, error)) return false;
    if (!hello_fits(&frame, seat, error)) return false;
    trial->deterministic = frame.hello.deterministic;
    uint32_t highest = frame.hello.highest;
    frame_welcome(&trial->frame, highest < CODEC_HIGHEST_VERSION ? highest : CODEC_HIGHEST_VERSION);
    return true;
}

static void say(Trial *trial) {
    rehearsal_say(trial->broker, frame_bytes(&trial->frame));
    frame_clear(&trial->frame);
}

static void try_refusal(Trial *trial, RefusalWhy why, int expected, const char *what) {
    Error error = {0};
    Refusal refusal = {why, "a rehearsal", NULL, CODEC_LOWEST_VERSION, CODEC_HIGHEST_VERSION};
    if (greet(trial, &error)) {
        frame_refused(&trial->frame, &refusal);
        say(trial);
        ends_with(trial, expected, what);
    } else {
        tell(trial, false, what, &error);
    }
    stop_agent(trial);
}

/* --- runs --- */

static Brief brief_of(const Trial *trial, uint64_t run) {
    const Negotiation *negotiation = &trial->scenario->negotiation;
    return (Brief){.run = run,
                   .seat = SEAT,
                   .terms = &negotiation->terms,
                   .profile = &negotiation->profile[SEAT],
                   .library = (const SeatType *const *)negotiation->type,
                   .luck = rng_key(1, "rehearsal"),
                   .strategy = trial->specification};
}

static bool add_dossier(Trial *trial, Error *error) {
    FrameWriter scratch;
    Bytes body;
    Brief brief = brief_of(trial, 0);
    frame_writer_init(&scratch);
    bool good = dossier_pack(&scratch, &brief, &body, error) &&
                frame_add_dossier(&trial->frame, 3, body, error);
    frame_writer_finish(&scratch);
    return good;
}

static bool talk_open(Trial *trial, Talk *talk, uint64_t run, Error *error) {
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
static bool talk_grant(Trial *trial, Talk *talk, int round, Error *error) {
    const Terms *terms = &trial->scenario->negotiation.terms;
    uint32_t count = 0;
    SimTime landed = talk->now + terms->seat[SEAT].delay;
    talk->now = (SimTime)round * 5 * SIM_DAY;
    if (round == 0) talk_see(talk, &count, NP_EVENT_OPENING, 0, NP_NO_SEAT);
    if (talk->own.packages > 0)
        see_offer(talk, &count, landed, SEAT, talk->own.menu, talk->own.packages);
    talk->own.packages = 0;
    if (round > 0) {
        Outcome package = any_package(talk, &terms->domain);
        see_offer(talk, &count, talk->now, OTHER, &package, 1);
    }
    talk->occasion[0] = (Occasion){.at = talk->now, .observations = count};
    talk->occasion[1] = (Occasion){.at = talk->now + SIM_DAY, .woken = true};
    Grant grant = {talk->run, SEAT, round % 3 == 2 ? 2 : 1, talk->occasion, count, talk->list};
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

static bool talk_answer(Trial *trial, Talk *talk, int round, const Answer *answer, Error *error) {
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
static bool hear_answers(Trial *trial, Talk *talk, uint32_t talks, int round, Error *error) {
    uint32_t heard = 0, answered = 0;
    while (heard < talks) {
        Frame frame;
        if (!rehearsal_hear(trial->broker, PATIENCE_MS, &frame, error)) return false;
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

static bool play(Trial *trial, Talk *talk, uint32_t talks, Error *error) {
    for (int round = 0; round < ROUNDS; round++) {
        for (uint32_t i = 0; i < talks; i++)
            if (!talk_grant(trial, &talk[i], round, error)) return false;
        say(trial);
        if (!hear_answers(trial, talk, talks, round, error)) return false;
    }
    return true;
}

/* The first run of a process, alone. */
static bool play_alone(Trial *trial, Digest *answers, Error *error) {
    Talk talk;
    say(trial); /* the welcome */
    if (!add_dossier(trial, error) || !talk_open(trial, &talk, 7, error)) return false;
    if (!play(trial, &talk, 1, error)) return false;
    *answers = digest_end(&talk.answers);
    return true;
}

/* Two runs more, whose grants share frames, after an empty frame and a second welcome; runs are closed, also one that never was. */
static bool play_together(Trial *trial, Digest answers[2], Error *error) {
    Talk talk[2];
    rehearsal_say(trial->broker, (Bytes){(const uint8_t *)"", 0});
    frame_welcome(&trial->frame, CODEC_LOWEST_VERSION);
    say(trial);
    if (!talk_open(trial, &talk[0], 8, error) || !talk_open(trial, &talk[1], 9, error) ||
        !frame_add_close_run(&trial->frame, 7, error) ||
        !frame_add_close_run(&trial->frame, 4711, error))
        return false;
    if (!play(trial, talk, 2, error)) return false;
    for (int i = 0; i < 2; i++) answers[i] = digest_end(&talk[i].answers);
    return frame_add_close_run(&trial->frame, 8, error);
}

/* Field 100 of the Orders, which nobody knows yet; the frame is made by hand. */
static void say_unknown_field(Trial *trial) {
    static const uint8_t bytes[] = {0x22, 5, 0xa2, 0x06, 2, 'h', 'i'};
    rehearsal_say(trial->broker, (Bytes){bytes, sizeof bytes});
}

/* --- the whole --- */

static bool try_runs(Trial *trial, Digest *first, bool *same) {
    Error error = {0};
    Digest later[2];
    bool good = greet(trial, &error);
    tell(trial, good, "it says hello for its seat", &error);
    if (!good) return false;
    good = play_alone(trial, first, &error);
    tell(trial, good, "it answers every grant, one reply for each occasion", &error);
    if (!good) return false;
    say_unknown_field(trial);
    good = play_together(trial, later, &error);
    tell(trial, good,
         "runs share frames; unknown fields, empty frames, a second Welcome and unknown runs are "
         "passed over",
         &error);
    if (!good) return false;
    *same = digest_equal(first, &later[0]) && digest_equal(first, &later[1]);
    frame_goodbye(&trial->frame, NULL);
    say(trial);
    return ends_with(trial, 0, "it ends on Goodbye");
}

static void try_again(Trial *trial, const Digest *first, bool same) {
    Error error = {0};
    Digest again;
    if (!greet(trial, &error) || !play_alone(trial, &again, &error)) {
        tell(trial, false, "it plays after a restart", &error);
        return;
    }
    bool whole = digest_equal(first, &again);
    if (!same)
        error_set(&error, ERROR_PROTOCOL,
                  "runs with the same key and grants were answered differently");
    else if (!whole)
        error_set(&error, ERROR_PROTOCOL, "a new process answered the same grants differently");
    if (trial->deterministic)
        tell(trial, same && whole, "it calls itself deterministic, and is", &error);
    else
        tell(trial, true,
             same && whole ? "it might call itself deterministic: same grants, same answers"
                           : "it does not call itself deterministic, rightly",
             NULL);
    rehearsal_close(trial->broker);
    trial->broker = NULL;
    int code = await_end(trial);
    error_set(&error, ERROR_PROTOCOL, "it did not end");
    tell(trial, code >= 0, "it ends when the connection does", &error);
}

static void try_garbage(Trial *trial) {
    static const uint8_t bytes[] = {0x22, 3, 0x1a, 0x7f, 0x08};
    Error error = {0};
    if (!greet(trial, &error)) {
        tell(trial, false, "it ends when the broker breaks the rules", &error);
        return;
    }
    say(trial);
    rehearsal_say(trial->broker, (Bytes){bytes, sizeof bytes});
    ends_with(trial, ERROR_PROTOCOL, "it ends when the broker breaks the rules");
}

static void try_everything(Trial *trial) {
    Digest first;
    bool same = false;
    bool plays = try_runs(trial, &first, &same);
    stop_agent(trial);
    if (!plays) return;
    try_again(trial, &first, same);
    stop_agent(trial);
    try_garbage(trial);
    stop_agent(trial);
    try_refusal(trial, REFUSAL_SEAT_TAKEN, ERROR_USAGE, "it ends when its seat is taken");
    try_refusal(trial, REFUSAL_VERSION, ERROR_PROTOCOL, "it ends when versions do not meet");
}

static const char *rehearsed_scenario(void) {
    for (const Template *it = templates; it->name != NULL; it++)
        if (strcmp(it->name, "two-party") == 0) return it->text;
    return templates[0].text;
}

static bool prepare(Trial *trial, const char *specification, Error *error) {
    const char *text = rehearsed_scenario();
    ScenarioRequest request = {.path = "two-party", .text = text, .length = strlen(text)};
    Text complaints = {0};
    char safe[128];
    trial->specification = specification;
    trial->scenario = scenario_read(&request, &complaints, error);
    text_finish(&complaints);
    if (trial->scenario == NULL) return false;
    if (!spec_word(specification, trial->program, sizeof trial->program) ||
        access(trial->program, R_OK) != 0)
        return error_set(error, ERROR_NO_INPUT, "there is no program %s",
                         text_safe(safe, sizeof safe, trial->program));
    return true;
}

int conformance_run(const char *specification) {
    Trial trial = {0};
    Error error = {0};
    RuntimeDirectory directory;
    frame_writer_init(&trial.frame);
    bool ready = prepare(&trial, specification, &error);
    if (ready && runtime_directory_create(&directory, &error)) {
        snprintf(trial.address, sizeof trial.address, "ipc://%s/rehearsal", directory.path);
        try_everything(&trial);
        runtime_directory_remove(directory.path);
        close(directory.lock);
    }
    frame_writer_finish(&trial.frame);
    if (trial.scenario != NULL) scenario_destroy(trial.scenario);
    if (error.kind != ERROR_NONE) return output_error(&error);
    return trial.failures > 0;
}
