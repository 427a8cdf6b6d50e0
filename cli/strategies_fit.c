#include "cli/strategies_fit.h"

#include "agents/player.h"
#include "core/referee/referee.h"
#include "core/scenario/strategy_spec.h"

enum { RUN = 1 };

static bool takes_its_seat(const Brief *brief, Error *error) {
    Player *player = player_create(NULL);
    bool opened = player_open_run(player, brief, error);
    if (opened) player_close_run(player, brief->run);
    player_destroy(player);
    return opened;
}

static void warn(Text *complaints, const char *path, const Error *error) {
    text_add_safe(complaints, path);
    text_add(complaints, ": warning: ");
    text_add_safe(complaints, error->text);
    text_add(complaints, "\n");
}

uint32_t strategies_fit(const Scenario *scenario, const char *path, Text *complaints) {
    Referee *referee = referee_create();
    uint32_t warnings = 0;
    referee_open(referee, &scenario->negotiation, 1, RUN);
    for (SeatId seat = 0; seat < scenario->negotiation.terms.seats; seat++) {
        const char *who[] = {scenario->strategy[seat], scenario->negotiation.substitute[seat]};
        for (int i = 0; i < 2; i++) {
            Error error = {0};
            /* Checking a scenario executes nothing that it names. */
            if (who[i] == NULL || spec_kind(who[i]) != SPEC_BUILT_IN) continue;
            Brief brief = referee_brief(referee, seat, who[i]);
            if (takes_its_seat(&brief, &error)) continue;
            warn(complaints, path, &error);
            warnings++;
        }
    }
    referee_destroy(referee);
    return warnings;
}
