/* The JSON Schema of a scenario. What a schema cannot say (that weights sum to 1, that a seat exists) is left
 * to check. */
#include <string.h>

#include "core/base/json.h"
#include "core/scenario/manual.h"
#include "core/scenario/section.h"

/* A word that YAML may take for a number or a flag is a word all the same. */
static void add_scalar_type(Json *json) {
    json_array(json, "type");
    json_string(json, NULL, "string");
    json_string(json, NULL, "number");
    json_string(json, NULL, "boolean");
    json_end_array(json);
}

static void add_bounds(Json *json, const char *least, const char *most, const Shape *shape) {
    json_double(json, least, shape->least);
    json_double(json, most, shape->most);
}

static const char *pattern_of(ShapeKind kind) {
    switch (kind) {
    case SHAPE_NAME: return "^[a-z0-9-]{1,48}$";
    case SHAPE_ID: return "^[a-z0-9_-]{1,32}$";
    case SHAPE_OPTION: return "^[A-Za-z0-9_.+-]{1,48}$";
    case SHAPE_DATE: return "^[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9]{2}:[0-9]{2}:[0-9]{2}Z?)?$";
    case SHAPE_DURATION: return "^([0-9]+[smhdw])+$";
    default:
        return "^([0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9]{2}:[0-9]{2}:[0-9]{2}Z?)?|([0-9]+[smhdw])+)$";
    }
}

static void add_words(Json *json, const char *const *words) {
    json_array(json, "enum");
    for (; *words; words++) json_string(json, NULL, *words);
    json_end_array(json);
}

static void add_mechanisms(Json *json) {
    json_array(json, "enum");
    for (size_t i = 0; mechanisms[i]; i++) json_string(json, NULL, mechanisms[i]->name);
    json_end_array(json);
}

static void add_flags(Json *json) {
    json_array(json, "enum");
    json_bool(json, NULL, true);
    json_bool(json, NULL, false);
    json_string(json, NULL, "yes");
    json_string(json, NULL, "no");
    json_end_array(json);
}

static void add_shape(Json *json, const Shape *shape);

static void add_member(Json *json, const char *key, const Shape *shape) {
    json_object(json, key);
    add_shape(json, shape);
    json_end_object(json);
}

/* --- maps --- */

static void add_field(Json *json, const Field *field) {
    Text says = {0};
    Shape shape = shape_of(field);
    text_add(&says, field->summary);
    if (field->initial) text_addf(&says, ". Default: %s", field->initial);
    text_addf(&says, ". Example: %s", field->example);
    json_object(json, field->key);
    json_string(json, "description", text_get(&says));
    add_shape(json, &shape);
    json_end_object(json);
    text_finish(&says);
}

static void add_required(Json *json, const FieldTable *table, Presence presence) {
    json_array(json, "required");
    for (size_t i = 0; i < table->count; i++)
        if (table->field[i].presence == presence) json_string(json, NULL, table->field[i].key);
    json_end_array(json);
}

static void add_instead(Json *json, const FieldTable *table) {
    json_array(json, "anyOf");
    json_object(json, NULL);
    add_required(json, table, MANDATORY_UNLESS);
    json_end_object(json);
    json_object(json, NULL);
    json_array(json, "required");
    json_string(json, NULL, table->instead);
    json_end_array(json);
    json_end_object(json);
    json_end_array(json);
}

static void add_table(Json *json, const FieldTable *table, bool lone) {
    json_string(json, "type", "object");
    json_object(json, "properties");
    for (size_t i = 0; i < table->count; i++) add_field(json, &table->field[i]);
    json_end_object(json);
    add_required(json, table, MANDATORY);
    if (table->instead) add_instead(json, table);
    json_bool(json, "additionalProperties", false);
    if (!lone) return;
    json_int(json, "minProperties", 1);
    json_int(json, "maxProperties", 1);
}

static void add_entries(Json *json, const Shape *shape) {
    bool options = strcmp(shape->name, "OPTION") == 0;
    json_string(json, "type", "object");
    add_bounds(json, "minProperties", "maxProperties", shape);
    json_object(json, "propertyNames");
    json_string(json, "pattern", pattern_of(options ? SHAPE_OPTION : SHAPE_ID));
    json_end_object(json);
    add_member(json, "additionalProperties", shape->of);
}

/* --- all of them --- */

static void add_list(Json *json, const Shape *shape) {
    json_string(json, "type", "array");
    add_bounds(json, "minItems", "maxItems", shape);
    add_member(json, "items", shape->of);
}

static void add_either(Json *json, const Shape *shape) {
    json_array(json, "anyOf");
    add_member(json, NULL, shape->of);
    add_member(json, NULL, shape->other);
    json_end_array(json);
}

static void add_number(Json *json, const Shape *shape) {
    json_string(json, "type", shape->kind == SHAPE_COUNT ? "integer" : "number");
    add_bounds(json, "minimum", "maximum", shape);
}

static void add_form(Json *json, const Shape *shape) {
    json_array(json, "anyOf");
    json_object(json, NULL);
    add_number(json, shape);
    json_end_object(json);
    add_member(json, NULL, shape->of);
    json_end_array(json);
}

static void add_text(Json *json, const Shape *shape) {
    add_scalar_type(json);
    json_double(json, "maxLength", shape->most);
}

static void add_pattern(Json *json, const Shape *shape) {
    add_scalar_type(json);
    json_string(json, "pattern", pattern_of(shape->kind));
}

static void add_shape(Json *json, const Shape *shape) {
    switch (shape->kind) {
    case SHAPE_NUMBER:
    case SHAPE_COUNT: add_number(json, shape); break;
    case SHAPE_FLAG: add_flags(json); break;
    case SHAPE_TEXT: add_text(json, shape); break;
    case SHAPE_STRATEGY: add_text(json, &(Shape){.most = SCENARIO_MAX_STRATEGY - 1}); break;
    case SHAPE_WORD: add_words(json, shape->words); break;
    case SHAPE_MECHANISM: add_mechanisms(json); break;
    case SHAPE_MAP: add_table(json, shape->table, shape->lone); break;
    case SHAPE_ENTRIES: add_entries(json, shape); break;
    case SHAPE_LIST: add_list(json, shape); break;
    case SHAPE_EITHER: add_either(json, shape); break;
    case SHAPE_FORM: add_form(json, shape); break;
    default: add_pattern(json, shape);
    }
}

void scenario_schema(Text *out) {
    Json json = {.text = out};
    json_object(&json, NULL);
    json_string(&json, "$schema", "https://json-schema.org/draft/2020-12/schema");
    json_string(&json, "title", "nonpaper scenario");
    add_table(&json, &scenario_fields, false);
    json_end_object(&json);
    text_add(out, "\n");
}
