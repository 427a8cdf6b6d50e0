#include "tests/core/interchange/desk.h"

#include <stdio.h>
#include <string.h>

#include "core/interchange/scenario_text.h"
#include "core/interchange/xml_tree.h"

/* --- fixtures --- */

const char desk_domain[] =
    "<negotiation_template>\n"
    "<utility_space number_of_issues=\"2\">\n"
    "<objective index=\"0\" name=\"root\" type=\"objective\" etype=\"objective\">\n"
    "  <issue index=\"1\" name=\"Price\" vtype=\"discrete\" type=\"discrete\" etype=\"discrete\">\n"
    "    <item index=\"1\" value=\"low\"/>\n"
    "    <item index=\"2\" value=\"mid\"/>\n"
    "    <item index=\"3\" value=\"high\"/>\n"
    "  </issue>\n"
    "  <issue index=\"2\" name=\"Speed\" vtype=\"integer\" lowerbound=\"0\" upperbound=\"4\"/>\n"
    "</objective>\n"
    "</utility_space>\n"
    "</negotiation_template>\n";

const char desk_buyer[] =
    "<utility_space>\n"
    "<objective index=\"0\" name=\"root\">\n"
    "  <issue index=\"1\" name=\"Price\" vtype=\"discrete\">\n"
    "    <item index=\"1\" value=\"low\" evaluation=\"40\"/>\n"
    "    <item index=\"2\" value=\"mid\" evaluation=\"10\"/>\n"
    "    <item index=\"3\" value=\"high\" evaluation=\"0\"/>\n"
    "  </issue>\n"
    "  <issue index=\"2\" name=\"Speed\" vtype=\"integer\" lowerbound=\"0\" upperbound=\"4\">\n"
    "    <evaluator ftype=\"linear\" slope=\"0.2\" offset=\"0.1\"/>\n"
    "  </issue>\n"
    "  <weight index=\"1\" value=\"0.75\"/>\n"
    "  <weight index=\"2\" value=\"0.25\"/>\n"
    "</objective>\n"
    "<discount_factor value=\"0.5\"/>\n"
    "<reservation value=\"0.3\"/>\n"
    "</utility_space>\n";

const char desk_seller[] =
    "<utility_space>\n"
    "<objective index=\"0\" name=\"root\">\n"
    "  <issue index=\"1\" name=\"Price\" vtype=\"discrete\">\n"
    "    <item index=\"1\" value=\"low\" evaluation=\"1\"/>\n"
    "    <item index=\"2\" value=\"mid\" evaluation=\"2\"/>\n"
    "    <item index=\"3\" value=\"high\" evaluation=\"3\"/>\n"
    "  </issue>\n"
    "  <issue index=\"2\" name=\"Speed\" vtype=\"integer\" lowerbound=\"0\" upperbound=\"4\">\n"
    "    <evaluator ftype=\"linear\" slope=\"-0.5\" offset=\"1\"/>\n"
    "  </issue>\n"
    "  <weight index=\"1\" value=\"0.4\"/>\n"
    "  <weight index=\"2\" value=\"0.6\"/>\n"
    "</objective>\n"
    "</utility_space>\n";

#define WEB_DOMAIN                                                                                 \
    "{\"name\": \"market\", \"issuesValues\": {\n"                                                 \
    "  \"Price\": {\"values\": [\"low\", \"mid\", \"high\"]},\n"                                   \
    "  \"Speed\": {\"range\": {\"low\": 0, \"high\": 4, \"step\": 1}}}}"

const char desk_web_domain[] = WEB_DOMAIN "\n";

const char desk_web_buyer[] =
    "{\"LinearAdditiveUtilitySpace\": {\n"
    " \"issueUtilities\": {\n"
    "  \"Price\": {\"DiscreteValueSetUtilities\": {\"valueUtilities\": {\"low\": 1, \"mid\": 0.25, "
    "\"high\": 0}}},\n"
    "  \"Speed\": {\"numberutils\": {\"lowValue\": 0, \"lowUtility\": 0.1, \"highValue\": 4, "
    "\"highUtility\": 0.9}}},\n"
    " \"issueWeights\": {\"Price\": 0.75, \"Speed\": 0.25},\n"
    " \"domain\": " WEB_DOMAIN ",\n"
    " \"name\": \"buyer\",\n"
    " \"reservationBid\": {\"issuevalues\": {\"Price\": \"mid\", \"Speed\": 2}}}}\n";

const char desk_web_seller[] =
    "{\"LinearAdditiveUtilitySpace\": {\n"
    " \"issueUtilities\": {\n"
    "  \"Price\": {\"discreteutils\": {\"valueUtilities\": {\"low\": 0.5, \"mid\": 0.6, \"high\": "
    "1}}},\n"
    "  \"Speed\": {\"NumberValueSetUtilities\": {\"lowValue\": 0, \"lowUtility\": 1, "
    "\"highValue\": "
    "4, \"highUtility\": 0}}},\n"
    " \"issueWeights\": {\"Price\": 0.4, \"Speed\": 0.6},\n"
    " \"domain\": " WEB_DOMAIN ",\n"
    " \"name\": \"seller\", \"reservationBid\": null}}\n";

/* --- reading --- */

static const char *name_of(uint32_t file, const char *ending) {
    static char names[DESK_FILES][16];
    static const char *const stems[DESK_FILES] = {"domain", "a", "b", "c"};
    snprintf(names[file], sizeof names[file], "%s.%s", stems[file], ending);
    return names[file];
}

void desk_read(Desk *desk, DeskReader *read, uint32_t steps, const char *ending,
               const char *const text[DESK_FILES]) {
    memset(desk, 0, sizeof *desk);
    foreign_init(&desk->foreign);
    for (; desk->files < DESK_FILES && text[desk->files]; desk->files++) {
        Text *bytes = &desk->bytes[desk->files];
        text_add(bytes, text[desk->files]);
        xml_to_utf8(bytes);
        desk->source[desk->files] =
            (Source){name_of(desk->files, ending), text_get(bytes), bytes->length, false};
    }
    desk->complaints.source = desk->source;
    desk->good = read(&desk->foreign, &desk->complaints, desk->files, steps);
    complaints_print(&desk->complaints, &desk->said);
}

void desk_clear(Desk *desk) {
    foreign_finish(&desk->foreign);
    text_finish(&desk->said);
    for (uint32_t i = 0; i < DESK_FILES; i++) text_finish(&desk->bytes[i]);
}

Scenario *desk_scenario(Desk *desk) {
    static const char *const files[] = {"some/where/domain.xml", "a.xml"};
    TalksPlan plan = {
        .tool = "a test", .file = files, .files = 2, .strategy = "boulware(e=0.2)", .rounds = 100};
    Text text = {0}, complaints = {0};
    Error error = {0};
    if (!desk->good) fail_msg("%s", text_get(&desk->said));
    scenario_text_add(&desk->foreign, &plan, &text);
    ScenarioRequest request = {
        .path = "imported.yaml", .text = text_get(&text), .length = text.length};
    Scenario *scenario = scenario_read(&request, &complaints, &error);
    if (!scenario) fail_msg("%s%s", text_get(&text), text_get(&complaints));
    assert_string_equal(text_get(&complaints), "");
    text_finish(&text);
    text_finish(&complaints);
    return scenario;
}

/* --- breaking --- */

Text desk_with(const char *text, const char *from, const char *to) {
    Text out = {0};
    const char *at = strstr(text, from);
    if (!at) fail_msg("there is no \"%s\" to be replaced", from);
    text_add_bytes(&out, text, (size_t)(at - text));
    text_add(&out, to);
    text_add(&out, at + strlen(from));
    return out;
}

void desk_break(DeskReader *read, const char *ending, const char *const text[DESK_FILES],
                const Break *broken, size_t count) {
    for (size_t i = 0; i < count; i++) {
        const char *files[DESK_FILES];
        Desk desk;
        Text changed = desk_with(text[broken[i].file], broken[i].from, broken[i].to);
        memcpy(files, text, sizeof files);
        files[broken[i].file] = text_get(&changed);
        desk_read(&desk, read, 0, ending, files);
        if (!strstr(text_get(&desk.said), broken[i].say))
            fail_msg("%s -> %s\nexpected %s\ngot %s", broken[i].from, broken[i].to, broken[i].say,
                     text_get(&desk.said));
        assert_int_equal(desk.good, broken[i].passes);
        desk_clear(&desk);
        text_finish(&changed);
    }
}

Utility desk_utility(const Scenario *scenario, SeatId seat, uint8_t price, uint8_t speed) {
    Outcome outcome = outcome_empty();
    outcome.option[0] = price;
    outcome.option[1] = speed;
    return profile_utility(&scenario->negotiation.profile[seat],
                           &scenario->negotiation.terms.domain, &outcome);
}
