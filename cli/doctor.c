/* Does this machine have what runs need? Small checks that leave nothing behind. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "agents/sandbox.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "cli/runtime_directory.h"

typedef enum Health { HEALTH_OK, HEALTH_WARN, HEALTH_FAIL } Health;

static const char *const health_words[] = {"ok", "warn", "fail"};

/* Fills `detail` with what was found. */
typedef Health (*Examination)(Text *detail);

/* --- what was built --- */

static Health examine_program(Text *detail) {
    text_add(detail, "nonpaper " NONPAPER_VERSION ", built with " NONPAPER_COMPILER);
    return HEALTH_OK;
}

static Health examine_libraries(Text *detail) {
    text_add(detail, NONPAPER_LIBRARIES);
    return HEALTH_OK;
}

/* --- the machine --- */

static Health examine_cores(Text *detail) {
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    text_addf(detail, "%ld", cores);
    if (cores >= 2) return HEALTH_OK;
    text_add(detail, "; broker and agents will take turns on it");
    return HEALTH_WARN;
}

/* What bench measures on every machine: between cores a wake-up costs several times what it does on one. */
static Health examine_waiting(Text *detail) {
    text_add(detail,
             "the processes of a run share one core and sleep at once; --cores all and --spin "
             "change that, bench exchange measures it");
    return HEALTH_OK;
}

static Health failed(Text *detail, const char *what) {
    text_addf(detail, "; %s: %s", what, strerror(errno));
    return HEALTH_FAIL;
}

static Health examine_xdg(Text *detail) {
    const char *wanted = getenv("XDG_RUNTIME_DIR"), *used = runtime_base();
    if (wanted == NULL || wanted[0] == '\0') {
        text_addf(detail, "XDG_RUNTIME_DIR is not set; %s is used", used);
        return HEALTH_OK;
    }
    text_add_safe(detail, wanted);
    if (strcmp(wanted, used) == 0) return HEALTH_OK;
    text_addf(detail, " is not writable or its name is too long; %s is used instead", used);
    return HEALTH_WARN;
}

static Health inspect_mode(const char *path, Text *detail) {
    struct stat status;
    if (stat(path, &status) != 0) return failed(detail, "cannot look at it");
    if ((status.st_mode & 0777) == 0700 && status.st_uid == geteuid()) return HEALTH_OK;
    text_addf(detail, "; a new directory there has mode %03o instead of 700",
              (unsigned)(status.st_mode & 0777));
    return HEALTH_FAIL;
}

/* Makes a private directory in the runtime directory, examines it, and removes it. */
static Health in_private_directory(Text *detail,
                                   Health (*inspect)(const char *path, Text *detail)) {
    char path[512];
    int length = snprintf(path, sizeof path, "%s/nonpaper-doctor-XXXXXX", runtime_base());
    text_add_safe(detail, runtime_base());
    if (length < 0 || (size_t)length >= sizeof path) {
        text_add(detail, "; its name is too long");
        return HEALTH_FAIL;
    }
    if (mkdtemp(path) == NULL) return failed(detail, "cannot make a directory");
    Health health = inspect(path, detail);
    rmdir(path);
    return health;
}

static Health examine_directory(Text *detail) {
    return in_private_directory(detail, inspect_mode);
}

/* --- talking --- */

static bool say_hello(int listener, const struct sockaddr_un *address) {
    int caller = socket(AF_UNIX, SOCK_STREAM, 0);
    char byte = 0;
    bool heard = false;
    if (caller >= 0 && connect(caller, (const struct sockaddr *)address, sizeof *address) == 0) {
        int callee = accept(listener, NULL, NULL);
        heard = callee >= 0 && write(caller, "!", 1) == 1 && read(callee, &byte, 1) == 1;
        if (callee >= 0) close(callee);
    }
    if (caller >= 0) close(caller);
    return heard && byte == '!';
}

static bool talk_over(int listener, const struct sockaddr_un *address) {
    return bind(listener, (const struct sockaddr *)address, sizeof *address) == 0 &&
           listen(listener, 1) == 0 && say_hello(listener, address);
}

static Health inspect_socket(const char *path, Text *detail) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int length = snprintf(address.sun_path, sizeof address.sun_path, "%s/socket", path);
    if (length < 0 || (size_t)length >= sizeof address.sun_path) {
        text_add(detail, "; its name is too long for a socket");
        return HEALTH_FAIL;
    }
    int listener = socket(AF_UNIX, SOCK_STREAM, 0);
    bool heard = listener >= 0 && talk_over(listener, &address);
    Health health = heard ? HEALTH_OK : failed(detail, "processes cannot talk there");
    if (listener >= 0) close(listener);
    unlink(address.sun_path);
    return health;
}

static Health examine_ipc(Text *detail) {
    return in_private_directory(detail, inspect_socket);
}

/* --- writing --- */

static Health examine_here(Text *detail) {
    char path[] = "nonpaper-doctor-XXXXXX";
    int file = mkstemp(path);
    text_add(detail, "records go to the working directory unless -o says otherwise");
    if (file < 0) {
        failed(detail, "it cannot be written");
        return HEALTH_WARN;
    }
    bool written = write(file, "?", 1) == 1 && fsync(file) == 0;
    Health health = written ? HEALTH_OK : failed(detail, "writing fails");
    close(file);
    unlink(path);
    return health;
}

/* --- containment --- */

/* A process of its own goes into the sandbox and tries the doors. */
static Health examine_containment(Text *detail) {
    static const char *const holds[] = {
        "strategies from .so files are not loaded without --trust; scripts and built-in ones are",
        "seccomp without Landlock: an agent cannot open a file or socket, start a process, or look "
        "into one; nothing stands behind that",
        "seccomp and Landlock: an agent cannot open a file or socket, start a process, or look "
        "into "
        "one"};
    SandboxLevel level = sandbox_probe();
    int version = sandbox_landlock_version();
    text_addf(detail, "%s: %s", sandbox_level_name(level), holds[level]);
    if (version > 0) text_addf(detail, " (Landlock %d)", version);
    return level == SANDBOX_FULL ? HEALTH_OK : HEALTH_WARN;
}

/* --- the visit --- */

static const struct Check {
    const char *name;
    Examination examine;
} checks[] = {
    {"program", examine_program},
    {"libraries", examine_libraries},
    {"cores", examine_cores},
    {"waiting", examine_waiting},
    {"XDG_RUNTIME_DIR", examine_xdg},
    {"runtime directory", examine_directory},
    {"ipc", examine_ipc},
    {"working directory", examine_here},
    {"containment", examine_containment},
};

enum { CHECKS = sizeof checks / sizeof checks[0] };

static void json_check(Json *json, const char *name, Health health, const Text *detail) {
    json_object(json, NULL);
    json_string(json, "name", name);
    json_string(json, "health", health_words[health]);
    json_string(json, "detail", text_get(detail));
    json_end_object(json);
}

static void line_check(Text *text, const char *name, Health health, const Text *detail) {
    text_addf(text, "%-4s  %-17s  %s\n", health_words[health], name, text_get(detail));
}

static int examine_all(Text *text, Json *json) {
    Health worst = HEALTH_OK;
    Text detail = {0};
    for (size_t i = 0; i < CHECKS; i++) {
        text_clear(&detail);
        Health health = checks[i].examine(&detail);
        if (health > worst) worst = health;
        if (json != NULL)
            json_check(json, checks[i].name, health, &detail);
        else
            line_check(text, checks[i].name, health, &detail);
    }
    text_finish(&detail);
    return worst == HEALTH_FAIL ? ERROR_CHECK : 0;
}

int command_doctor(const Options *options) {
    Text text = {0};
    int code;
    if (option_given(options, "json")) {
        Json json = output_json(&text, "nonpaper.doctor/1");
        json_array(&json, "checks");
        code = examine_all(&text, &json);
        json_end_array(&json);
        json_bool(&json, "healthy", code == 0);
        output_json_end(&json);
        return code;
    }
    code = examine_all(&text, NULL);
    output_result(&text);
    text_finish(&text);
    return code;
}
