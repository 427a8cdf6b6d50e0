/* Domains and profiles as GeniusWeb reads them. */
#include "core/base/json.h"
#include "core/interchange/geniusweb.h"

static void add_domain(const Foreign *foreign, const char *key, Json *json) {
    json_object(json, key);
    json_string(json, "name", foreign->name);
    json_object(json, "issuesValues");
    for (uint8_t k = 0; k < foreign->issues; k++) {
        const ForeignIssue *issue = &foreign->issue[k];
        json_object(json, issue->name);
        json_array(json, "values");
        for (uint8_t i = 0; i < issue->options; i++) json_string(json, NULL, issue->option[i]);
        json_end_array(json);
        json_end_object(json);
    }
    json_end_object(json);
    json_end_object(json);
}

static void add_utilities(const Foreign *foreign, const ForeignProfile *profile, Json *json) {
    json_object(json, "issueUtilities");
    for (uint8_t k = 0; k < foreign->issues; k++) {
        const ForeignIssue *issue = &foreign->issue[k];
        json_object(json, issue->name);
        json_object(json, "DiscreteValueSetUtilities");
        json_object(json, "valueUtilities");
        for (uint8_t i = 0; i < issue->options; i++)
            json_double(json, issue->option[i], profile->value[k][i]);
        json_end_object(json);
        json_end_object(json);
        json_end_object(json);
    }
    json_end_object(json);
    json_object(json, "issueWeights");
    for (uint8_t k = 0; k < foreign->issues; k++)
        json_double(json, foreign->issue[k].name, profile->weight[k]);
    json_end_object(json);
}

static void add_reservation(const Foreign *foreign, const Outcome *reservation, Json *json) {
    if (reservation == NULL) {
        json_null(json, "reservationBid");
        return;
    }
    json_object(json, "reservationBid");
    json_object(json, "issuevalues");
    for (uint8_t k = 0; k < foreign->issues; k++)
        json_string(json, foreign->issue[k].name, foreign->issue[k].option[reservation->option[k]]);
    json_end_object(json);
    json_end_object(json);
}

void geniusweb_write_domain(const Foreign *foreign, Text *out) {
    Json json = {.text = out};
    add_domain(foreign, NULL, &json);
    text_add(out, "\n");
}

void geniusweb_write_profile(const Foreign *foreign, const ForeignProfile *profile,
                             const Outcome *reservation, Text *out) {
    Json json = {.text = out};
    json_object(&json, NULL);
    json_object(&json, "LinearAdditiveUtilitySpace");
    add_utilities(foreign, profile, &json);
    add_domain(foreign, "domain", &json);
    json_string(&json, "name", profile->name);
    add_reservation(foreign, reservation, &json);
    json_end_object(&json);
    json_end_object(&json);
    text_add(out, "\n");
}
