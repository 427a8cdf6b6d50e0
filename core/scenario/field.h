/* Fields: tables say which keys a map has, how each is read, where the value goes and what it means;
 * one loop reads them all. */
#ifndef CORE_SCENARIO_FIELD_H
#define CORE_SCENARIO_FIELD_H

#include "core/scenario/draft.h"

typedef struct Field Field;

/* Reads the node of one key into the struct at `into`, or complains. */
typedef void FieldReader(Draft *draft, const Node *node, const Field *field, void *into);

typedef enum Presence { OPTIONAL, MANDATORY } Presence;

struct Field {
    const char *key;
    FieldReader *read;
    size_t offset; /* of the value in the struct that the table fills */
    Presence presence;
    double least, most;  /* numbers, counts: the range; durations: seconds; texts: most bytes */
    const char *summary; /* for people: what it is, in which unit */
};

typedef struct FieldTable {
    const char *what; /* "a seat" */
    const Field *field;
    size_t count;
} FieldTable;

#define FIELD_TABLE(words, fields)                                                                 \
    { words, fields, sizeof(fields) / sizeof(fields)[0] }

/* Reads a map by its table, in the order of the table; absent optional fields leave `into` alone. False
 * when it is not a map at all. */
bool fields_read(Draft *draft, const Node *map, const FieldTable *table, void *into);

/* Is the node of that kind? Complains otherwise: "expected a list of ..., not a word". */
bool node_expect(Draft *draft, const Node *node, NodeKind kind, const char *what);

FieldReader field_number;   /* double */
FieldReader field_utility;  /* Utility */
FieldReader field_count;    /* uint32_t */
FieldReader field_flag;     /* bool */
FieldReader field_text;     /* const char * */
FieldReader field_name;     /* const char *, ALPHABET_NAME */
FieldReader field_id;       /* const char *, ALPHABET_ID */
FieldReader field_date;     /* int64_t, seconds since 1970 */
FieldReader field_duration; /* SimTime */
FieldReader field_later;    /* const Node *: looked at by the section itself */

/* The bodies of the readers, for values that stand outside tables. */
bool number_read(Draft *draft, const Node *node, double least, double most, double *number);
bool duration_read(Draft *draft, const Node *node, SimTime least, SimTime *seconds);
bool word_read(Draft *draft, const Node *node, Alphabet alphabet, const char **word);

#endif
