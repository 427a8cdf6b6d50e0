#include "agents/repertoire.h"

#include <string.h>

#include "agents/lua_strategy.h"
#include "agents/plugin.h"
#include "agents/strategies.h"
#include "agents/strategy_file.h"
#include "core/base/memory.h"
#include "core/scenario/strategy_spec.h"

/* One file, admitted, and loaded once there is a strategy. */
typedef struct Piece {
    StrategyFile file;
    const struct FileKind *kind;
    const Strategy *strategy;
} Piece;

struct Repertoire {
    Trust trust;
    Piece *piece;
    size_t pieces;
};

/* --- kinds of files --- */

typedef struct FileKind {
    SpecKind kind;
    Trust needs;
    const Strategy *(*load)(StrategyFile *file, Error *error);
    void (*unload)(const Strategy *strategy);
} FileKind;

static const Strategy *load_plugin(StrategyFile *file, Error *error) {
    return plugin_load(file->path, &file->descriptor, error);
}

static const Strategy *load_script(StrategyFile *file, Error *error) {
    return lua_strategy_load(file->path, text_get(&file->bytes), file->bytes.length, error);
}

static const FileKind kinds[] = {
    {SPEC_SCRIPT, TRUST_SCRIPTS, load_script, lua_strategy_free},
    {SPEC_PLUGIN, TRUST_CODE, load_plugin, plugin_unload},
};

static const FileKind *kind_of(const char *word, Error *error) {
    SpecKind kind = spec_kind(word);
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (kinds[i].kind == kind) return &kinds[i];
    char safe[256];
    error_set(error, ERROR_USAGE, "%s is no strategy that can be loaded: expected .lua or .so",
              text_safe(safe, sizeof safe, word));
    return NULL;
}

/* --- loading --- */

Repertoire *repertoire_create(Trust trust) {
    Repertoire *repertoire = memory_new(1, sizeof *repertoire);
    repertoire->trust = trust;
    return repertoire;
}

void repertoire_destroy(Repertoire *repertoire) {
    if (repertoire == NULL) return;
    for (size_t i = 0; i < repertoire->pieces; i++) {
        Piece *piece = &repertoire->piece[i];
        if (piece->strategy != NULL) piece->kind->unload(piece->strategy);
        strategy_file_finish(&piece->file);
    }
    memory_free(repertoire->piece);
    memory_free(repertoire);
}

/* "path" and "path#HASH" call the same file, if that is its hash. */
static bool calls(const char *word, const StrategyFile *file) {
    char path[STRATEGY_FILE_PATH];
    const char *hash = strategy_file_hash(word);
    return strategy_file_path(word, path) && strcmp(path, file->path) == 0 &&
           (hash[0] == '\0' || strcmp(hash, file->hash) == 0);
}

static Piece *find_piece(const Repertoire *repertoire, const char *word) {
    for (size_t i = 0; repertoire != NULL && i < repertoire->pieces; i++)
        if (calls(word, &repertoire->piece[i].file)) return &repertoire->piece[i];
    return NULL;
}

static bool may_load(const Repertoire *repertoire, const char *word, const FileKind *kind,
                     Error *error) {
    char safe[256];
    if (repertoire->trust >= kind->needs) return true;
    return error_set(error, ERROR_USAGE,
                     "%s would run inside this program and see all that it sees: play it with "
                     "--lane processes, where it is contained, or say --trust",
                     text_safe(safe, sizeof safe, word));
}

bool repertoire_admit(Repertoire *repertoire, const char *word, Error *error) {
    if (find_piece(repertoire, word) != NULL) return true;
    Piece piece = {.kind = kind_of(word, error)};
    if (piece.kind == NULL || !may_load(repertoire, word, piece.kind, error) ||
        !strategy_file_open(&piece.file, word, error))
        return false;
    if (piece.kind->kind == SPEC_PLUGIN && !strategy_file_seal(&piece.file, error)) {
        strategy_file_finish(&piece.file);
        return false;
    }
    repertoire->piece =
        memory_grow(repertoire->piece, repertoire->pieces + 1, sizeof *repertoire->piece);
    repertoire->piece[repertoire->pieces++] = piece;
    return true;
}

/* From here on the descriptor is the sandbox's. */
size_t repertoire_loans(Repertoire *repertoire, SandboxLoan *loan, size_t room) {
    size_t loans = 0;
    for (size_t i = 0; i < repertoire->pieces && loans < room; i++) {
        StrategyFile *file = &repertoire->piece[i].file;
        if (repertoire->piece[i].kind->kind != SPEC_PLUGIN || file->descriptor < 0) continue;
        loan[loans++] = (SandboxLoan){file->path, file->descriptor};
        file->descriptor = -1;
    }
    return loans;
}

bool repertoire_load(Repertoire *repertoire, const char *word, Error *error) {
    if (!repertoire_admit(repertoire, word, error)) return false;
    Piece *piece = find_piece(repertoire, word);
    if (piece->strategy == NULL) piece->strategy = piece->kind->load(&piece->file, error);
    return piece->strategy != NULL;
}

/* --- finding --- */

static const Strategy *find_built_in(const char *word, Error *error) {
    StrategyCatalogue catalogue = strategies_builtin();
    const char *names[64];
    size_t count = catalogue.count < 64 ? catalogue.count : 64;
    for (size_t i = 0; i < count; i++) {
        names[i] = catalogue.strategy[i]->name;
        if (strcmp(names[i], word) == 0) return catalogue.strategy[i];
    }
    char safe[96];
    const char *near = text_nearest(word, names, count);
    error_set(error, ERROR_USAGE, "there is no strategy \"%s\"%s%s%s",
              text_safe(safe, sizeof safe, word), near != NULL ? "; did you mean " : "",
              near != NULL ? near : " (see nonpaper strategy list)", near != NULL ? "?" : "");
    return NULL;
}

const Strategy *repertoire_find(const Repertoire *repertoire, const char *word, Error *error) {
    const Piece *piece = find_piece(repertoire, word);
    if (piece != NULL && piece->strategy != NULL) return piece->strategy;
    if (spec_kind(word) == SPEC_BUILT_IN) return find_built_in(word, error);
    char safe[256];
    error_set(error, ERROR_SCENARIO, "the strategy %s was not loaded here",
              text_safe(safe, sizeof safe, word));
    return NULL;
}

bool repertoire_parse(const Repertoire *repertoire, const char *spec, const Strategy **strategy,
                      Argument arguments[NP_MAX_PARAMETERS], Error *error) {
    char word[STRATEGY_FILE_PATH + STRATEGY_FILE_HASH], sentence[480];
    SpecFault fault;
    if (spec_kind(spec) == SPEC_BUILT_IN)
        return strategy_spec_parse(spec, strategies_builtin(), strategy, arguments, error);
    if (!spec_word(spec, word, sizeof word))
        return error_set(error, ERROR_SCENARIO, "the path of a strategy is too long");
    *strategy = repertoire_find(repertoire, word, error);
    if (*strategy == NULL) return false;
    if (spec_read_for(spec, *strategy, arguments, &fault)) return true;
    char safe[256];
    return error_set(error, ERROR_SCENARIO, "strategy \"%s\": %s",
                     text_safe(safe, sizeof safe, spec),
                     text_safe(sentence, sizeof sentence, fault.sentence));
}

const Strategy *repertoire_loaded(const Repertoire *repertoire, size_t index) {
    for (size_t i = 0; repertoire != NULL && i < repertoire->pieces; i++)
        if (repertoire->piece[i].strategy != NULL && index-- == 0)
            return repertoire->piece[i].strategy;
    return NULL;
}
