/* Writes a scenario to start from. */
#include <string.h>

#include "cli/commands.h"
#include "cli/new_file.h"
#include "cli/output.h"
#include "cli/shell_word.h"
#include "cli/templates.h"

static bool write_file(const char *path, const char *scenario, Error *error) {
    Text text = {0};
    if (path[0] == '\0') return error_set(error, ERROR_CANT_CREATE, "a scenario file needs a name");
    text_add(&text, scenario);
    bool good = new_file_write(path, &text, false, error); /* never over what is there */
    text_finish(&text);
    return good;
}

int command_new(const Options *options) {
    const char *path = option_text(options, "output", "scenario.yaml");
    const Template *template = &templates[option_choice(options, "template", 0)];
    Error error = {0};
    Text text = {0};
    if (strcmp(path, "-") == 0) {
        text_add(&text, template->text);
    } else {
        if (!write_file(path, template->text, &error)) return output_error(&error);
        text_add(&text, "Wrote ");
        text_add_safe(&text, path);
        text_add(&text, ".\nNext: nonpaper check ");
        shell_word_add(&text, path);
        text_add(&text, "; nonpaper run ");
        shell_word_add(&text, path);
        text_add(&text, "\n");
    }
    output_result(&text);
    text_finish(&text);
    return 0;
}
