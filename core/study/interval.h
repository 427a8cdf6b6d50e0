/* An estimate and how far it may be off: what a study prints beside every number. */
#ifndef CORE_STUDY_INTERVAL_H
#define CORE_STUDY_INTERVAL_H

typedef struct Interval {
    double estimate, least, most;
} Interval;

#endif
