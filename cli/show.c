#include "cli/show.h"

#include <string.h>

#include "cli/commands.h"
#include "cli/condition_json.h"
#include "cli/output.h"
#include "cli/scenario_file.h"
#include "cli/show_world.h"
#include "core/base/sim_time.h"
#include "core/negotiation/mechanism.h"
#include "report/sentence.h"

enum { INDENT = 2, DEEPER = 6, MAX_LINE = 128 };

/* --- lines --- */

static void heading(const char *words, bool color, Text *out) {
    text_add(out, "\n");
    phrase_emphasis(out, color, EMPHASIS_STRONG, words);
    text_add(out, "\n");
}

/* Folds what is in `line` at that indent, and clears it. */
static void fold(Text *line, size_t indent, size_t hanging, Text *out) {
    sentence_pad(out, 0, indent);
    sentence_fold(out, text_get(line), indent, hanging);
    text_clear(line);
}

static void add_number(Text *line, double number) {
    char digits[32];
    text_add(line, text_double(digits, number));
}

/* --- sections --- */

static void show_title(const Scenario *scenario, bool color, Text *line, Text *out) {
    const Terms *terms = &scenario->negotiation.terms;
    Text title = {0};
    text_add_safe(&title, scenario->title[0] != '\0' ? scenario->title : terms->name);
    phrase_emphasis(line, color, EMPHASIS_STRONG, text_get(&title));
    text_finish(&title);
    text_add(line, " (");
    text_add_safe(line, terms->name);
    text_add(line, ")");
    fold(line, 0, INDENT, out);
    phrase_date(line, terms, 0);
    text_add(line, " to ");
    phrase_date(line, terms, terms->deadline);
    text_addf(line, "; %s, at most %u package%s in an offer", terms->mechanism->name,
              (unsigned)terms->menu_limit, terms->menu_limit == 1 ? "" : "s");
    if (terms->stall_window > 0) {
        char window[32];
        text_addf(line, "; stalled after %s without a concession of ",
                  duration_format(window, terms->stall_window));
        add_number(line, utility_real(terms->stall_epsilon));
    }
    fold(line, 0, INDENT, out);
}

/* Line by line as the file has it; what is in a line is made safe and folded. */
static void show_about(const Scenario *scenario, Text *line, Text *out) {
    if (scenario->about[0] == '\0') return;
    text_add(out, "\n");
    Text raw = {0};
    for (const char *at = scenario->about; *at != '\0';) {
        size_t length = strcspn(at, "\n");
        text_clear(&raw);
        text_add_bytes(&raw, at, length);
        text_add_safe(line, text_get(&raw));
        fold(line, INDENT, INDENT, out);
        at += length + (at[length] == '\n');
    }
    text_finish(&raw);
}

static void show_seat(const Scenario *scenario, SeatId seat, Text *line, Text *out) {
    const SeatTerms *terms = &scenario->negotiation.terms.seat[seat];
    const Profile *profile = &scenario->negotiation.profile[seat];
    char text[MAX_LINE];
    phrase_seat(line, &scenario->negotiation.terms, seat);
    text_addf(line, " (%s): plays ", text_safe(text, sizeof text, terms->id));
    text_add_safe(line, scenario->strategy[seat]);
    text_add(line, "; walks away below ");
    add_number(line, utility_real(profile->reservation));
    text_addf(line, "; moves take %s", duration_format(text, terms->delay));
    if (profile->discount != 1.0) {
        text_add(line, "; discounts by ");
        add_number(line, profile->discount);
        text_addf(line, " every %s", duration_format(text, profile->discount_every));
    }
    fold(line, INDENT, DEEPER, out);
}

static void show_weights(const Scenario *scenario, SeatId seat, Text *line, Text *out) {
    const Domain *domain = &scenario->negotiation.terms.domain;
    text_add(line, "weights:");
    for (uint8_t k = 0; k < domain->issues; k++) {
        text_add(line, k > 0 ? ", " : " ");
        text_add_safe(line, domain->issue[k].id);
        text_add(line, " ");
        add_number(line, scenario->negotiation.profile[seat].weight[k]);
    }
    fold(line, DEEPER, DEEPER + INDENT, out);
}

static void show_seats(const Scenario *scenario, bool color, Text *line, Text *out) {
    heading("Seats", color, out);
    for (SeatId seat = 0; seat < scenario->negotiation.terms.seats; seat++) {
        show_seat(scenario, seat, line, out);
        show_weights(scenario, seat, line, out);
    }
}

static void show_issue(const Issue *issue, Text *line, Text *out) {
    text_add_safe(line, issue->id);
    if (issue->title != NULL && strcmp(issue->title, issue->id) != 0) {
        text_add(line, ", ");
        text_add_safe(line, issue->title);
    }
    text_add(line, ":");
    for (uint8_t k = 0; k < issue->options; k++) {
        text_add(line, k > 0 ? ", " : " ");
        text_add_safe(line, issue->option[k]);
        if (k == issue->status_quo) text_add(line, " (as it is)");
    }
    if (issue->separable) text_add(line, "; may be settled on its own");
    fold(line, INDENT, DEEPER, out);
}

static void show_issues(const Scenario *scenario, bool color, Text *line, Text *out) {
    const Domain *domain = &scenario->negotiation.terms.domain;
    heading("Issues and options", color, out);
    for (uint8_t k = 0; k < domain->issues; k++) show_issue(&domain->issue[k], line, out);
}

/* --- consent --- */

/* Options of one issue that need the same seats share a line; `done` has a bit per option told. */
static void show_provision(const Terms *terms, uint8_t k, uint8_t first, uint32_t *done, Text *line,
                           Text *out) {
    const Issue *issue = &terms->domain.issue[k];
    SeatSet needs = terms->consent.needs[k][first];
    text_add_safe(line, issue->id);
    const char *between = " ";
    for (uint8_t option = first; option < issue->options; option++) {
        if (terms->consent.needs[k][option] != needs || option == issue->status_quo) continue;
        *done |= 1u << option;
        text_add(line, between);
        text_add_safe(line, issue->option[option]);
        between = ", ";
    }
    text_add(line, ": ");
    phrase_seats(line, terms, needs & terms->consent.all);
    fold(line, INDENT, DEEPER, out);
}

static void show_consent(const Scenario *scenario, bool color, Text *line, Text *out) {
    const Terms *terms = &scenario->negotiation.terms;
    heading("Whose consent is needed", color, out);
    SeatSet everywhere = terms->consent.unanimous ? terms->consent.all : terms->consent.always;
    text_add(line, terms->consent.unanimous ? "every package: " : "every complete package: ");
    if (everywhere != 0)
        phrase_seats(line, terms, everywhere);
    else
        text_add(line, "whoever its options need");
    fold(line, INDENT, DEEPER, out);
    if (terms->consent.unanimous) return;
    for (uint8_t k = 0; k < terms->domain.issues; k++) {
        const Issue *issue = &terms->domain.issue[k];
        uint32_t done = issue->status_quo < issue->options ? 1u << issue->status_quo : 0;
        for (uint8_t option = 0; option < issue->options; option++)
            if ((done >> option & 1u) == 0) show_provision(terms, k, option, &done, line, out);
    }
}

/* --- conditions --- */

static void show_red_line(const Scenario *scenario, SeatId seat, const RedLine *red_line,
                          Text *line, Text *out) {
    const Terms *terms = &scenario->negotiation.terms;
    phrase_seat(line, terms, seat);
    text_add(line, red_line->hard ? ", never: " : ", reluctantly (");
    if (!red_line->hard) {
        add_number(line, utility_real(red_line->penalty));
        text_add(line, " off): ");
    }
    phrase_condition(line, &terms->domain, &red_line->when);
    fold(line, INDENT, DEEPER, out);
}

static void show_red_lines(const Scenario *scenario, bool color, Text *line, Text *out) {
    heading("Red lines", color, out);
    size_t before = out->length;
    for (SeatId seat = 0; seat < scenario->negotiation.terms.seats; seat++) {
        const Profile *profile = &scenario->negotiation.profile[seat];
        for (uint32_t i = 0; i < profile->red_lines; i++)
            show_red_line(scenario, seat, &profile->red_line[i], line, out);
    }
    if (out->length == before) text_add(out, "  none\n");
}

static void show_exclusions(const Scenario *scenario, bool color, Text *line, Text *out) {
    const Domain *domain = &scenario->negotiation.terms.domain;
    heading("Combinations that cannot be", color, out);
    for (uint32_t i = 0; i < domain->exclusions; i++) {
        phrase_condition(line, domain, &domain->exclusion[i].when);
        text_add(line, ": ");
        text_add_safe(line, domain->exclusion[i].because);
        fold(line, INDENT, DEEPER, out);
    }
    if (domain->exclusions == 0) text_add(out, "  none\n");
}

static void show_ratifier(const Scenario *scenario, const Ratifier *ratifier, Text *line,
                          Text *out) {
    char after[32];
    text_add_safe(line, ratifier->name != NULL ? ratifier->name : ratifier->id);
    text_add(line, ", for ");
    phrase_seat(line, &scenario->negotiation.terms, ratifier->seat);
    text_add(line, ": passes from ");
    add_number(line, utility_real(ratifier->threshold));
    if (ratifier->noise > 0) {
        text_add(line, " (noise ");
        add_number(line, ratifier->noise);
        text_add(line, ")");
    }
    text_addf(line, ", %s after signature", duration_format(after, ratifier->after));
    if (ratifier->conditional) {
        text_add(line, ", when ");
        phrase_condition(line, &scenario->negotiation.terms.domain, &ratifier->when);
    }
    fold(line, INDENT, DEEPER, out);
}

static void show_ratification(const Scenario *scenario, bool color, Text *line, Text *out) {
    const Negotiation *negotiation = &scenario->negotiation;
    if (negotiation->ratifiers == 0) return;
    heading("Ratification", color, out);
    for (uint32_t i = 0; i < negotiation->ratifiers; i++)
        show_ratifier(scenario, &negotiation->ratifier[i], line, out);
}

static void show_counts(const Scenario *scenario, Text *out) {
    ScenarioFacts facts = scenario_facts(scenario);
    text_add(out, "\n");
    output_packages(out, facts.raw, facts.feasible);
    text_add(out, "\n");
}

void show_scenario(const Scenario *scenario, bool color, Text *out) {
    Text line = {0};
    show_title(scenario, color, &line, out);
    show_about(scenario, &line, out);
    show_seats(scenario, color, &line, out);
    show_issues(scenario, color, &line, out);
    show_consent(scenario, color, &line, out);
    show_red_lines(scenario, color, &line, out);
    show_exclusions(scenario, color, &line, out);
    show_ratification(scenario, color, &line, out);
    show_world(scenario, color, out);
    show_enforcement(scenario, color, out);
    show_counts(scenario, out);
    show_yardstick(scenario, color, out);
    text_finish(&line);
}

/* --- the command --- */

int command_show(const Options *options) {
    Text complaints = {0}, text = {0};
    Error error = {0};
    Scenario *scenario = scenario_file_read(options_argument(options, 0), &complaints, &error);
    if (scenario == NULL) output_complaints(&complaints); /* warnings are for `check` */
    text_finish(&complaints);
    if (scenario == NULL) return output_error(&error);
    if (option_given(options, "json")) {
        Json json = output_json(&text, "nonpaper.show/1");
        show_scenario_json(scenario, &json);
        output_json_end(&json);
    } else {
        show_scenario(scenario, output_color(options, stdout), &text);
        output_result(&text);
        text_finish(&text);
    }
    scenario_destroy(scenario);
    return 0;
}
