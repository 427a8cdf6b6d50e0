/* A functional form over the world's variables, in words and as JSON. */
#ifndef CLI_FORM_WORDS_H
#define CLI_FORM_WORDS_H

#include "core/base/json.h"
#include "core/base/text.h"
#include "core/world/model.h"

/* "logistic of 0.5 balance, from 0.2 to 0.8, midpoint 0, slope 1"; "0.4" for a constant. */
void form_words(const WorldModel *world, const Form *form, Text *out);
/* {"form":"logistic","constant":0,"of":{"balance":0.5},"least":0.2,"most":0.8,"midpoint":0,"slope":1} */
void form_json(Json *json, const char *key, const WorldModel *world, const Form *form);

#endif
