#include "tests/core/scenario/base_scenario.h"

#include <assert.h>
#include <string.h>

const char base_scenario[] = "nonpaper: 1\n"
                             "name: base\n"
                             "time:\n"
                             "  start: 2025-01-01\n"
                             "  deadline: 30d\n"
                             "  delay: 1d\n"
                             "mechanism: open-table\n"
                             "issues:\n"
                             "  land:\n"
                             "    options: [north, middle, south]\n" /* 10 */
                             "    status_quo: middle\n"
                             "  money:\n"
                             "    options: [none, some, all]\n"
                             "    status_quo: none\n"
                             "infeasible:\n"
                             "  - when: {land: north, money: all}\n"
                             "    because: too much\n"
                             "seats:\n"
                             "  east:\n"
                             "    strategy: firm(e=0.5)\n" /* 20 */
                             "    reservation: 0.3\n"
                             "    weights: {land: 0.6, money: 0.4}\n"
                             "    values:\n"
                             "      land: {north: 1, middle: 0.5, south: 0}\n"
                             "      money: {none: 0, some: 0.5, all: 1}\n"
                             "    red_lines:\n"
                             "      - {when: {land: south, money: none}, kind: hard}\n"
                             "  west:\n"
                             "    strategy: plain()\n"
                             "    reservation: 0.25\n" /* 30 */
                             "    weights: {land: 0.5, money: 0.5}\n"
                             "    values:\n"
                             "      land: {north: 0, middle: 0.5, south: 1}\n"
                             "      money: {none: 1, some: 0.5, all: 0}\n"
                             "consent:\n"
                             "  always: [east, west]\n"
                             "  provisions:\n"
                             "    - {issue: land, options: [north, south], needs: [east]}\n"
                             "ratification:\n"
                             "  - {id: house, seat: west, threshold: 0.2, noise: 0.1, after: 5d}\n";

static const Parameter firm_parameters[] = {
    {.name = "e", .initial = 0.2, .least = 0.01, .most = 1},
    {.name = "style", .text = "calm"},
    {.name = NULL},
};
static const Strategy firm = {.name = "firm", .parameter = firm_parameters};
static const Strategy plain = {.name = "plain"};
static const Parameter boa_parameters[] = {
    {.name = "bidding", .text = "boulware"},
    {.name = "opponent", .text = "none"},
    {.name = "every", .initial = 14, .least = 1, .most = 100},
    {.name = NULL},
};
static const Strategy boa = {.name = "boa", .parameter = boa_parameters};
static const Strategy *const strategies[] = {&firm, &plain, &boa};

StrategyCatalogue fake_catalogue(void) {
    return (StrategyCatalogue){strategies, sizeof strategies / sizeof strategies[0]};
}

Text base_with(const char *from, const char *to) {
    Text text = {0};
    const char *at = strstr(base_scenario, from);
    assert(at && "the test replaces what is there");
    text_add_bytes(&text, base_scenario, (size_t)(at - base_scenario));
    text_add(&text, to);
    text_add(&text, at + strlen(from));
    return text;
}

Scenario *base_read(const char *bytes, size_t length, const Setting *settings, size_t setting_count,
                    Text *complaints, Error *error) {
    ScenarioRequest request = {.path = "s.yaml",
                               .text = bytes,
                               .length = length,
                               .settings = settings,
                               .setting_count = setting_count,
                               .catalogue = fake_catalogue()};
    return scenario_read(&request, complaints, error);
}
