/* Streams: results on stdout, everything else on stderr; and the exit code that says how it went.
 * A reader that went away (EPIPE) ends output quietly; a full disk is said plainly. */
#ifndef CLI_OUTPUT_H
#define CLI_OUTPUT_H

#include <stdio.h>

#include "cli/options.h"
#include "core/base/error.h"
#include "core/base/json.h"
#include "core/base/text.h"

/* Is emphasis wanted on that stream? --color decides; otherwise NO_COLOR, TERM=dumb and whether it is a
 * terminal. */
bool output_color(const Options *options, FILE *stream);

/* Results, to stdout. The text is cleared and keeps its memory. */
void output_result(Text *text);
/* Writes out what is still buffered, so that a reader sees it now. */
void output_flush(void);
/* Complaints and other lines that end in a newline, to stderr. The text is cleared. */
void output_complaints(Text *text);
/* "nonpaper: sentence" on stderr. */
void output_note(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* Says the error on stderr and gives its exit code; 0 when none is set. */
int output_error(const Error *error);
/* The last word of a command: `code`, unless its results could not be written: then says so, and 74. */
int output_finish(int code);

/* One JSON object with its schema: begin, add members, end prints it with a newline and frees `text`.
 *     Text text = {0};
 *     Json json = output_json(&text, "nonpaper.check/1");  */
Json output_json(Text *text, const char *schema);
void output_json_end(Json *json);
/* "6 packages, 5 of them feasible"; negative: not counted. */
void output_packages(Text *out, double raw, double feasible);
/* A count that may be too large for an integer; negative: not counted, null. */
void output_json_count(Json *json, const char *key, double count);

#endif
