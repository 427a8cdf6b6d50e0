/* Writes a scenario to start from. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "cli/commands.h"
#include "cli/output.h"
#include "cli/shell_word.h"
#include "cli/templates.h"

static bool write_file(const char *path, const char *text, Error *error) {
    char safe[512];
    text_safe(safe, sizeof safe, path);
    if (path[0] == '\0') return error_set(error, ERROR_CANT_CREATE, "a scenario file needs a name");
    FILE *file = fopen(path, "wbx"); /* never over what is there */
    if (file == NULL) return error_set(error, ERROR_CANT_CREATE, "%s: %s", safe, strerror(errno));
    size_t length = strlen(text);
    bool good = fwrite(text, 1, length, file) == length;
    int reason = errno;
    if (fclose(file) != 0 && good) {
        good = false;
        reason = errno;
    }
    if (good) return true;
    return error_set(error, ERROR_IO, "%s: %s", safe, strerror(reason));
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
