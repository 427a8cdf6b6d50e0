#include <stdio.h>

#include "core/world/number.h"
#include "core/world/world.h"

uint64_t world_notices(World *world) {
    uint64_t noticed = 0;
    for (uint8_t v = 0; v < world->model->variables; v++) {
        double notice = world->model->dynamics[v].notice;
        double moved = world->value[v] - world->told[v];
        /* In billionths, so that from 0.4 to 0.7 is a move of 0.3. */
        if (notice <= 0 ||
            number_billionths(moved < 0 ? -moved : moved) < number_billionths(notice))
            continue;
        world->told[v] = world->value[v];
        noticed |= UINT64_C(1) << v;
    }
    return noticed;
}

/* A moment's place in the stream, far enough from the next second's for any number of draws that the polar
 * method needs: what is seen never depends on what was looked at before. */
static Rng stream_at(RngKey key, SimTime now) {
    Rng rng = rng_stream(key);
    rng.counter = (uint64_t)now << 20;
    return rng;
}

double world_sight(const World *world, uint64_t seed, uint8_t variable, SeatId seat,
                   const char *seat_id, double value) {
    (void)
        seat; /* seats are known to chance by name: another place in the scenario is the same luck */
    const VariableModel *model = &world->model->dynamics[variable];
    if (!(model->error > 0)) return value;
    char name[512];
    snprintf(name, sizeof name, "sight/%s/%s", world->model->variable[variable].id, seat_id);
    Rng rng = stream_at(rng_key(seed, name), world->now);
    double seen = number_bounded(value + model->error * rng_normal(&rng));
    return number_settled(number_kept(seen, model->least, model->most));
}

/* The step's inverse, where that is meant to be a whole number: 0.02 is not a fiftieth, but nearly. */
static double parts_of_one(double step) {
    double parts = 1.0 / step;
    double whole = parts < 1e12 ? (double)(int64_t)(parts + 0.5) : parts;
    double off = parts - whole;
    return off < parts * 1e-12 && off > -parts * 1e-12 ? whole : parts;
}

double world_round(double number, double step) {
    if (!(step > 0)) return number;
    double parts = parts_of_one(step);
    double multiples = number * parts;
    if (!(multiples < 0x1p52 && multiples > -0x1p52)) return number_settled(number);
    double whole = (double)(int64_t)(multiples < 0 ? multiples - 0.5 : multiples + 0.5);
    return number_settled(whole / parts);
}
