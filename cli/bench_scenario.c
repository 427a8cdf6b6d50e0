/* Tables that are made up for measuring. Written as YAML, since a record carries its scenario's text. */
#include <stdio.h>

#include "agents/strategies.h"
#include "cli/bench.h"
#include "core/base/text.h"

static void write_issues(const BenchTable *table, Text *yaml) {
    text_add(yaml, "issues:\n");
    for (unsigned issue = 0; issue < table->issues; issue++) {
        text_addf(yaml, "  issue%u: {options: [", issue);
        for (unsigned option = 0; option < table->options; option++)
            text_addf(yaml, "%soption%u", option == 0 ? "" : ", ", option);
        text_add(yaml, "]}\n");
    }
}

/* The first issues matter most to the first seats; neighbours want the opposite of each other. Uneven, so
 * that no two packages are worth the same. */
static unsigned points(const BenchTable *table, unsigned seat, unsigned issue) {
    return 100 + 37 * ((issue + seat) % table->issues) + 3 * issue;
}

static void write_weights(const BenchTable *table, unsigned seat, Text *yaml) {
    unsigned sum = 0;
    for (unsigned issue = 0; issue < table->issues; issue++) sum += points(table, seat, issue);
    text_add(yaml, "    weights: {");
    for (unsigned issue = 0; issue < table->issues; issue++)
        text_addf(yaml, "%sissue%u: %.9f", issue == 0 ? "" : ", ", issue,
                  points(table, seat, issue) / (double)sum);
    text_add(yaml, "}\n");
}

static double worth(const BenchTable *table, unsigned seat, unsigned issue, unsigned option) {
    unsigned most = table->options - 1;
    unsigned step = seat % 2 == 0 ? most - option : option;
    double uneven = step == 0 || step == most ? 0 : 0.01 * ((7 * issue + 3 * seat + step) % 10);
    return step / (double)most + uneven / most;
}

static void write_values(const BenchTable *table, unsigned seat, Text *yaml) {
    text_add(yaml, "    values:\n");
    for (unsigned issue = 0; issue < table->issues; issue++) {
        text_addf(yaml, "      issue%u: {", issue);
        for (unsigned option = 0; option < table->options; option++)
            text_addf(yaml, "%soption%u: %.4f", option == 0 ? "" : ", ", option,
                      worth(table, seat, issue, option));
        text_add(yaml, "}\n");
    }
}

static void write_scenario(const BenchTable *table, Text *yaml) {
    text_addf(yaml,
              "nonpaper: 1\nname: bench\ntime: {start: 2025-01-01, deadline: %ud, delay: 1d}\n"
              "mechanism: %s\n",
              table->days, table->mechanism);
    write_issues(table, yaml);
    text_add(yaml, "seats:\n");
    for (unsigned seat = 0; seat < table->seats; seat++) {
        text_addf(yaml, "  seat%u:\n    strategy: %s\n    reservation: 0.1\n", seat,
                  table->strategy);
        write_weights(table, seat, yaml);
        write_values(table, seat, yaml);
    }
}

Scenario *bench_scenario(const BenchTable *table, Error *error) {
    Text yaml = {0}, complaints = {0};
    write_scenario(table, &yaml);
    ScenarioRequest request = {.path = "bench",
                               .text = text_get(&yaml),
                               .length = yaml.length,
                               .catalogue = strategies_builtin()};
    Scenario *scenario = scenario_read(&request, &complaints, error);
    text_finish(&complaints);
    text_finish(&yaml);
    return scenario;
}

Scenario *bench_boulware(unsigned seats, unsigned rounds, Error *error) {
    char mechanism[96];
    snprintf(mechanism, sizeof mechanism,
             "{kind: stacked-alternating-offers, turn: 1d, rounds: %u}", rounds);
    BenchTable table = {.mechanism = mechanism,
                        .strategy = "boulware",
                        .seats = seats,
                        .issues = 5,
                        .options = 5,
                        .days = rounds * seats};
    return bench_scenario(&table, error);
}
