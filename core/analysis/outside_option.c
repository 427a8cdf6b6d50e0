#include "core/analysis/outside_option.h"

#include "core/world/appraise.h"
#include "core/world/course.h"

void outlook_appraise(Profile *profile, SeatId seat, const World *world) {
    world_appraise(world, seat,
                   &(OwnNumbers){&profile->reservation, &profile->aftermath, &profile->eroded,
                                 &profile->hazard});
}

static void follow_course(Outlook *outlook, const Negotiation *negotiation) {
    Course *course = course_create(negotiation->world, &outlook->status_quo);
    course_advance(course, outlook->at);
    for (SeatId seat = 0; seat < negotiation->terms.seats; seat++)
        outlook_appraise(&outlook->profile[seat], seat, course_world(course));
    outlook->status_quo = *course_in_force(course);
    outlook->broken_off = course_broken_off(course);
    course_destroy(course);
}

Outlook *outlook_create(const Negotiation *negotiation, SimTime at) {
    Outlook *outlook = memory_new(1, sizeof *outlook);
    outlook->at = at;
    outlook->broken_off = NP_NEVER;
    outlook->status_quo = domain_status_quo(&negotiation->terms.domain);
    for (SeatId seat = 0; seat < negotiation->terms.seats; seat++)
        outlook->profile[seat] = negotiation->profile[seat];
    if (negotiation->world != NULL) follow_course(outlook, negotiation);
    for (SeatId seat = 0; seat < negotiation->terms.seats; seat++)
        outlook->outside[seat] = outlook->profile[seat].reservation;
    return outlook;
}

void outlook_destroy(Outlook *outlook) {
    memory_free(outlook);
}

Question outlook_question(const Outlook *outlook, const Negotiation *negotiation, Scope scope) {
    Question question = question_about(negotiation, scope);
    question.profile = outlook->profile;
    question.status_quo = outlook->status_quo;
    for (SeatId seat = 0; seat < negotiation->terms.seats; seat++)
        question.threshold[seat] = outlook->outside[seat];
    return question;
}
