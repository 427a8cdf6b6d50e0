/* What became of an agreement, from the events after it. */
#ifndef REPORT_PEACE_H
#define REPORT_PEACE_H

#include "core/referee/event.h"
#include "core/referee/verdict.h"

/* Begin with a zeroed Peace and give every event in order: after the last one it is that of the verdict. */
void peace_note(Peace *peace, const Event *event);

#endif
