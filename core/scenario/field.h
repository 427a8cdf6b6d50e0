/* Fields: tables say which keys a map has, how each is read, where the value goes and what it means;
 * one loop reads them all. */
#ifndef CORE_SCENARIO_FIELD_H
#define CORE_SCENARIO_FIELD_H

#include "core/scenario/draft.h"

typedef struct Field Field;

/* Reads the node of one key into the struct at `into`, or complains. */
typedef void FieldReader(Draft *draft, const Node *node, const Field *field, void *into);

typedef enum Presence {
    OPTIONAL,
    MANDATORY,
    MANDATORY_UNLESS /* ... the map has the table's key `instead` */
} Presence;

typedef struct FieldTable FieldTable;
typedef struct Shape Shape;

struct Field {
    const char *key;
    FieldReader *read;
    size_t offset; /* of the value in the struct that the table fills */
    Presence presence;
    double least, most;  /* numbers, counts: the range; durations: seconds; texts: most bytes */
    const char *summary; /* for people: what it is, in which unit */
    const char
        *initial; /* what holds without it, as the file would say it or in words; NULL: nothing */
    const char *example; /* a value as the file would say it */
    const Shape *shape;  /* NULL: the reader's own (shape_of) */
};

struct FieldTable {
    const char *what; /* "a seat" */
    const Field *field;
    size_t count;
    const char *instead; /* a key that makes up for those that are MANDATORY_UNLESS; NULL: none */
};

#define FIELD_TABLE(words, fields)                                                                 \
    { words, fields, sizeof(fields) / sizeof(fields)[0], NULL }

/* What may be written for a value: the schema and the help are made of it, and readers take their tables,
 * words and ranges from it. */
typedef enum ShapeKind {
    SHAPE_NUMBER, /* least .. most */
    SHAPE_COUNT,  /* least .. most */
    SHAPE_FLAG,
    SHAPE_TEXT, /* at most `most` bytes */
    SHAPE_NAME,
    SHAPE_ID, /* one of its own, or of an issue, a seat, a variable */
    SHAPE_OPTION,
    SHAPE_DATE,
    SHAPE_DURATION,  /* at least `least` seconds */
    SHAPE_MOMENT,    /* a date, or a duration after the start */
    SHAPE_WORD,      /* one of `words` */
    SHAPE_MECHANISM, /* the name of a mechanism */
    SHAPE_STRATEGY,  /* name(parameter=value, ...) */
    SHAPE_MAP,       /* by `table` */
    SHAPE_ENTRIES,   /* a map of names to `of`: least .. most of them */
    SHAPE_LIST,      /* of `of`: least .. most of them */
    SHAPE_FORM,      /* a number, least .. most of the field; or `of`, one of the forms */
    SHAPE_EITHER     /* `of`, or `other` */
} ShapeKind;

struct Shape {
    ShapeKind kind;
    double least, most;
    const char *name;         /* ENTRIES: what a key names, "SEAT" */
    const char *const *words; /* WORD: ends with NULL */
    const FieldTable *table;  /* MAP */
    bool lone;                /* MAP: exactly one of the keys */
    const Shape *of, *other;
};

/* The shape of a field's value: its own, or by what its reader reads. */
Shape shape_of(const Field *field);

extern const Shape shape_option, shape_issue, shape_seat, shape_variable, shape_moment;
extern const Shape shape_seats;     /* a list of seats */
extern const Shape shape_options;   /* one option, or a list */
extern const Shape shape_condition; /* issues to options */

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
FieldReader field_seats;    /* SeatSet */
FieldReader field_word;     /* uint8_t: index into the shape's words */
FieldReader field_form;     /* Form; a number is one without terms */
FieldReader field_later;    /* const Node *: looked at by the section itself */

/* The bodies of the readers, for values that stand outside tables. A number that is refused is left alone. */
bool number_read(Draft *draft, const Node *node, double least, double most, double *number);
bool duration_read(Draft *draft, const Node *node, SimTime least, SimTime *seconds);
bool word_read(Draft *draft, const Node *node, Alphabet alphabet, const char **word);
/* A date, or a duration after the start of the talks. */
bool moment_read(Draft *draft, const Node *node, SimTime *at);
/* Refuses keys of the map that mean nothing there, each with the reason. */
void keys_refuse(Draft *draft, const Node *map, const char *const *keys, const char *why);
/* The names that a map should have and has not, as one complaint: "no weight for money". */
void complain_absent(Draft *draft, const Node *map, const char *what, const char *const *names,
                     size_t count);

#endif
