#include "cli/scenario_file.h"

#include "agents/strategies.h"

Scenario *scenario_file_read(const char *path, Text *complaints, Error *error) {
    ScenarioRequest request = {.path = path, .catalogue = strategies_builtin()};
    return scenario_read(&request, complaints, error);
}
