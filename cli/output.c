#include "cli/output.h"

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The first failure of stdout in this process; 0: none. */
static int stdout_errno;

bool output_color(const Options *options, FILE *stream) {
    enum { AUTO, ALWAYS, NEVER };
    int choice = option_choice(options, "color", AUTO);
    if (choice != AUTO) return choice == ALWAYS;
    const char *none = getenv("NO_COLOR"), *terminal = getenv("TERM");
    if (none != NULL && none[0] != '\0') return false;
    if (terminal == NULL || strcmp(terminal, "dumb") == 0) return false;
    return isatty(fileno(stream)) == 1;
}

void output_result(Text *text) {
    errno = 0;
    size_t written = fwrite(text_get(text), 1, text->length, stdout);
    if (written != text->length && stdout_errno == 0) stdout_errno = errno != 0 ? errno : EIO;
    text_clear(text);
}

void output_flush(void) {
    errno = 0;
    if (fflush(stdout) != 0 && stdout_errno == 0) stdout_errno = errno != 0 ? errno : EIO;
}

void output_complaints(Text *text) {
    fwrite(text_get(text), 1, text->length, stderr);
    text_clear(text);
}

void output_note(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    fputs("nonpaper: ", stderr);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
    va_end(arguments);
}

int output_error(const Error *error) {
    if (error->kind == ERROR_NONE) return 0;
    char safe[sizeof error->text * 4];
    output_note("%s", text_safe(safe, sizeof safe, error->text));
    return (int)error->kind;
}

int output_finish(int code) {
    output_flush();
    if (stdout_errno == 0 || stdout_errno == EPIPE) return code;
    static bool said;
    if (!said) output_note("cannot write the results: %s", strerror(stdout_errno));
    said = true;
    return ERROR_IO;
}

Json output_json(Text *text, const char *schema) {
    Json json = {.text = text};
    json_object(&json, NULL);
    json_string(&json, "schema", schema);
    return json;
}

void output_json_end(Json *json) {
    json_end_object(json);
    text_add(json->text, "\n");
    output_result(json->text);
    text_finish(json->text);
}

void output_packages(Text *out, double raw, double feasible) {
    text_addf(out, "%.0f packages, ", raw);
    if (feasible < 0)
        text_add(out, "too entangled to count the feasible ones");
    else
        text_addf(out, "%.0f of them feasible", feasible);
}

void output_json_count(Json *json, const char *key, double count) {
    const double exact = 9007199254740992.0; /* 2^53 */
    if (count < 0)
        json_null(json, key);
    else if (count < exact)
        json_int(json, key, (int64_t)count);
    else
        json_double(json, key, count);
}
