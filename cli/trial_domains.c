/* The domains in which strategies are tried: each has something that another has not. */
#include <stdio.h>

#include "agents/strategies.h"
#include "cli/trial.h"

#define HEAD   "nonpaper: 1\nname: trial\n"
#define OPEN   "mechanism: open-table\n"
#define SEAT_A "weights: {x: 0.6, y: 0.4}\n    values: {x: {a: 0, b: 0.5, c: 1}, y: {d: 0, e: 1}}\n"
#define SEAT_B "weights: {x: 0.5, y: 0.5}\n    values: {x: {a: 1, b: 0.6, c: 0}, y: {d: 1, e: 0}}\n"
#define TWO    "issues:\n  x: {options: [a, b, c], status_quo: a}\n  y: {options: [d, e]}\n"
#define BOTH                                                                                       \
    "seats:\n  s0:\n    strategy: linear\n    reservation: 0.2\n    " SEAT_A                       \
    "  s1:\n    strategy: linear\n    reservation: 0.3\n    " SEAT_B

const TrialDomain trial_domains[] = {
    {"tiny",
     HEAD OPEN
     "time: {start: 2025-01-01, deadline: 30d}\nissues:\n  x: {options: [no, yes]}\n"
     "seats:\n"
     "  s0: {strategy: linear, reservation: 0.1, weights: {x: 1}, values: {x: {no: 0, yes: 1}}}\n"
     "  s1: {strategy: linear, reservation: 0.1, weights: {x: 1}, values: {x: {no: 1, yes: "
     "0.5}}}\n",
     0, 0},
    {"open",
     HEAD
     "mechanism: {kind: open-table, menu: 2}\ntime: {start: 2025-01-01, deadline: 60d}\n" TWO BOTH,
     0, 0},
    {"hurried", HEAD OPEN "time: {start: 2025-01-01, deadline: 1d}\n" TWO BOTH, 0, 0},
    {"turns",
     HEAD "mechanism: {kind: stacked-alternating-offers, turn: 1d}\n"
          "time: {start: 2025-01-01, deadline: 40d}\n" TWO BOTH,
     0, 0},
    {"rounds",
     HEAD
     "mechanism: {kind: simultaneous, turn: 1d}\ntime: {start: 2025-01-01, deadline: 40d}\n" TWO
         BOTH,
     0, 0},
    {"nothing to agree on",
     HEAD OPEN
     "time: {start: 2025-01-01, deadline: 40d, stalled: {window: 20d, epsilon: 0.01}}\n" TWO
     "seats:\n  s0:\n    strategy: linear\n    reservation: 0.9\n    red_lines: [{when: {x: b}, "
     "kind: hard}]\n    " SEAT_A "  s1:\n    strategy: linear\n    reservation: 0.9\n    " SEAT_B,
     0, 0},
    {"red lines",
     HEAD OPEN
     "time: {start: 2025-01-01, deadline: 60d}\n"
     "issues:\n  x: {options: [a, b, c], status_quo: a, separable: true}\n  y: {options: [d, e]}\n"
     "seats:\n  s0:\n    strategy: linear\n    reservation: 0.2\n    discount: {factor: 0.97, "
     "every: "
     "5d}\n    red_lines: [{when: {x: c, y: d}, kind: hard}, {when: {y: d}, kind: soft, penalty: "
     "0.1}]\n"
     "    linkages: [{when: {x: b, y: e}, bonus: 0.1}]\n    " SEAT_A
     "  s1:\n    strategy: linear\n    reservation: 0.3\n    red_lines: [{when: {x: c}, kind: "
     "hard}]\n"
     "    " SEAT_B "infeasible: [{when: {x: a, y: e}, because: \"they do not go together\"}]\n"
     "ratification:\n  - {id: house, seat: s1, threshold: 0.4, noise: 0.1, after: 9d}\n",
     0, 0},
    {"three seats",
     HEAD
     "mechanism: {kind: open-table, menu: 2}\ntime: {start: 2025-01-01, deadline: 60d}\n" TWO
     "tables:\n  back: {members: [s0, s2], leak: 0.3}\naudience_cost: {base: 0.02, step: 0.01}\n"
     "seats:\n  s0:\n    strategy: linear\n    delay: 6h\n    reservation: 0.2\n    " SEAT_A
     "  s1:\n    strategy: linear\n    delay: 50h\n    reservation: 0.3\n    " SEAT_B
     "  s2:\n    strategy: linear\n    reservation: 0.1\n    types: [{id: hawk, prior: 0.4, "
     "weights: {x: 0.9, y: 0.1}, values: {x: {a: 0, b: 0.2, c: 1}, y: {d: 0, e: 1}}}, {id: dove, "
     "prior: 0.6, weights: {x: 0.5, y: 0.5}, values: {x: {a: 0, b: 0.9, c: 1}, y: {d: 1, e: 0}}}]\n"
     "consent: {always: [s0], provisions: [{issue: x, options: b, needs: [s0, s1]}]}\n",
     0, 0},
    {"world",
     HEAD OPEN "time: {start: 2025-01-01, deadline: 60d}\n" TWO "world:\n  tick: 1d\n  variables:\n"
               "    v: {start: 1, least: 0, most: 5, drift: {linear: {constant: 0.04, of: {v: "
               "-0.02}}}, noise: 0.1, seen_by: [s0], "
               "lag: 2d, notice: 0.1}\n"
               "  levers:\n    arms: {seat: s0, start: 0, least: 0, most: 1, effects: [{variable: "
               "v, add: -1}]}\n    aid: {seat: s1, start: 0, least: 0, most: 1, cost: 0.01, "
               "effects: [{variable: v, add: "
               "1}]}\n"
               "  shocks:\n    - {id: turn, title: a turn, at: 20d, seen_by: [s0, s1], effects: "
               "[{issue: x, option: "
               "b}]}\n"
               "seats:\n  s0:\n    strategy: linear\n    reservation: {linear: {constant: 0.1, of: "
               "{v: 0.1}}}\n    " SEAT_A "  s1:\n    strategy: linear\n    reservation: {linear: "
               "{constant: 0.6, of: {v: -0.1}}}\n    " SEAT_B
               "ratification:\n  - {id: house, seat: s1, threshold: 0.1, noise: 0.1, after: 9d}\n",
     0, 0},
    {"single text",
     HEAD
     "mechanism: {kind: single-text, mediator: s2}\ntime: {start: 2025-01-01, deadline: 60d}\n" TWO
         BOTH "  s2:\n    strategy: mediator\n    reservation: 0\n    " SEAT_A,
     0, 0},
    {"large", HEAD OPEN "time: {start: 2025-01-01, deadline: 20d}\n", 6, 6},
    {"huge", HEAD OPEN "time: {start: 2025-01-01, deadline: 6d}\n", 24, 12},
    {NULL, NULL, 0, 0},
};

/* --- many issues --- */

static void add_issues(const TrialDomain *domain, Text *yaml) {
    text_add(yaml, "issues:\n");
    for (uint32_t i = 0; i < domain->issues; i++) {
        text_addf(yaml, "  i%u: {options: [", i);
        for (uint32_t o = 0; o < domain->options; o++) text_addf(yaml, "%so%u", o ? ", " : "", o);
        text_add(yaml, "]}\n");
    }
}

static void add_seat(const TrialDomain *domain, uint32_t seat, Text *yaml) {
    uint32_t sum = domain->issues * (domain->issues + 1) / 2;
    text_addf(yaml, "  s%u:\n    strategy: linear\n    reservation: 0.3\n    weights: {", seat);
    for (uint32_t i = 0; i < domain->issues; i++)
        text_addf(yaml, "%si%u: %.12f", i ? ", " : "", i,
                  (double)(seat == 0 ? i + 1 : domain->issues - i) / sum);
    text_add(yaml, "}\n    values:\n");
    for (uint32_t i = 0; i < domain->issues; i++) {
        text_addf(yaml, "      i%u: {", i);
        for (uint32_t o = 0; o < domain->options; o++)
            text_addf(yaml, "%so%u: %.6f", o ? ", " : "", o,
                      (double)(seat == 0 ? o : domain->options - 1 - o) / (domain->options - 1));
        text_add(yaml, "}\n");
    }
}

Scenario *trial_scenario(const TrialDomain *domain, Error *error) {
    Text yaml = {0}, complaints = {0};
    text_add(&yaml, domain->yaml);
    if (domain->issues > 0) {
        add_issues(domain, &yaml);
        text_add(&yaml, "seats:\n");
        for (uint32_t seat = 0; seat < 2; seat++) add_seat(domain, seat, &yaml);
    }
    ScenarioRequest request = {.path = domain->name,
                               .text = text_get(&yaml),
                               .length = yaml.length,
                               .catalogue = strategies_builtin()};
    Scenario *scenario = scenario_read(&request, &complaints, error);
    if (scenario == NULL) fputs(text_get(&complaints), stderr);
    text_finish(&complaints);
    text_finish(&yaml);
    return scenario;
}
