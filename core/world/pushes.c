#include "core/world/pushes.h"

#include "core/base/sim_time.h"
#include "core/world/number.h"

/* Beyond all calendars, and far enough from the end of 64 bits to be added to. */
static const SimTime FAR = INT64_MAX / 4;

static SimTime end_of(SimTime now, SimTime lasting) {
    return now > FAR || lasting > FAR ? NP_NEVER : now + lasting;
}

static double remaining(const World *world, const PassingDrift *drift) {
    return drift->amount * (double)(drift->until - world->now);
}

static SimTime apart(const PassingDrift *a, const PassingDrift *b) {
    return a->until > b->until ? a->until - b->until : b->until - a->until;
}

static void merge_into(const World *world, PassingDrift *kept, const PassingDrift *other) {
    double whole = remaining(world, kept) + remaining(world, other);
    if (other->until > kept->until) kept->until = other->until;
    kept->amount = number_bounded(whole / (double)(kept->until - world->now));
}

static void merge_one(World *world, uint32_t kept, uint32_t other) {
    merge_into(world, &world->passing[kept], &world->passing[other]);
    world->drifts--;
    for (uint32_t i = other; i < world->drifts; i++) world->passing[i] = world->passing[i + 1];
}

/* The two of one variable that end nearest to each other, the earlier ones among equals. */
static void merge_nearest(World *world) {
    uint32_t first = 0, second = 0;
    for (uint32_t i = 0; i < world->drifts; i++)
        for (uint32_t k = i + 1; k < world->drifts; k++) {
            const PassingDrift *a = &world->passing[i], *b = &world->passing[k];
            if (a->variable != b->variable) continue;
            if (second == 0 ||
                apart(a, b) < apart(&world->passing[first], &world->passing[second])) {
                first = i;
                second = k;
            }
        }
    if (second > 0) merge_one(world, first, second);
}

/* The one of the variable that ends nearest to `until`, if any. */
static PassingDrift *nearest(World *world, const PassingDrift *drift) {
    PassingDrift *found = NULL;
    for (uint32_t i = 0; i < world->drifts; i++) {
        PassingDrift *other = &world->passing[i];
        if (other->variable != drift->variable) continue;
        if (found == NULL || apart(other, drift) < apart(found, drift)) found = other;
    }
    return found;
}

static void add_passing(World *world, PassingDrift drift) {
    PassingDrift *twin = nearest(world, &drift);
    if (twin != NULL && twin->until == drift.until) {
        twin->amount = number_bounded(twin->amount + drift.amount);
        return;
    }
    if (world->drifts == WORLD_MAX_DRIFTS) merge_nearest(world);
    if (world->drifts < WORLD_MAX_DRIFTS)
        world->passing[world->drifts++] = drift;
    else /* 64 drifts of 64 variables: this one has a fellow */
        merge_into(world, twin, &drift);
}

void push_add(World *world, uint8_t variable, double amount, SimTime lasting) {
    amount = number_bounded(amount);
    SimTime until = lasting > 0 ? end_of(world->now, lasting) : NP_NEVER;
    if (until == NP_NEVER)
        world->drift[variable] = number_settled(world->drift[variable] + amount);
    else if (amount != 0)
        add_passing(world, (PassingDrift){variable, amount, until});
}

void push_take(World *world, SimTime until, double *moved) {
    uint32_t left = 0;
    for (uint32_t i = 0; i < world->drifts; i++) {
        PassingDrift drift = world->passing[i];
        SimTime end = drift.until < until ? drift.until : until;
        moved[drift.variable] += drift.amount * ((double)(end - world->now) / SIM_DAY);
        if (drift.until > until) world->passing[left++] = drift;
    }
    world->drifts = left;
}
