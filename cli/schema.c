/* The JSON Schema of scenarios, for editors. */
#include "cli/commands.h"
#include "cli/output.h"
#include "core/scenario/manual.h"

int command_schema(const Options *options) {
    Text text = {0};
    (void)options;
    scenario_schema(&text);
    output_result(&text);
    text_finish(&text);
    return 0;
}
