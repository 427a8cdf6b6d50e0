#include "core/record/names.h"

#include <string.h>

#include "core/base/json.h"

static void describe_issue(const Issue *issue, Json *json) {
    bool named = issue->status_quo < issue->options;
    json_object(json, NULL);
    json_string(json, "issue", issue->id);
    json_array(json, "options");
    for (uint8_t o = 0; o < issue->options; o++) json_string(json, NULL, issue->option[o]);
    json_end_array(json);
    json_string(json, "status_quo", named ? issue->option[issue->status_quo] : NULL);
    json_bool(json, "separable", issue->separable);
    json_end_object(json);
}

void names_describe(const Domain *domain, Text *out) {
    Json json = {.text = out};
    json_array(&json, NULL);
    for (uint8_t i = 0; i < domain->issues; i++) describe_issue(&domain->issue[i], &json);
    json_end_array(&json);
}

void names_package(const Domain *domain, const Outcome *package, Text *out) {
    Json json = {.text = out};
    json_object(&json, NULL);
    for (uint8_t i = 0; i < domain->issues; i++) {
        const Issue *issue = &domain->issue[i];
        uint8_t option = package->option[i];
        if (option < issue->options) json_string(&json, issue->id, issue->option[option]);
    }
    json_end_object(&json);
}

void names_init(Names *names, int64_t domain) {
    memset(names, 0, sizeof *names);
    names->domain = domain;
    arena_init(&names->arena);
}

static Name name_make(Names *names, const char *plain) {
    Text quoted = {0};
    Json json = {.text = &quoted};
    json_string(&json, NULL, plain);
    Name name = {arena_text(&names->arena, plain, strlen(plain)),
                 arena_text(&names->arena, quoted.bytes, quoted.length), (uint32_t)strlen(plain),
                 (uint32_t)quoted.length};
    text_finish(&quoted);
    return name;
}

bool names_add(Names *names, int option, const char *plain) {
    if (option < 0) {
        if (names->issues == NP_MAX_ISSUES) return false;
        names->issue[names->issues++] = name_make(names, plain);
        return true;
    }
    if (names->issues == 0 || option >= NP_MAX_OPTIONS) return false;
    uint8_t issue = names->issues - 1;
    if (names->options[issue] != option) return false;
    names->option[issue][names->options[issue]++] = name_make(names, plain);
    return true;
}

void names_ready(Names *names) {
    size_t package = 3;
    for (uint8_t i = 0; i < NP_MAX_ISSUES; i++) {
        uint32_t longest = 4; /* null */
        for (uint8_t o = 0; o < names->options[i]; o++)
            if (names->option[i][o].quoted_length > longest)
                longest = names->option[i][o].quoted_length;
        package += longest + 1;
    }
    names->longest = 2 + NP_MAX_MENU * package;
}

void names_finish(Names *names) {
    arena_finish(&names->arena);
}

static char *write_number(char *out, uint8_t number) {
    if (number >= 100) *out++ = (char)('0' + number / 100);
    if (number >= 10) *out++ = (char)('0' + number / 10 % 10);
    *out++ = (char)('0' + number % 10);
    return out;
}

static char *write_option(const Names *names, uint8_t issue, uint8_t option, char *out) {
    if (option == NP_NO_OPTION) return (char *)memcpy(out, "null", 4) + 4;
    if (issue >= names->issues || option >= names->options[issue]) return write_number(out, option);
    const Name *name = &names->option[issue][option];
    memcpy(out, name->quoted, name->quoted_length);
    return out + name->quoted_length;
}

size_t names_menu(const Names *names, const Outcome *menu, uint8_t packages, uint8_t issues,
                  char *out) {
    char *end = out;
    *end++ = '[';
    for (uint8_t k = 0; k < packages; k++) {
        if (k > 0) *end++ = ',';
        *end++ = '[';
        for (uint8_t i = 0; i < issues; i++) {
            if (i > 0) *end++ = ',';
            end = write_option(names, i, menu[k].option[i], end);
        }
        *end++ = ']';
    }
    *end++ = ']';
    return (size_t)(end - out);
}

void names_outcome(const Names *names, const Outcome *outcome, Text *out) {
    const char *comma = "";
    text_add(out, "{");
    for (uint8_t i = 0; i < names->issues; i++) {
        uint8_t option = outcome->option[i];
        if (option >= names->options[i]) continue;
        text_addf(out, "%s%s:%s", comma, names->issue[i].quoted, names->option[i][option].quoted);
        comma = ",";
    }
    text_add(out, "}");
}
