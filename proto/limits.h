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

/* Unpacks and packs that frame so many times, with an arena; gives the seconds. */
double codec_limit(Bytes frame, unsigned times);

#endif
