#include "tests/cli/shell.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static char directory[] = "/tmp/nonpaper-command-test-folder-XXXXXX";
static Text output, complaints;

static void read_file(const char *name, Text *text) {
    char path[256], bytes[4096];
    snprintf(path, sizeof path, "%s/%s", directory, name);
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    text_clear(text);
    for (size_t count; (count = fread(bytes, 1, sizeof bytes, file)) > 0;)
        text_add_bytes(text, bytes, count);
    fclose(file);
}

int shell(const char *line) {
    Text script = {0};
    text_addf(&script, "cd '%s' && ( %s ) >out 2>err </dev/null", directory, line);
    int status = system(text_get(&script));
    text_finish(&script);
    read_file("out", &output);
    read_file("err", &complaints);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

const char *shell_output(void) {
    return text_get(&output);
}

const char *shell_complaints(void) {
    return text_get(&complaints);
}

void shell_begin(void) {
    assert_non_null(mkdtemp(directory));
    setenv("N", NONPAPER_BINARY_DIR "/nonpaper", 1);
    setenv("S", NONPAPER_SOURCE_DIR, 1);
    setenv("NO_COLOR", "1", 1);
}

void shell_end(void) {
    char line[128];
    text_finish(&output);
    text_finish(&complaints);
    snprintf(line, sizeof line, "rm -rf '%s'", directory);
    assert_int_equal(system(line), 0);
}

static void expect(const char *line, const char *stream, const char *found, const char *wanted) {
    if (wanted == NULL && found[0] != '\0')
        fail_msg("%s: %s should be empty: %s", line, stream, found);
    if (wanted != NULL && strstr(found, wanted) == NULL)
        fail_msg("%s: %s lacks \"%s\": %s", line, stream, wanted, found);
}

void try_all(const Case *cases, size_t count) {
    for (size_t i = 0; i < count; i++) {
        int code = shell(cases[i].line);
        if (code != cases[i].code)
            fail_msg("%s: exit code %d: %s", cases[i].line, code, text_get(&complaints));
        expect(cases[i].line, "stdout", text_get(&output), cases[i].out);
        expect(cases[i].line, "stderr", text_get(&complaints), cases[i].err);
    }
}
