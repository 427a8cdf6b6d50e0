#include "tests/process/programs.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "core/base/memory.h"

enum { LEAVING_MS = 20000 };

static char place[64];
static int started;

/* --- time --- */

int64_t now_ms(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void pause_ms(int milliseconds) {
    struct timespec pause = {milliseconds / 1000, milliseconds % 1000 * 1000000L};
    nanosleep(&pause, NULL);
}

/* --- files --- */

static char *read_all(const char *path) {
    FILE *file = fopen(path, "rb");
    size_t length = 0, count;
    char *bytes = memory_grow(NULL, 1, 1);
    char block[8192];
    while (file != NULL && (count = fread(block, 1, sizeof block, file)) > 0) {
        bytes = memory_grow(bytes, length + count + 1, 1);
        memcpy(bytes + length, block, count);
        length += count;
    }
    if (file != NULL) fclose(file);
    bytes[length] = '\0';
    return bytes;
}

static void stream_path(char out[96], const char *stream, int number) {
    snprintf(out, 96, "%s/%s.%d", place, stream, number);
}

/* --- starting --- */

static void point_stream(int stream, const char *wanted, const char *path) {
    if (wanted != NULL && wanted[0] == '\0') {
        close(stream);
        return;
    }
    int file =
        open(wanted != NULL ? wanted : path, O_RDWR | O_CREAT | (stream ? O_TRUNC : 0), 0600);
    dup2(file, stream);
    if (file != stream) close(file);
}

static void point_streams(const Setting *setting, int number) {
    char out[96], err[96];
    stream_path(out, "out", number);
    stream_path(err, "err", number);
    point_stream(2, NULL, err);
    point_stream(1, setting->out, out);
    point_stream(0, setting->in, "/dev/null");
    if (setting->control > 0) dup2(setting->control, 3);
    if (setting->lock > 0) dup2(setting->lock, 4);
}

static void limit_files(int64_t bytes) {
    struct rlimit limit = {(rlim_t)bytes, (rlim_t)bytes};
    if (bytes > 0) setrlimit(RLIMIT_FSIZE, &limit);
}

static size_t split(char *line, char *words[], size_t most) {
    size_t count = 0;
    words[count++] = (char *)(uintptr_t) "nonpaper";
    for (char *rest = line, *word;
         (word = strtok_r(rest, " ", &rest)) != NULL && count < most - 1;) {
        char *grown = memory_grow(NULL, strlen(word) + strlen(NONPAPER_SOURCE_DIR) + 1, 1);
        char *source = strstr(word, "$S");
        if (source == NULL)
            strcpy(grown, word);
        else
            sprintf(grown, "%.*s%s%s", (int)(source - word), word, NONPAPER_SOURCE_DIR, source + 2);
        words[count++] = grown;
    }
    words[count] = NULL;
    return count;
}

static void become(const Setting *setting, const char *line, int number) {
    char *words[64], *copy = memory_text(line);
    /* Should the test die, nothing that it started goes on. */
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    split(copy, words, 64);
    point_streams(setting, number);
    limit_files(setting->file_limit);
    execv(NONPAPER_BINARY_DIR "/nonpaper", words);
    _exit(125);
}

Program program_start_with(const Setting *setting, const char *line) {
    Program program = {.number = ++started};
    program.pid = fork();
    assert_true(program.pid >= 0);
    if (program.pid == 0) become(setting, line, program.number);
    return program;
}

Program program_start(const char *line) {
    return program_start_with(&(Setting){0}, line);
}

/* --- waiting --- */

static bool has_ended(Program *program) {
    int status;
    if (waitpid(program->pid, &status, WNOHANG) != program->pid) return false;
    program->code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    program->pid = 0;
    return true;
}

int program_finish(Program *program) {
    int64_t until = now_ms() + PATIENCE_S * 1000;
    char path[96];
    while (!has_ended(program)) {
        if (now_ms() > until) {
            kill(program->pid, SIGKILL);
            fail_msg("a program went on for %d s", PATIENCE_S);
        }
        pause_ms(2);
    }
    stream_path(path, "out", program->number);
    program->out = read_all(path);
    stream_path(path, "err", program->number);
    program->err = read_all(path);
    return program->code;
}

void program_forget(Program *program) {
    memory_free(program->out);
    memory_free(program->err);
    *program = (Program){0};
}

Program program_run_with(const Setting *setting, int code, const char *line) {
    Program program = program_start_with(setting, line);
    if (program_finish(&program) != code)
        fail_msg("nonpaper %s: exit code %d, not %d: %s", line, program.code, code, program.err);
    return program;
}

Program program_run(int code, const char *line) {
    return program_run_with(&(Setting){0}, code, line);
}

const char *program_said(const Program *program) {
    static char *said;
    char path[96];
    stream_path(path, "out", program->number);
    memory_free(said);
    said = NULL;
    char *now = read_all(path);
    said = now;
    return said;
}

void program_await_words(const Program *program, const char *words) {
    int64_t until = now_ms() + PATIENCE_S * 1000;
    while (strstr(program_said(program), words) == NULL) {
        if (now_ms() > until) fail_msg("it never said \"%s\"", words);
        pause_ms(2);
    }
}

/* --- processes --- */

static pid_t parent_of(pid_t pid) {
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/stat", (int)pid);
    char *stat = read_all(path), *end = strrchr(stat, ')');
    int parent = 0;
    if (end != NULL) sscanf(end + 1, " %*c %d", &parent);
    memory_free(stat);
    return parent;
}

static bool is_below(pid_t pid, pid_t above) {
    for (int depth = 0; depth < 8 && pid > 1; depth++) {
        pid = parent_of(pid);
        if (pid == above) return true;
    }
    return false;
}

/* The words of a process with single spaces between them. */
static bool begins_so(pid_t pid, const char *beginning) {
    char path[64], words[512] = "";
    snprintf(path, sizeof path, "/proc/%d/cmdline", (int)pid);
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) return false;
    ssize_t length = read(file, words, sizeof words - 1);
    close(file);
    for (ssize_t i = 0; i + 1 < length; i++)
        if (words[i] == '\0') words[i] = ' ';
    size_t wanted = strlen(beginning);
    return length > 0 && strncmp(words, beginning, wanted) == 0;
}

static int look_for(const char *beginning, pid_t *found) {
    DIR *processes = opendir("/proc");
    int count = 0;
    for (struct dirent *entry; (entry = readdir(processes)) != NULL;) {
        pid_t pid = atoi(entry->d_name);
        if (pid <= 0 || !is_below(pid, getpid()) || !begins_so(pid, beginning)) continue;
        *found = pid;
        count++;
    }
    closedir(processes);
    return count;
}

pid_t process_find(const char *beginning) {
    pid_t found = 0;
    look_for(beginning, &found);
    return found;
}

int processes_count(const char *beginning) {
    pid_t found;
    return look_for(beginning, &found);
}

pid_t process_await(const char *beginning) {
    int64_t until = now_ms() + PATIENCE_S * 1000;
    pid_t found;
    while ((found = process_find(beginning)) == 0) {
        if (now_ms() > until) fail_msg("there never was a process \"%s\"", beginning);
        pause_ms(2);
    }
    return found;
}

/* --- the place --- */

const char *place_path(void) {
    return place;
}

static int look_at_runtime(char name[128]) {
    char path[96];
    snprintf(path, sizeof path, "%s/runtime", place);
    DIR *directory = opendir(path);
    int count = 0;
    for (struct dirent *entry; (entry = readdir(directory)) != NULL;) {
        if (entry->d_name[0] == '.') continue;
        snprintf(name, 128, "%s/%.30s", path, entry->d_name);
        count++;
    }
    closedir(directory);
    return count;
}

int runtime_entries(void) {
    char name[128];
    return look_at_runtime(name);
}

const char *runtime_directory(void) {
    static char name[128];
    assert_int_equal(look_at_runtime(name), 1);
    return name;
}

/* Orphans come to this process, which reaps them. */
static bool is_anybody_left(void) {
    while (waitpid(-1, NULL, WNOHANG) > 0) {
    }
    return waitpid(-1, NULL, WNOHANG) == 0;
}

void assert_no_process_left(void) {
    int64_t until = now_ms() + LEAVING_MS;
    while (is_anybody_left()) {
        if (now_ms() > until) {
            pid_t left = process_find("");
            char show[64];
            snprintf(show, sizeof show, "tr '\\0' ' ' </proc/%d/cmdline; cat /proc/%d/wchan",
                     (int)left, (int)left);
            if (left > 0 && system(show) != 0) fputs("it is gone now\n", stderr);
            if (left > 0) kill(left, SIGKILL);
            fail_msg("process %d was left", (int)left);
        }
        pause_ms(2);
    }
}

void assert_nothing_left(void) {
    assert_no_process_left();
    if (runtime_entries() > 0) fail_msg("%s was left", runtime_directory());
}

void forget_runtime(void) {
    char line[128];
    snprintf(line, sizeof line, "rm -rf '%s'/runtime/*", place);
    assert_int_equal(system(line), 0);
}

int place_open(void **state) {
    (void)state;
    char runtime[96];
    strcpy(place, "/tmp/np-XXXXXX");
    if (mkdtemp(place) == NULL || chdir(place) != 0) return -1;
    snprintf(runtime, sizeof runtime, "%s/runtime", place);
    if (mkdir(runtime, 0700) != 0) return -1;
    setenv("XDG_RUNTIME_DIR", runtime, 1);
    setenv("NO_COLOR", "1", 1);
    return prctl(PR_SET_CHILD_SUBREAPER, 1);
}

int place_close(void **state) {
    (void)state;
    char line[96];
    assert_nothing_left();
    if (chdir("/") != 0) return -1;
    snprintf(line, sizeof line, "rm -rf '%s'", place);
    return system(line);
}
