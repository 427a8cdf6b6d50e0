#include "core/interchange/scenario_text.h"

#include <stdio.h>
#include <string.h>

#include "core/base/real.h"
#include "core/base/sim_time.h"
#include "core/interchange/word.h"

enum { LINE_MOST = 96, LONGEST_DAYS = 100000 };

typedef struct Writer {
    Foreign *foreign;
    const TalksPlan *plan;
    Text *out;
    SimTime turn, deadline;
    Word issue[NP_MAX_ISSUES], seat[NP_MAX_SEATS], option[NP_MAX_ISSUES][NP_MAX_OPTIONS];
    const char *seat_name[NP_MAX_SEATS];
} Writer;

/* --- words and time --- */

static void make_words(Writer *writer) {
    const Foreign *foreign = writer->foreign;
    const char *name[NP_MAX_ISSUES];
    for (uint8_t i = 0; i < foreign->issues; i++) {
        const ForeignIssue *issue = &foreign->issue[i];
        name[i] = issue->name;
        words_make(writer->option[i], issue->option, issue->options, ALPHABET_OPTION, "option");
    }
    words_make(writer->issue, name, foreign->issues, ALPHABET_ID, "issue");
    for (uint8_t i = 0; i < foreign->profiles; i++) {
        const char *wanted = writer->plan->seat[i];
        writer->seat_name[i] = wanted ? wanted : foreign->profile[i].name;
    }
    words_make(writer->seat, writer->seat_name, foreign->profiles, ALPHABET_ID, "seat");
}

/* Turns of equal length, whole seconds, that fill the talks. */
static void settle_time(Writer *writer) {
    static const SimTime turns[] = {SIM_DAY, 3600, 60};
    SimTime count = (SimTime)writer->plan->rounds * writer->foreign->profiles;
    SimTime longest = (SimTime)LONGEST_DAYS * SIM_DAY;
    writer->turn = 1;
    for (size_t i = 0; i < sizeof turns / sizeof turns[0] && writer->turn == 1; i++)
        if (turns[i] * count <= longest) writer->turn = turns[i];
    if (writer->plan->length > 0) writer->turn = writer->plan->length / count;
    if (writer->turn < 1) writer->turn = 1;
    writer->deadline = writer->turn * count;
}

/* --- maps --- */

static void add_number(Text *out, double number) {
    char shown[32];
    text_add(out, text_double(shown, number));
}

/* {a: 1, b: 0.5} in one line where it fits, else a line each. */
static void add_map(Writer *writer, unsigned indent, const char *key, const Word *word,
                    const double *number, uint32_t count) {
    Text line = {0};
    for (uint32_t i = 0; i < count; i++) {
        text_addf(&line, "%s%s: ", i > 0 ? ", " : "", word[i]);
        add_number(&line, number[i]);
    }
    text_addf(writer->out, "%*s%s:", (int)indent, "", key);
    if (indent + strlen(key) + line.length + 4 <= LINE_MOST) {
        text_addf(writer->out, " {%s}\n", text_get(&line));
    } else {
        text_add(writer->out, "\n");
        for (uint32_t i = 0; i < count; i++) {
            text_addf(writer->out, "%*s%s: ", (int)indent + 2, "", word[i]);
            add_number(writer->out, number[i]);
            text_add(writer->out, "\n");
        }
    }
    text_finish(&line);
}

/* --- issues --- */

static bool are_renamed(const Writer *writer, uint8_t issue) {
    const ForeignIssue *known = &writer->foreign->issue[issue];
    for (uint8_t i = 0; i < known->options; i++)
        if (strcmp(writer->option[issue][i], known->option[i]) != 0) return true;
    return false;
}

static void add_renamed_options(Writer *writer, uint8_t issue) {
    const ForeignIssue *known = &writer->foreign->issue[issue];
    text_add(writer->out, "    options:\n");
    for (uint8_t i = 0; i < known->options; i++) {
        text_addf(writer->out, "      - %s", writer->option[issue][i]);
        if (strcmp(writer->option[issue][i], known->option[i]) != 0) {
            text_add(writer->out, " # ");
            text_add_safe(writer->out, known->option[i]);
        }
        text_add(writer->out, "\n");
    }
}

static void add_options(Writer *writer, uint8_t issue) {
    const ForeignIssue *known = &writer->foreign->issue[issue];
    size_t length = 0;
    for (uint8_t i = 0; i < known->options; i++) length += strlen(writer->option[issue][i]) + 2;
    if (are_renamed(writer, issue) || length + 16 > LINE_MOST) {
        add_renamed_options(writer, issue);
        return;
    }
    text_add(writer->out, "    options: [");
    for (uint8_t i = 0; i < known->options; i++)
        text_addf(writer->out, "%s%s", i > 0 ? ", " : "", writer->option[issue][i]);
    text_add(writer->out, "]\n");
}

static void add_issues(Writer *writer) {
    const Foreign *foreign = writer->foreign;
    text_add(writer->out, "issues:\n");
    for (uint8_t i = 0; i < foreign->issues; i++) {
        text_addf(writer->out, "  %s:\n", writer->issue[i]);
        if (strcmp(writer->issue[i], foreign->issue[i].name) != 0) {
            text_add(writer->out, "    title: ");
            yaml_add_quoted(writer->out, foreign->issue[i].name);
            text_add(writer->out, "\n");
        }
        add_options(writer, i);
    }
}

/* --- seats --- */

/* A factor below what a scenario takes, over a shorter time. */
static void add_discount(Writer *writer, const ForeignProfile *profile) {
    double factor = profile->discount;
    SimTime every = writer->deadline;
    char shown[32];
    while (factor < 0.001 && every > 1) {
        every = (every + 1) / 2;
        factor = real_pow(profile->discount, (double)every / (double)writer->deadline);
    }
    if (factor < 0.001) factor = 0.001;
    text_add(writer->out, "    discount: {factor: ");
    add_number(writer->out, factor);
    text_addf(writer->out, ", every: %s} # u d^t there, d = ", duration_format(shown, every));
    add_number(writer->out, profile->discount);
    text_add(writer->out, ", t = 1 at the deadline\n");
}

static void add_weights(Writer *writer, const ForeignProfile *profile) {
    double sum = foreign_weights_sum(writer->foreign, profile);
    add_map(writer, 4, "weights", (const Word *)writer->issue, profile->weight,
            writer->foreign->issues);
    if (sum > 1 - 1e-7 && sum < 1 + 1e-7) return;
    text_add(writer->out, "    weights_sum: ");
    add_number(writer->out, sum);
    text_add(writer->out, " # as it is there\n");
}

static void add_strategy(Writer *writer) {
    static const char safe[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.()=";
    const char *spec = writer->plan->strategy;
    text_add(writer->out, "    strategy: ");
    if (spec[0] != '\0' && spec[strspn(spec, safe)] == '\0')
        text_add(writer->out, spec);
    else
        yaml_add_quoted(writer->out, spec);
    text_add(writer->out, "\n");
}

static void add_seat(Writer *writer, uint8_t seat) {
    const Foreign *foreign = writer->foreign;
    const ForeignProfile *profile = &foreign->profile[seat];
    text_addf(writer->out, "  %s:\n", writer->seat[seat]);
    if (strcmp(writer->seat[seat], writer->seat_name[seat]) != 0) {
        text_add(writer->out, "    name: ");
        yaml_add_quoted(writer->out, writer->seat_name[seat]);
        text_add(writer->out, "\n");
    }
    add_strategy(writer);
    text_add(writer->out, "    reservation: ");
    add_number(writer->out, profile->reservation);
    text_add(writer->out, "\n");
    if (profile->discount < 1) add_discount(writer, profile);
    add_weights(writer, profile);
    text_add(writer->out, "    values:\n");
    for (uint8_t i = 0; i < foreign->issues; i++)
        add_map(writer, 6, writer->issue[i], (const Word *)writer->option[i], profile->value[i],
                foreign->issue[i].options);
}

/* --- the whole --- */

static void add_head(Writer *writer) {
    const TalksPlan *plan = writer->plan;
    Text *out = writer->out;
    text_add(out, "# Taken over from ");
    text_add_safe(out, plan->tool);
    text_add(out, ":\n");
    for (uint32_t i = 0; i < plan->files; i++) {
        const char *slash = strrchr(plan->file[i], '/');
        text_add(out, "#   ");
        text_add_safe(out, slash ? slash + 1 : plan->file[i]);
        text_add(out, "\n");
    }
    text_add(out, "# The domain and what everybody wants are from there. Dates, turns and "
                  "strategies are not, "
                  "and may be\n# changed at will.\n");
    for (uint32_t i = 0; i < writer->foreign->notes; i++) {
        text_add(out, i == 0 ? "# To be known:\n#   - " : "#   - ");
        text_add_safe(out, writer->foreign->note[i]);
        text_add(out, "\n");
    }
}

static void add_talks(Writer *writer) {
    Word name;
    char deadline[32], turn[32];
    const char *given = writer->foreign->name;
    words_make(&name, &given, 1, ALPHABET_NAME, "domain");
    text_addf(writer->out, "nonpaper: 1\nname: %s\n", name);
    if (strcmp(name, given) != 0) {
        text_add(writer->out, "title: ");
        yaml_add_quoted(writer->out, given);
        text_add(writer->out, "\n");
    }
    text_addf(writer->out, "time: {start: 2000-01-01, deadline: %s}\n",
              duration_format(deadline, writer->deadline));
    text_addf(writer->out, "mechanism: {kind: stacked-alternating-offers, turn: %s, rounds: %u}\n",
              duration_format(turn, writer->turn), writer->plan->rounds);
}

/* A reservation is discounted too in GENIUS, while here walking away is worth the same at any time. */
static void note_discounts(Foreign *foreign) {
    for (uint8_t i = 0; i < foreign->profiles; i++) {
        if (foreign->profile[i].discount == 1 || foreign->profile[i].reservation == 0) continue;
        foreign_note(foreign,
                     "waiting costs %.80s part of a deal's utility, but no part of its reservation",
                     foreign->profile[i].name);
    }
}

void scenario_text_add(Foreign *foreign, const TalksPlan *plan, Text *out) {
    Writer *writer = memory_new(1, sizeof *writer);
    *writer = (Writer){.foreign = foreign, .plan = plan, .out = out};
    make_words(writer);
    settle_time(writer);
    note_discounts(foreign);
    add_head(writer);
    add_talks(writer);
    add_issues(writer);
    text_add(out, "seats:\n");
    for (uint8_t i = 0; i < foreign->profiles; i++) add_seat(writer, i);
    memory_free(writer);
}
