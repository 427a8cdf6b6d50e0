/* nonpaper strategy new: a strategy to start from, in the language of one's choice. */
#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/output.h"
#include "cli/shell_word.h"
#include "cli/strategy_words.h"
#include "cli/templates.h"

enum { MAX_NAME = 48, MAX_PATH = 1024 };

/* What a language needs. %s is the name. */
typedef struct Piece {
    const char *template, *file;
    bool program; /* may be executed */
} Piece;

typedef struct Language {
    const char *name, *own; /* what its template is called */
    Piece piece[2];         /* a NULL template ends them */
    const char *next;
} Language;

/* As in commands.c. */
static const Language languages[] = {
    {"c",
     "patient",
     {{"c", "%s.c", false}, {"cmake.txt", "CMakeLists.txt", false}},
     "cmake -S . -B build && cmake --build build; nonpaper strategy test build/%s.so"},
    {"lua", "mine", {{"lua", "%s.lua", false}}, "nonpaper strategy test %s.lua"},
    {"python", "patient", {{"py", "%s.py", true}}, "nonpaper strategy test ./%s.py"},
};

/* --- the text --- */

static bool is_word(char letter) {
    return isalnum((unsigned char)letter) || letter == '_';
}

static const char *text_of(const char *template) {
    const Template *at = strategy_templates;
    while (strcmp(at->name, template) != 0) at++;
    return at->text;
}

/* Where a template is called `own`, or its type is, it gets its new name. */
static void add_named(Text *out, const char *text, const char *own, const char *name) {
    size_t rest = strlen(own) - 1;
    for (const char *at = text; *at != '\0'; at++) {
        bool same = (at == text || !is_word(at[-1])) && strncmp(at + 1, own + 1, rest) == 0 &&
                    (*at == own[0] || *at == toupper((unsigned char)own[0])) &&
                    !is_word(at[1 + rest]);
        if (!same) {
            text_add_bytes(out, at, 1);
            continue;
        }
        text_addf(out, "%c%s", *at == own[0] ? name[0] : toupper((unsigned char)name[0]), name + 1);
        at += rest;
    }
}

/* --- files --- */

static bool is_name(const char *name) {
    size_t length = strlen(name);
    if (length == 0 || length > MAX_NAME || name[0] < 'a' || name[0] > 'z') return false;
    return strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_") == length;
}

static bool path_of(char path[MAX_PATH], const char *directory, const Piece *piece,
                    const char *name, Error *error) {
    char file[MAX_NAME + 16];
    snprintf(file, sizeof file, piece->file, name);
    int length = snprintf(path, MAX_PATH, "%s/%s", directory, file);
    return length < MAX_PATH || error_set(error, ERROR_CANT_CREATE, "the path is too long");
}

static bool write_new(const char *path, const Text *text, bool program, Error *error) {
    char safe[512];
    FILE *file = fopen(path, "wbx"); /* never over what is there */
    bool good = file != NULL && fwrite(text_get(text), 1, text->length, file) == text->length;
    if (file != NULL && fclose(file) != 0) good = false;
    if (good && program) good = chmod(path, 0755) == 0;
    return good || error_set(error, file == NULL ? ERROR_CANT_CREATE : ERROR_IO, "%s: %s",
                             text_safe(safe, sizeof safe, path), strerror(errno));
}

/* None is written where one of them is there. */
static bool is_free(const Language *language, const char *directory, const char *name,
                    Error *error) {
    char path[MAX_PATH], safe[512];
    for (size_t i = 0; i < 2 && language->piece[i].template != NULL; i++) {
        if (!path_of(path, directory, &language->piece[i], name, error)) return false;
        if (access(path, F_OK) == 0)
            return error_set(error, ERROR_CANT_CREATE, "%s: %s", text_safe(safe, sizeof safe, path),
                             strerror(EEXIST));
    }
    return true;
}

static bool write_all(const Language *language, const char *directory, const char *name, Text *said,
                      Error *error) {
    char path[MAX_PATH];
    Text text = {0};
    bool good = is_free(language, directory, name, error);
    for (size_t i = 0; good && i < 2 && language->piece[i].template != NULL; i++) {
        const Piece *piece = &language->piece[i];
        text_clear(&text);
        add_named(&text, text_of(piece->template), language->own, name);
        good = path_of(path, directory, piece, name, error) &&
               write_new(path, &text, piece->program, error);
        text_add(said, i == 0 ? "Wrote " : " and ");
        text_add_safe(said, path);
    }
    text_finish(&text);
    return good;
}

static void say_next(const Language *language, const char *directory, const char *name, Text *out) {
    text_add(out, ".\nNext: ");
    if (strcmp(directory, ".") != 0) {
        text_add(out, "cd ");
        shell_word_add(out, directory);
        text_add(out, "; ");
    }
    for (const char *at = language->next; *at != '\0'; at++) {
        if (strncmp(at, "%s", 2) != 0) {
            text_add_bytes(out, at, 1);
            continue;
        }
        text_add(out, name);
        at++;
    }
    text_add(out, "\n");
}

int strategy_new(const Options *options) {
    const char *name = options_argument(options, 1);
    const char *directory = option_text(options, "output", ".");
    Error error = {0};
    Text said = {0};
    if (name == NULL || !is_name(name) || !option_given(options, "lang")) {
        output_note("strategy new needs a NAME (a-z, 0-9, _; at most %d) and --lang c|lua|python",
                    MAX_NAME);
        return ERROR_USAGE;
    }
    const Language *language = &languages[option_choice(options, "lang", 0)];
    if (mkdir(directory, 0777) != 0 && errno != EEXIST)
        error_set(&error, ERROR_CANT_CREATE, "%s: %s", directory, strerror(errno));
    bool good = error.kind == ERROR_NONE && write_all(language, directory, name, &said, &error);
    if (good) {
        say_next(language, directory, name, &said);
        output_result(&said);
    }
    text_finish(&said);
    return good ? output_finish(0) : output_error(&error);
}
