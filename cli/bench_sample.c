#include "cli/bench_sample.h"

#include <string.h>

#include "cli/bench_play.h"
#include "core/base/sim_time.h"

static void see(BenchSample *sample, SeatId seat) {
    Observation *seen = &sample->seen[seat];
    *seen = (Observation){.at = sample->occasion.at,
                          .expires_at = NP_NEVER,
                          .offer = 2000u + seat,
                          .kind = NP_EVENT_OFFER,
                          .seat = seat,
                          .packages = 1};
    memset(seen->menu[0].option, NP_NO_OPTION, sizeof seen->menu[0].option);
    memset(seen->menu[0].option, 1, 5);
    sample->list[seat] = seen;
}

void bench_sample(BenchSample *sample) {
    memset(sample, 0, sizeof *sample);
    sample->occasion = (Occasion){.at = 500 * SIM_DAY, .observations = 4};
    for (SeatId seat = 0; seat < 4; seat++) see(sample, seat);
    sample->grant = (Grant){.run = 1,
                            .occasions = 1,
                            .occasion = &sample->occasion,
                            .observations = 4,
                            .observation = sample->list};
    sample->answer = bench_answer(0, 5, &sample->grant, &sample->reply);
}
