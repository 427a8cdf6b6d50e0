#include "tests/core/scenario/world_scenario.h"

#include <assert.h>
#include <string.h>

/* clang-format off */
const char world_scenario[] =
    "nonpaper: 1\n"
    "name: world\n"
    "time: {start: 2025-01-01, deadline: 300d, breaks_off: 200d}\n"
    "mechanism: open-table\n"
    "issues:\n"
    "  land:\n"
    "    options: [north, middle, south]\n"
    "    status_quo: middle\n"
    "  pact:\n"
    "    options: [none, pledge, alliance]\n" /* 10 */
    "    status_quo: none\n"
    "  funds:\n"
    "    options: [frozen, split, given]\n"
    "    status_quo: frozen\n"
    "infeasible:\n"
    "  - {when: {land: north, pact: alliance}, because: too much}\n"
    "tables:\n"
    "  harbour: {title: Harbour talks, members: [east, west], leak: 0.25}\n"
    "audience_cost: {base: 0.02, step: 0.03}\n"
    "world:\n" /* 20 */
    "  tick: 1d\n"
    "  variables:\n"
    "    tempo: {title: Tempo, unit: a day, start: 1, least: 0, most: 2}\n"
    "    losses: {start: 10, least: 0, drift: {linear: {of: {tempo: 0.5}}}, noise: 0.5, seen_by: [east], lag: 7d, error: 2, notice: 3}\n"
    "    supply: {start: 1, least: 0, most: 5, seen_by: [east, west]}\n"
    "    given: {input: {issue: funds, values: {given: 1, split: 0.5}}}\n"
    "    balance: {is: {linear: {constant: 0.5, of: {supply: 1, given: 0.5}}}}\n"
    "    chance: {is: {logistic: {least: 0.2, most: 0.8, midpoint: 1, slope: 2, of: {balance: 1}}}}\n"
    "    prize: {start: 0.8}\n"
    "    toll: {is: {saturating: {most: 0.4, half: 30, of: {losses: 1}}}}\n" /* 30 */
    "  levers:\n"
    "    aid:\n"
    "      title: Aid\n"
    "      seat: west\n"
    "      start: 1\n"
    "      least: 0\n"
    "      most: 2\n"
    "      cost: 0.01\n"
    "      upkeep: 0.02\n"
    "      delay: 30d\n" /* 40 */
    "      effects:\n"
    "        - {variable: supply, add: 1}\n"
    "        - {variable: supply, drift: -0.1, lasting: 90d}\n"
    "        - {issue: funds, option: given}\n"
    "        - {authority: east}\n"
    "      pulls:\n"
    "        - {at: 60d, level: 0}\n"
    "        - {at: 2025-02-01, level: 2}\n"
    "    tempo: {seat: north, effects: [{variable: tempo, add: 0.5}]}\n"
    "  shocks:\n" /* 50 */
    "    - {id: harvest, title: A bad harvest, at: 2025-06-01, seen_by: [west], effects: [{variable: supply, add: -1}]}\n"
    "    - {id: luck, every: 400d, most: 2}\n"
    "    - {id: break, when: {variable: supply, below: 0.3}, effects: [{end: true}]}\n"
    "    - {id: spring, every: 90d, when: {variable: tempo, above: 1.5}}\n"
    "  steps: {reservation: 0.002, deal: 0.05}\n"
    "seats:\n"
    "  east:\n"
    "    strategy: firm(e=0.5)\n"
    "    reservation: {lottery: {chance: chance, prize: prize, cost: toll}}\n"
    "    aftermath: {threshold: {at: 2, below: 0.1, above: 0.3, of: {supply: 1}}}\n" /* 60 */
    "    eroded: {exponential: {least: 1, most: 0, rate: 0.1, of: {losses: 1}}}\n"
    "    loss_aversion: 2\n"
    "    authority: required\n"
    "    discount: {factor: 0.98, every: 30d, meanwhile: 0.4}\n"
    "    weights: {land: 0.5, pact: 0.25, funds: 0.25}\n"
    "    values:\n"
    "      land: {north: 1, middle: 0.5, south: 0}\n"
    "      pact: {none: 0, pledge: 0.5, alliance: 1}\n"
    "      funds: {frozen: 0, split: 0.5, given: 1}\n"
    "    red_lines:\n" /* 70 */
    "      - {when: {land: south}, kind: soft, penalty: 0.2}\n"
    "  west:\n"
    "    strategy: plain()\n"
    "    reservation: 0.25\n"
    "    aftermath: 0.1\n"
    "    weights: {land: 0.5, pact: 0.25, funds: 0.25}\n"
    "    values:\n"
    "      land: {north: 1, middle: 0.5, south: 0}\n"
    "      pact: {none: 0, pledge: 1, alliance: 0.5}\n"
    "      funds: {frozen: 0.5, split: 1, given: 0}\n" /* 80 */
    "  north:\n"
    "    strategy: plain()\n"
    "    reservation: 0.3\n"
    "    weights: {land: 0.5, pact: 0.4, funds: 0.1}\n"
    "    types:\n"
    "      - id: proud\n"
    "        prior: 0.5\n"
    "        reservation: 0.4\n"
    "        values:\n"
    "          land: {north: 0, middle: 0.5, south: 1}\n" /* 90 */
    "          pact: {none: 1, pledge: 0.5, alliance: 0}\n"
    "          funds: {frozen: 0.5, split: 0.5, given: 0}\n"
    "        red_lines:\n"
    "          - {when: {pact: alliance}, kind: hard}\n"
    "      - id: tired\n"
    "        prior: 0.5\n"
    "        weights: {land: 0.4, pact: 0.4, funds: 0.2}\n"
    "        values:\n"
    "          land: {north: 0, middle: 1, south: 1}\n"
    "          pact: {none: 1, pledge: 1, alliance: 0.5}\n" /* 100 */
    "          funds: {frozen: 0.5, split: 0.5, given: 0}\n"
    "enforcement:\n"
    "  hazard: {base: 0.05, shape: 0.8}\n"
    "  discount: 0.95\n"
    "  horizon: 12\n"
    "  covariates:\n"
    "    - {id: guarantee, effect: -2.5, issue: pact, values: {pledge: 0.4, alliance: 0.8}}\n"
    "    - {id: imbalance, effect: 0.4, variable: balance}\n"
    "  deterrence:\n"
    "    attacker: north\n" /* 110 */
    "    attack: {linear: {of: {chance: 0.9}}}\n"
    "    intervention: 0.4\n"
    "    issue: pact\n"
    "    credibility: {pledge: 0.3, alliance: 0.8}\n"
    "  probes: 2\n"
    "  observe: 730d\n"
    "later_steps:\n"
    "  - {id: upgrade, title: The pledge becomes an alliance, when: {pact: pledge}, to: {pact: alliance}, after: 730d, chance: 0.3}\n";
/* clang-format on */

static void replace(Text *text, const char *from, const char *to) {
    Text whole = {0};
    const char *at = strstr(text_get(text), from);
    assert(at && "the test replaces what is there");
    text_add_bytes(&whole, text->bytes, (size_t)(at - text->bytes));
    text_add(&whole, to);
    text_add(&whole, at + strlen(from));
    text_finish(text);
    *text = whole;
}

Text world_with(const char *from, const char *to) {
    Text text = {0};
    text_add(&text, world_scenario);
    replace(&text, from, to);
    return text;
}
