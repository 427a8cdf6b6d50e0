/* Domains and profiles as GENIUS writes them. */
#include "core/interchange/genius.h"

#include <string.h>

/* --- XML --- */

/* What XML has no word for becomes a blank. */
static void add_escaped(Text *out, const char *text) {
    for (; *text; text++) {
        switch (*text) {
        case '&': text_add(out, "&amp;"); break;
        case '<': text_add(out, "&lt;"); break;
        case '>': text_add(out, "&gt;"); break;
        case '"': text_add(out, "&quot;"); break;
        default: text_add_bytes(out, (unsigned char)*text < ' ' ? " " : text, 1);
        }
    }
}

static void add_attribute(Text *out, const char *name, const char *value) {
    text_addf(out, " %s=\"", name);
    add_escaped(out, value);
    text_add(out, "\"");
}

static void add_value(Text *out, const char *element, const char *index, double number) {
    char shown[32];
    text_addf(out, "  <%s%s value=\"%s\"/>\n", element, index, text_double(shown, number));
}

/* --- either file --- */

/* Evaluations where a profile is given. */
static void add_issue(const Foreign *foreign, uint8_t number, const ForeignProfile *profile,
                      Text *out) {
    const ForeignIssue *issue = &foreign->issue[number];
    char shown[32];
    text_addf(out, "    <issue index=\"%u\"", number + 1u);
    add_attribute(out, "name", issue->name);
    text_add(out, " vtype=\"discrete\" type=\"discrete\" etype=\"discrete\">\n");
    for (uint8_t i = 0; i < issue->options; i++) {
        text_addf(out, "      <item index=\"%u\"", i + 1u);
        add_attribute(out, "value", issue->option[i]);
        if (profile)
            add_attribute(out, "evaluation", text_double(shown, profile->value[number][i]));
        text_add(out, "/>\n");
    }
    text_add(out, "    </issue>\n");
}

static void add_issues(const Foreign *foreign, const ForeignProfile *profile, Text *out) {
    text_add(out,
             "  <objective index=\"0\" name=\"root\" type=\"objective\" etype=\"objective\">\n");
    for (uint8_t i = 0; i < foreign->issues; i++) add_issue(foreign, i, profile, out);
    for (uint8_t i = 0; profile && i < foreign->issues; i++) {
        Text index = {0};
        text_addf(&index, " index=\"%u\"", i + 1u);
        text_add(out, "  ");
        add_value(out, "weight", text_get(&index), profile->weight[i]);
        text_finish(&index);
    }
    text_add(out, "  </objective>\n");
}

void genius_write_domain(const Foreign *foreign, Text *out) {
    text_addf(out, "<negotiation_template>\n<utility_space number_of_issues=\"%u\">\n",
              foreign->issues);
    add_issues(foreign, NULL, out);
    text_add(out, "</utility_space>\n</negotiation_template>\n");
}

void genius_write_profile(const Foreign *foreign, const ForeignProfile *profile, Text *out) {
    text_add(out, "<utility_space>\n");
    add_issues(foreign, profile, out);
    add_value(out, "discount_factor", "", profile->discount);
    add_value(out, "reservation", "", profile->reservation);
    text_add(out, "</utility_space>\n");
}
