/* The packages that a question admits as the paths of a layered graph, a decision diagram (Bergman, Cire, van
 * Hoeve and Hooker 2016): a layer decides one issue, and partial packages meet in one node when they agree in
 * all that still matters for the rest: the conditions that may yet be met, whose consent is needed, whose
 * red lines are crossed. So what tables of utilities, exclusions, linkages, red lines and consent have to say
 * is said here once; the frontier and the searches walk along it. For this folder.
 *
 * inverse_space.h does the same for one seat and one partial package at a time, where three words of bits are
 * enough; here there are conditions of sixteen seats. */
#ifndef CORE_ANALYSIS_DIAGRAM_H
#define CORE_ANALYSIS_DIAGRAM_H

#include "core/analysis/packages.h"

enum {
    DIAGRAM_WORDS = (DOMAIN_MAX_EXCLUSIONS +
                     NP_MAX_SEATS * (PROFILE_MAX_LINKAGES + 2 * PROFILE_MAX_RED_LINES)) /
                    64,
    DIAGRAM_MOST_WIDE = 1 << 13, /* nodes of a layer; of more only the first are followed, ... */
    DIAGRAM_LEAST_WIDE = 16, /* ... and of fewer where the budget is small, but so many always */
    DIAGRAM_EFFECT = NP_MAX_SEATS,
    DIAGRAM_SUM,
    DIAGRAM_TERMS
};

#define DIAGRAM_NOWHERE UINT32_MAX

/* Sums along a path: every seat's utility before durability, the effect on the log hazard, and all seats'
 * utilities together. */
typedef struct Sums {
    Utility term[DIAGRAM_TERMS];
} Sums;

/* What partial packages of a node agree in. */
typedef struct NodeKey {
    uint64_t alive[DIAGRAM_WORDS]; /* a bit per condition on several issues that may yet hold */
    SeatSet needed;                /* of those whose consent is not needed anyway */
    SeatSet crossed;               /* whose hard red lines are crossed */
    uint32_t changes; /* 1: something of the status quo, where the scope asks for that */
    uint32_t dead;    /* 1: no package comes of it; set once all layers are laid */
} NodeKey;

typedef struct Layer {
    uint8_t issue; /* that is decided from here to the next layer */
    uint8_t options;
    uint32_t nodes;
    NodeKey *key;       /* [nodes] */
    uint32_t *child;    /* [nodes][options], or DIAGRAM_NOWHERE */
    Sums *least, *most; /* [nodes] of what the rest of a path can add */
    uint64_t *closes;   /* [DIAGRAM_WORDS]: conditions whose last issue this is */
} Layer;

/* What a condition on several issues means when it holds. */
typedef struct Tie {
    enum { TIE_EXCLUSION, TIE_WORTH, TIE_RED_LINE } kind;
    SeatId seat;
    Utility worth;
} Tie;

typedef struct Diagram {
    const Question *question;
    const Durability *durability; /* what the seats with one have; NULL: a peace holds for sure */
    uint8_t seats, issues;
    bool whole;      /* no layer was too wide */
    bool empty;      /* there is no path */
    bool apart;      /* where not all paths are here: is a package known without them? */
    Outcome known;   /* if so */
    double left;     /* of the question's budget: choices to be looked at while layers are laid */
    SeatSet sure;    /* whose consent is needed for every package */
    SeatSet tracked; /* whose consent matters, and is needed for some */
    uint32_t ties;
    Tie tie[DIAGRAM_WORDS * 64];
    uint32_t never[NP_MAX_ISSUES]; /* a bit per option */
    SeatSet crosses[NP_MAX_ISSUES][NP_MAX_OPTIONS];
    Utility value[NP_MAX_SEATS][NP_MAX_ISSUES][NP_MAX_OPTIONS];
    uint64_t fits[NP_MAX_ISSUES][NP_MAX_OPTIONS][DIAGRAM_WORDS];
    Layer layer[NP_MAX_ISSUES + 1]; /* layer[0] is the root, the last one's nodes are ends */
} Diagram;

/* `question` is borrowed. Looks at about as many choices as its budget allows. */
Diagram *diagram_create(const Question *question);
void diagram_destroy(Diagram *diagram);

/* What choosing `option` in that node adds; a legal choice. */
void diagram_add(const Diagram *diagram, uint8_t layer, uint32_t node, uint8_t option, Sums *sums);

/* What a whole package with these sums is worth to a seat. */
Utility diagram_worth(const Diagram *diagram, SeatId seat, const Sums *sums);
/* The most, and the least, that it can become worth on a path onwards from a node. */
Utility diagram_most(const Diagram *diagram, SeatId seat, const Sums *sums, const Layer *layer,
                     uint32_t node);
Utility diagram_least(const Diagram *diagram, SeatId seat, const Sums *sums, const Layer *layer,
                      uint32_t node);

/* Seats that must have their thresholds in every package below a node; exactly those at an end. */
SeatSet diagram_demanding(const Diagram *diagram, const NodeKey *key);
/* Are their thresholds out of reach? */
bool diagram_hopeless(const Diagram *diagram, const Sums *sums, const Layer *layer, uint32_t node);

#endif
