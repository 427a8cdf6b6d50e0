/* What the libraries behind this folder's doors could do at best, for nonpaper bench: the same bytes
 * through bare ZeroMQ, and through bare protobuf-c. */
#ifndef PROTO_LIMITS_H
#define PROTO_LIMITS_H

#include "proto/codec.h"

/* A ROUTER sends a frame to each of its peers, DEALERs in processes of their own, and waits until each
 * has sent one back: a round. All wait by sleeping. */
typedef struct FanOut {
    const char *address;
    unsigned peers, rounds;
    size_t there, back; /* bytes of a frame */
} FanOut;

/* The middle. Gives the seconds that the rounds took, once all peers had come. */
bool fan_out_lead(const FanOut *fan_out, double *seconds, Error *error);
/* A peer, to its end. */
bool fan_out_follow(const FanOut *fan_out);

/* Runs that all go alike, many at once: what their seats were asked and what they said, one step after the other. */
typedef struct Exchange {
    const char *address;
    unsigned seats, steps;
    unsigned live, times; /* so many runs at once, and that so many times */
    const Grant *grant;   /* [steps]: whose seat is asked */
    const Answer *answer; /* [steps] */
} Exchange;

/* The middle: at each step packs the grants of all runs, sends them, and unpacks the answers. Gives the seconds, once
 * all seats had come. Nothing is negotiated. */
bool exchange_lead(const Exchange *exchange, double *seconds, Error *error);
/* A seat, to its end: unpacks grants, packs the answers. */
bool exchange_follow(const Exchange *exchange, SeatId seat);

/* Unpacks and packs that frame so many times, with an arena; gives the seconds. */
double codec_limit(Bytes frame, unsigned times);

#endif
