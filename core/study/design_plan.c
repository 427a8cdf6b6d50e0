#include "core/base/json.h"
#include "core/study/design_points.h"

static void add_levels(const Factor *factor, Json *json) {
    json_array(json, "levels");
    for (uint32_t i = 0; i < factor->levels; i++) json_string(json, NULL, factor->level[i]);
    json_end_array(json);
}

static void add_range(const Factor *factor, Json *json) {
    json_double(json, "least", factor->least);
    json_double(json, "most", factor->most);
    if (factor->duration) json_string(json, "unit", "s");
}

/* As it is written: "a > b = c". */
static void add_ranking(const Factor *factor, Json *json) {
    Text words = {0};
    for (uint32_t i = 0; i < factor->ranked; i++) {
        const char *bond = factor->tied >> i & 1u ? " = " : factor->silent >> i & 1u ? ", " : " > ";
        text_addf(&words, "%s%s", i == 0 ? "" : bond, factor->item[i]);
    }
    json_string(json, "rank", text_get(&words));
    text_finish(&words);
}

static void add_factor(const Factor *factor, Json *json) {
    json_object(json, NULL);
    json_string(json, "path", factor->path);
    switch (factor->kind) {
    case FACTOR_LEVELS: add_levels(factor, json); break;
    case FACTOR_RANGE: add_range(factor, json); break;
    case FACTOR_RANKED: add_ranking(factor, json); break;
    }
    json_end_object(json);
}

void design_plan(const Design *design, const char *scenario_hash, const char *settings, Text *out) {
    static const char *const name[] = {"grid", "lhs", "sobol"};
    Json json = {.text = out};
    json_object(&json, NULL);
    json_string(&json, "schema", "nonpaper.plan/1");
    json_string(&json, "scenario", scenario_hash);
    json_string(&json, "design", name[design->kind]);
    json_int(&json, "points", (int64_t)design->points);
    json_int(&json, "seed", (int64_t)design->seed);
    json_array(&json, "factors");
    for (uint32_t f = 0; f < design->factors; f++) add_factor(&design->factor[f], &json);
    json_end_array(&json);
    text_addf(out, ",\"settings\":%s", settings);
    json_end_object(&json);
}
