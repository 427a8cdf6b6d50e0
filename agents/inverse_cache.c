#include "agents/inverse_cache.h"

#include <assert.h>
#include <string.h>

#include "core/base/memory.h"

/* --- content: all that the answers of a search depend on, and nothing else --- */

typedef struct Content {
    size_t length;
    uint8_t bytes[32 * 1024];
} Content;

static void content_add(Content *content, const void *bytes, size_t length) {
    assert(content->length + length <= sizeof content->bytes);
    memcpy(content->bytes + content->length, bytes, length);
    content->length += length;
}

static void content_add_number(Content *content, int64_t number) {
    content_add(content, &number, sizeof number);
}

static void content_add_condition(Content *content, const Condition *when) {
    content_add(content, &when->terms, 1);
    content_add(content, when->issue, when->terms);
    content_add(content, when->options, when->terms * sizeof when->options[0]);
}

static void content_add_domain(Content *content, const Domain *domain) {
    content_add(content, &domain->issues, 1);
    for (uint8_t issue = 0; issue < domain->issues; issue++) {
        content_add(content, &domain->issue[issue].options, 1);
        content_add(content, &domain->issue[issue].status_quo, 1);
    }
    content_add_number(content, domain->exclusions);
    for (uint32_t i = 0; i < domain->exclusions; i++)
        content_add_condition(content, &domain->exclusion[i].when);
}

static void content_add_profile(Content *content, const Domain *domain, const Profile *profile) {
    for (uint8_t issue = 0; issue < domain->issues; issue++)
        content_add(content, profile->value[issue],
                    domain->issue[issue].options * sizeof profile->value[issue][0]);
    content_add_number(content, profile->linkages);
    for (uint32_t i = 0; i < profile->linkages; i++) {
        content_add_condition(content, &profile->linkage[i].when);
        content_add_number(content, profile->linkage[i].bonus);
    }
    content_add_number(content, profile->red_lines);
    for (uint32_t i = 0; i < profile->red_lines; i++) {
        content_add_condition(content, &profile->red_line[i].when);
        content_add_number(content, profile->red_line[i].hard);
        content_add_number(content, profile->red_line[i].penalty);
    }
}

/* Shares follow from the four numbers. */
static void content_add_durability(Content *content, const Domain *domain, const Profile *profile) {
    const Durability *durability = profile->durability;
    content_add_number(content, durability != NULL);
    if (durability == NULL) return;
    content_add(content, &durability->base, sizeof durability->base);
    content_add(content, &durability->shape, sizeof durability->shape);
    content_add(content, &durability->discount, sizeof durability->discount);
    content_add(content, &durability->horizon, sizeof durability->horizon);
    for (uint8_t issue = 0; issue < domain->issues; issue++)
        content_add(content, durability->effect[issue],
                    domain->issue[issue].options * sizeof durability->effect[issue][0]);
}

/* Last, what appraisals change. */
static void content_add_appraised(Content *content, const Profile *profile) {
    content_add_number(content, profile->eroded);
    content_add_number(content, profile->durability != NULL ? profile->aftermath : 0);
    content_add_number(content, profile->durability != NULL ? profile->hazard : 0);
}

static void digest_content(const Domain *domain, const Profile *profile, Preferences *out) {
    Content content;
    content.length = 0;
    content_add_domain(&content, domain);
    content_add_profile(&content, domain, profile);
    content_add_durability(&content, domain, profile);
    out->lasting = digest_of(content.bytes, content.length);
    content_add_appraised(&content, profile);
    out->content = digest_of(content.bytes, content.length);
}

/* --- the cache --- */

static Preferences *find(const InverseCache *cache, const Digest *content) {
    for (uint32_t i = 0; i < cache->count; i++)
        if (digest_equal(&cache->entry[i]->content, content)) return cache->entry[i];
    return NULL;
}

/* Another appraisal of the same preferences, with which much can be shared. */
static const InverseUtility *find_like(const InverseCache *cache, const Digest *lasting) {
    for (uint32_t i = 0; i < cache->count; i++)
        if (digest_equal(&cache->entry[i]->lasting, lasting)) return cache->entry[i]->inverse;
    return NULL;
}

static void set_idle(InverseCache *cache, const Preferences *preferences, bool idle) {
    size_t bytes = sizeof *preferences + inverse_bytes(preferences->inverse);
    cache->idle += idle ? 1 : -1;
    cache->idle_bytes += idle ? bytes : -bytes;
}

static bool is_full(const InverseCache *cache) {
    return cache->idle > INVERSE_CACHE_IDLE || cache->idle_bytes > INVERSE_CACHE_BYTES;
}

static Preferences *add(InverseCache *cache, const Domain *domain, const Profile *profile,
                        const Preferences *digests) {
    Preferences *made = memory_new(1, sizeof *made);
    made->content = digests->content;
    made->lasting = digests->lasting;
    made->domain = *domain;
    made->profile = *profile;
    if (profile->durability != NULL) {
        made->durability = memory_new(1, sizeof *made->durability);
        *made->durability = *profile->durability;
        made->profile.durability = made->durability;
    }
    made->inverse =
        inverse_create_like(find_like(cache, &made->lasting), &made->domain, &made->profile);
    if (cache->count == cache->capacity) {
        cache->capacity = cache->capacity ? cache->capacity * 2 : 8;
        cache->entry = memory_grow(cache->entry, cache->capacity, sizeof(Preferences *));
    }
    cache->entry[cache->count++] = made;
    set_idle(cache, made, true);
    return made;
}

Preferences *inverse_cache_take(InverseCache *cache, const Domain *domain, const Profile *profile) {
    Preferences digests;
    digest_content(domain, profile, &digests);
    Preferences *preferences = find(cache, &digests.content);
    if (preferences == NULL) preferences = add(cache, domain, profile, &digests);
    if (preferences->users++ == 0) set_idle(cache, preferences, false);
    return preferences;
}

static void drop(InverseCache *cache, uint32_t place) {
    inverse_destroy(cache->entry[place]->inverse);
    memory_free(cache->entry[place]->durability);
    memory_free(cache->entry[place]);
    cache->entry[place] = cache->entry[--cache->count];
}

/* The last of its kind: without it, the next of its kind would have to sort all packages again. */
static bool is_last_of_kind(const InverseCache *cache, uint32_t place) {
    for (uint32_t i = 0; i < cache->count; i++)
        if (i != place && digest_equal(&cache->entry[i]->lasting, &cache->entry[place]->lasting))
            return false;
    return true;
}

static uint32_t longest_idle(const InverseCache *cache, bool spare_last_of_kind) {
    uint32_t oldest = cache->count;
    for (uint32_t i = 0; i < cache->count; i++) {
        if (cache->entry[i]->users > 0) continue;
        if (oldest < cache->count && cache->entry[i]->returned > cache->entry[oldest]->returned)
            continue;
        if (!spare_last_of_kind || !is_last_of_kind(cache, i)) oldest = i;
    }
    return oldest;
}

static void drop_longest_idle(InverseCache *cache) {
    uint32_t oldest = longest_idle(cache, true);
    if (oldest == cache->count) oldest = longest_idle(cache, false);
    set_idle(cache, cache->entry[oldest], false);
    drop(cache, oldest);
}

void inverse_cache_return(InverseCache *cache, Preferences *preferences) {
    assert(preferences->users > 0);
    preferences->returned = ++cache->clock;
    if (--preferences->users > 0) return;
    set_idle(cache, preferences, true);
    while (is_full(cache)) drop_longest_idle(cache);
}

void inverse_cache_finish(InverseCache *cache) {
    while (cache->count > 0) drop(cache, cache->count - 1);
    memory_free(cache->entry);
    *cache = (InverseCache){0};
}
