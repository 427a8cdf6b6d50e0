/* Scenario files: any bytes give a scenario, or complaints that point. */
#include "agents/strategies.h"
#include "core/scenario/scenario.h"
#include "tests/fuzz/fuzzer.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length) {
    ScenarioRequest request = {.path = "fuzzed.yaml",
                               .text = (const char *)bytes,
                               .length = length,
                               .catalogue = strategies_builtin()};
    Text complaints = {0};
    Error error = {0};
    Scenario *scenario = scenario_read(&request, &complaints, &error);
    must((scenario == NULL) == (error.kind != ERROR_NONE));
    if (scenario == NULL) must(error.text[0] != '\0' && complaints.length > 0);
    if (scenario != NULL) {
        const Terms *terms = &scenario->negotiation.terms;
        must(terms->seats >= 2 && terms->seats <= NP_MAX_SEATS && terms->lookahead >= 1);
        ScenarioFacts facts = scenario_facts(scenario);
        must(facts.feasible <= facts.raw && facts.raw >= 1);
    }
    scenario_destroy(scenario);
    text_finish(&complaints);
    return 0;
}
