/* Scenarios to start from, as the program carries them. cli/templates/ has them as files. */
#ifndef CLI_TEMPLATES_H
#define CLI_TEMPLATES_H

typedef struct Template {
    const char *name; /* NULL ends the list */
    const char *text;
} Template;

extern const Template templates[];

#endif
