#include "core/world/appraise.h"

#include "core/world/number.h"

int64_t world_appraised(const World *world, uint8_t aspect, const Form *form) {
    double number = form_value(form, world->value);
    if (aspect != NP_ASPECT_RESERVATION) number = world_round(number, world->model->deal_step);
    if (aspect == NP_ASPECT_EROSION) number = number_within(number, 0, 1);
    return number_billionths(number);
}

void world_appraise(const World *world, SeatId seat, const OwnNumbers *numbers) {
    const Appraisal *own = &world->model->appraisal[seat];
    if (own->uses_reservation)
        *numbers->reservation = world_appraised(world, NP_ASPECT_RESERVATION, &own->reservation);
    if (own->uses_aftermath)
        *numbers->aftermath = world_appraised(world, NP_ASPECT_AFTERMATH, &own->aftermath);
    if (own->uses_eroded)
        *numbers->eroded = world_appraised(world, NP_ASPECT_EROSION, &own->eroded);
    if (world->model->uses_hazard)
        *numbers->hazard = world_appraised(world, NP_ASPECT_HAZARD, &world->model->hazard);
}
