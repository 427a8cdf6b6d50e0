#define _GNU_SOURCE
#include "agents/plugin.h"

#include <dlfcn.h>
#include <fcntl.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "core/base/memory.h"
#include "core/base/text.h"

enum { MAX_NAME = 63, MAX_SENTENCE = 1000, MOST_STRATEGY_BYTES = 1 << 16 };

/* What must be there for a table to be one: everything up to its last mandatory function. */
enum { LEAST_STRATEGY_BYTES = offsetof(Strategy, act) + sizeof(((Strategy *)0)->act) };

typedef struct Plugin {
    Strategy strategy; /* first: a Strategy is its Plugin */
    void *library;
} Plugin;

/* --- checking --- */

/* Names go into specifications, records and tables. */
static bool is_name(const char *name) {
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-";
    size_t length = name != NULL ? strnlen(name, MAX_NAME + 1) : 0;
    return length > 0 && length <= MAX_NAME && strspn(name, plain) == length;
}

static bool is_sentence(const char *text) {
    return text != NULL && strnlen(text, MAX_SENTENCE + 1) <= MAX_SENTENCE;
}

static const char *fault_of_number(const Parameter *parameter) {
    double least = parameter->least, most = parameter->most;
    /* Comparisons with what is no number are false. */
    if (!(least >= -1e300) || !(most <= 1e300) || !(least <= most))
        return "has no range: least must not be above most";
    if (!(parameter->initial >= least && parameter->initial <= most))
        return "begins outside its own range";
    return NULL;
}

static const char *fault_of_parameter(const Strategy *strategy, size_t index) {
    const Parameter *parameter = &strategy->parameter[index];
    if (!is_name(parameter->name)) return "has a name that is no word of letters, digits, _ and -";
    for (size_t i = 0; i < index; i++)
        if (strcmp(strategy->parameter[i].name, parameter->name) == 0)
            return "stands in the list twice";
    if (!is_sentence(parameter->summary)) return "has no summary";
    if (parameter->text == NULL) return fault_of_number(parameter);
    return strnlen(parameter->text, NP_PARAMETER_TEXT) < NP_PARAMETER_TEXT
               ? NULL
               : "has an initial word that is too long";
}

static bool check_parameters(const Strategy *strategy, const char *path, Error *error) {
    if (strategy->parameter == NULL) return true;
    for (size_t i = 0; strategy->parameter[i].name != NULL; i++) {
        if (i == NP_MAX_PARAMETERS)
            return error_set(error, ERROR_SCENARIO,
                             "%s: more than %d parameters, or a list without its end", path,
                             NP_MAX_PARAMETERS);
        const char *fault = fault_of_parameter(strategy, i);
        if (fault != NULL)
            return error_set(error, ERROR_SCENARIO, "%s: parameter %zu %s", path, i + 1, fault);
    }
    return true;
}

static const char *fault_of(const Strategy *strategy) {
    if (!is_name(strategy->name)) return "its name is no word of letters, digits, _ and -";
    if (!is_sentence(strategy->summary)) return "it has no summary";
    if (strategy->source != NULL && !is_sentence(strategy->source)) return "its source is too long";
    if (strategy->state_size > NP_MAX_STRATEGY_STATE) return "its state is larger than 32768 bytes";
    if (strategy->open == NULL) return "it has no function open";
    if (strategy->act == NULL) return "it has no function act";
    return NULL;
}

bool plugin_check(const Strategy *table, const char *path, Strategy *copy, Error *error) {
    if (table == NULL)
        return error_set(error, ERROR_SCENARIO, "%s: " NP_STRATEGY_SYMBOL "() gives no table",
                         path);
    if (table->abi != NP_STRATEGY_ABI)
        return error_set(error, ERROR_SCENARIO,
                         "%s: was built for contract %u and this is contract %d: build it again",
                         path, table->abi, NP_STRATEGY_ABI);
    if (table->size < LEAST_STRATEGY_BYTES || table->size > MOST_STRATEGY_BYTES)
        return error_set(error, ERROR_SCENARIO,
                         "%s: its size %u is not that of a table: expected sizeof "
                         "(nonpaper_strategy)",
                         path, table->size);
    size_t known = table->size < sizeof *copy ? table->size : sizeof *copy;
    memset(copy, 0, sizeof *copy);
    memcpy(copy, table, known);
    copy->size = (uint32_t)known;
    const char *fault = fault_of(copy);
    if (fault != NULL) return error_set(error, ERROR_SCENARIO, "%s: %s", path, fault);
    return check_parameters(copy, path, error);
}

/* --- loading --- */

static nonpaper_strategy_entry find_entry(void *library) {
    nonpaper_strategy_entry entry;
    void *symbol = dlsym(library, NP_STRATEGY_SYMBOL);
    memcpy(&entry, &symbol, sizeof entry); /* ISO C has no cast from objects to functions */
    return entry;
}

static bool take_table(Plugin *plugin, const char *path, Error *error) {
    nonpaper_strategy_entry entry = find_entry(plugin->library);
    if (entry == NULL)
        return error_set(error, ERROR_SCENARIO, "%s: it has no function " NP_STRATEGY_SYMBOL, path);
    return plugin_check(entry(), path, &plugin->strategy, error);
}

enum { MAX_PATH = 2048 };

/* The linker knows what it holds by name, and holds on to what does not want to go. */
static bool is_held(const char *name) {
    void *library = dlopen(name, RTLD_NOW | RTLD_NOLOAD);
    if (library != NULL) dlclose(library);
    return library != NULL;
}

/* Another number is another name. */
static bool renumber(int *descriptor) {
    int other = fcntl(*descriptor, F_DUPFD_CLOEXEC, *descriptor + 1);
    if (other < 0) return false;
    close(*descriptor);
    *descriptor = other;
    return true;
}

static void name_library(char name[MAX_PATH], const char *path, int *descriptor) {
    /* The linker looks for a bare name in its own folders. */
    if (*descriptor < 0)
        snprintf(name, MAX_PATH, "%s%s", strchr(path, '/') == NULL ? "./" : "", path);
    else
        do snprintf(name, MAX_PATH, "/proc/self/fd/%d", *descriptor);
        while (is_held(name) && renumber(descriptor));
}

/* What the linker says, without the name that only it knows. */
static const char *complaint(const char *name) {
    const char *words = dlerror();
    size_t length = strlen(name);
    bool named = strncmp(words, name, length) == 0 && strncmp(words + length, ": ", 2) == 0;
    return named ? words + length + 2 : words;
}

const Strategy *plugin_load(const char *path, int *descriptor, Error *error) {
    char safe[256], why[512], name[MAX_PATH];
    Plugin *plugin = memory_new(1, sizeof *plugin);
    name_library(name, path, descriptor);
    plugin->library = dlopen(name, RTLD_NOW | RTLD_LOCAL);
    text_safe(safe, sizeof safe, path);
    if (plugin->library == NULL)
        error_set(error, ERROR_SCENARIO, "cannot load %s: %s", safe,
                  text_safe(why, sizeof why, complaint(name)));
    else if (take_table(plugin, safe, error))
        return &plugin->strategy;
    plugin_unload(&plugin->strategy);
    return NULL;
}

void plugin_unload(const Strategy *strategy) {
    Plugin *plugin = (Plugin *)(uintptr_t)strategy;
    if (plugin == NULL) return;
    if (plugin->library != NULL) dlclose(plugin->library);
    memory_free(plugin);
}
