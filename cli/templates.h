/* Scenarios and strategies to start from, as the program carries them. cli/templates/ has them as files. */
#ifndef CLI_TEMPLATES_H
#define CLI_TEMPLATES_H

typedef struct Template {
    const char *name; /* NULL ends the list */
    const char *text;
} Template;

extern const Template templates[];          /* scenarios */
extern const Template strategy_templates[]; /* by ending: "c", "cmake.txt", "lua", "py" */

#endif
