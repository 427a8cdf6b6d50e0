#include "core/base/real.h"
#include "core/world/number.h"
#include "core/world/world.h"

/* Beyond all calendars; sums of two such still fit. */
static const SimTime FAR = INT64_MAX / 4;

static uint32_t most_times(const Shock *shock) {
    if (shock->most > 0) return shock->most;
    bool otherwise = shock->at != NP_NEVER || shock->every > 0;
    return shock->conditional && !otherwise ? 1 : UINT32_MAX;
}

/* Whole seconds to the next event of a Poisson process, exponential with that mean. 1 - u lies in (0, 1], so
 * that the logarithm is finite. */
static SimTime waiting_time(Rng *luck, SimTime mean) {
    double wait = -real_log(1.0 - rng_unit(luck)) * (double)mean;
    if (wait >= (double)FAR) return FAR;
    SimTime whole = (SimTime)(wait + 0.5);
    return whole > 0 ? whole : 1;
}

SimTime world_next_shock(World *world, uint8_t shock, SimTime after) {
    const Shock *model = &world->model->shock[shock];
    if (model->every <= 0 || after >= FAR || world->befallen[shock] >= most_times(model))
        return NP_NEVER;
    SimTime wait = waiting_time(&world->luck[shock], model->every);
    return wait == FAR ? NP_NEVER : after + wait;
}

bool world_shock_is_due(const World *world, uint8_t shock) {
    const Shock *model = &world->model->shock[shock];
    if (world->befallen[shock] >= most_times(model)) return false;
    if (!model->conditional) return true;
    bool reached =
        number_billionths(world->value[model->variable]) >= number_billionths(model->threshold);
    return reached != model->below;
}
