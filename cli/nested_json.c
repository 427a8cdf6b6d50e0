#include "cli/nested_json.h"

#include <string.h>

#include "core/base/text.h"

enum { DEEPEST = 8 };

typedef struct Scan {
    const char *at, *end;
} Scan;

static bool value(Scan *scan, int depth);

static bool take(Scan *scan, char wanted) {
    if (scan->at == scan->end || *scan->at != wanted) return false;
    scan->at++;
    return true;
}

static bool word(Scan *scan, const char *wanted) {
    size_t length = strlen(wanted);
    if ((size_t)(scan->end - scan->at) < length || memcmp(scan->at, wanted, length) != 0)
        return false;
    scan->at += length;
    return true;
}

static bool hex_digits(Scan *scan, int count) {
    for (; count > 0; count--, scan->at++)
        if (scan->at == scan->end || *scan->at == '\0' ||
            strchr("0123456789abcdefABCDEF", *scan->at) == NULL)
            return false;
    return true;
}

static bool escape(Scan *scan) {
    if (take(scan, 'u')) return hex_digits(scan, 4);
    if (scan->at == scan->end || *scan->at == '\0' || strchr("\"\\/bfnrt", *scan->at) == NULL)
        return false;
    scan->at++;
    return true;
}

static bool string(Scan *scan) {
    if (!take(scan, '"')) return false;
    while (!take(scan, '"')) {
        size_t character = text_utf8_length(scan->at, (size_t)(scan->end - scan->at));
        if (character == 0 || (unsigned char)*scan->at < ' ') return false;
        bool escaped = *scan->at == '\\';
        scan->at += character;
        if (escaped && !escape(scan)) return false;
    }
    return true;
}

static bool digits(Scan *scan) {
    const char *first = scan->at;
    while (scan->at < scan->end && *scan->at >= '0' && *scan->at <= '9') scan->at++;
    return scan->at > first;
}

static bool number(Scan *scan) {
    take(scan, '-');
    const char *first = scan->at;
    if (!digits(scan) || (*first == '0' && scan->at > first + 1)) return false;
    if (take(scan, '.') && !digits(scan)) return false;
    if (!take(scan, 'e') && !take(scan, 'E')) return true;
    if (!take(scan, '+')) take(scan, '-');
    return digits(scan);
}

static bool members(Scan *scan, char close, int depth) {
    if (take(scan, close)) return true;
    do {
        if (close == '}' && !(string(scan) && take(scan, ':'))) return false;
        if (!value(scan, depth)) return false;
    } while (take(scan, ','));
    return take(scan, close);
}

static bool value(Scan *scan, int depth) {
    if (depth == DEEPEST || scan->at == scan->end) return false;
    if (take(scan, '[')) return members(scan, ']', depth + 1);
    if (take(scan, '{')) return members(scan, '}', depth + 1);
    if (*scan->at == '"') return string(scan);
    return word(scan, "null") || word(scan, "true") || word(scan, "false") || number(scan);
}

bool nested_json_is_sound(const char *bytes, size_t length) {
    Scan scan = {bytes, bytes + length};
    bool nested = length > 0 && (bytes[0] == '[' || bytes[0] == '{');
    return nested && value(&scan, 0) && scan.at == scan.end;
}
