#include "cli/cast.h"

#include <string.h>
#include <unistd.h>

#include "agents/strategy_file.h"

/* "dir/scenario.yaml" and "mine.so" make "dir/mine.so". */
static void join(Text *out, const char *beside, const char *path) {
    const char *slash = strrchr(beside, '/');
    if (slash != NULL && path[0] != '/') text_add_bytes(out, beside, (size_t)(slash + 1 - beside));
    text_add(out, path);
}

static void find_file(Text *out, const char *word, const char *beside) {
    char path[STRATEGY_FILE_PATH];
    if (!strategy_file_path(word, path)) path[0] = '\0';
    join(out, beside, path);
    if (access(path, F_OK) != 0 && access(text_get(out), F_OK) == 0) return;
    text_clear(out);
    text_add(out, path);
}

static bool add_hash(Text *word, const char *hash, Error *error) {
    StrategyFile file;
    if (hash[0] != '\0') text_addf(word, "#%s", hash);
    if (!strategy_file_open(&file, text_get(word), error)) return false;
    if (hash[0] == '\0') text_addf(word, "#%s", file.hash);
    strategy_file_finish(&file);
    return true;
}

/* What a specification cannot say, its file's folder may have brought in. */
static bool is_sayable(const Text *path, const char *hint, Error *error) {
    char safe[256];
    if (path->length == 0 || strpbrk(text_get(path), " \t\r\n,=#()") == NULL) return true;
    return error_set(error, ERROR_CANT_TELL,
                     "the strategy %s cannot be named where it lies: its path holds a blank, a "
                     "comma, =, # or a parenthesis; give it from its folder, as %s",
                     text_safe(safe, sizeof safe, text_get(path)), hint);
}

static bool read_file(Cast *cast, SeatId seat, const char *spec, const char *beside, Error *error) {
    char given[SCENARIO_MAX_STRATEGY];
    Text word = {0};
    if (!spec_word(spec, given, sizeof given))
        return error_set(error, ERROR_SCENARIO, "the path of a strategy is too long");
    find_file(&word, given, beside);
    size_t path = word.length;
    bool good =
        is_sayable(&word, given, error) && add_hash(&word, strategy_file_hash(given), error);
    cast->path[seat] = arena_text(&cast->arena, text_get(&word), path);
    cast->word[seat] = arena_text(&cast->arena, text_get(&word), word.length);
    text_add(&word, spec_rest(spec));
    cast->spec[seat] = arena_text(&cast->arena, text_get(&word), word.length);
    if (good && word.length >= SCENARIO_MAX_STRATEGY)
        good = error_set(error, ERROR_SCENARIO,
                         "the path of a strategy, with its parameters, is longer than %d bytes",
                         SCENARIO_MAX_STRATEGY - 1);
    text_finish(&word);
    return good;
}

bool cast_read(Cast *cast, const char *const *spec, uint8_t seats, const char *beside,
               Error *error) {
    *cast = (Cast){.seats = seats};
    arena_init(&cast->arena);
    for (SeatId seat = 0; seat < seats; seat++) {
        SpecKind kind = spec_kind(spec[seat]);
        cast->spec[seat] = arena_text(&cast->arena, spec[seat], strlen(spec[seat]));
        if (kind == SPEC_PROGRAM) cast->programs |= seat_bit(seat);
        if (kind != SPEC_BUILT_IN && !read_file(cast, seat, spec[seat], beside, error))
            return false;
    }
    return true;
}

void cast_finish(Cast *cast) {
    arena_finish(&cast->arena);
    *cast = (Cast){0};
}

bool cast_join(const Cast *cast, Repertoire *repertoire, Error *error) {
    char safe[256];
    for (SeatId seat = 0; seat < cast->seats; seat++) {
        const char *word = cast->word[seat];
        if (seat_in(cast->programs, seat))
            return error_set(error, ERROR_USAGE,
                             "%s is a program, which cannot play inside this one: --lane "
                             "processes starts it",
                             text_safe(safe, sizeof safe, cast->path[seat]));
        if (word != NULL && repertoire_find(repertoire, word, NULL) == NULL &&
            !repertoire_load(repertoire, word, error))
            return false;
    }
    return true;
}

Repertoire *cast_repertoire(const Cast *cast, bool trusted, Error *error) {
    Repertoire *repertoire = repertoire_create(trusted ? TRUST_CODE : TRUST_SCRIPTS);
    if (cast_join(cast, repertoire, error)) return repertoire;
    repertoire_destroy(repertoire);
    return NULL;
}
