/* A strategy put together from parts: what it asks for (bidding), what it says yes to (acceptance) and what it believes of
 * the others (opponent model). Baarslag, Hindriks, Hendrikx, Dirkzwager and Jonker, Decoupling Negotiating Agents to
 * Explore the Space of Negotiation Strategies, 2014. Each kind of part is a small table of functions. */
#ifndef AGENTS_BOA_H
#define AGENTS_BOA_H

#include "agents/aspiration.h"
#include "agents/boa_model.h"
#include "agents/boa_part.h"
#include "agents/table.h"

typedef struct Boa Boa;

enum { BOA_HEARD = 96, BOA_WINDOW = 10, BOA_OWN = 64, BOA_KNOWN = 512 };

typedef struct Bidding {
    BoaPart part;
    void (*open)(Boa *boa, const Host *host); /* optional */
    /* Another seat's complete package has come, the best of its menu. Optional. */
    void (*hear)(Boa *boa, const Host *host, SeatId seat, const Outcome *package, double worth);
    /* The seat's numbers have moved. Optional. */
    void (*follow)(Boa *boa, const Host *host);
    /* What it asks for at a moment, in own utility. */
    double (*target)(Boa *boa, const Host *host, SimTime at);
    /* What to table next; NULL: what is worth the target and best for the others as modelled. */
    bool (*package)(Boa *boa, const Host *host, SimTime at, double target, Outcome *out);
    /* Its package was tabled. Optional. */
    void (*tabled)(Boa *boa, const Host *host, const Outcome *package);
} Bidding;

/* What an acceptance condition looks at. */
typedef struct Prospect {
    SimTime at;    /* when the acceptance takes effect */
    double target; /* what the bidding asks for */
    double next;   /* worth of what would be tabled next; infinite when nothing would be */
} Prospect;

typedef struct Acceptance {
    BoaPart part;
    /* The least own utility that is accepted; infinite for none. Never below the reservation value, whatever it says. */
    double (*bar)(const Boa *boa, const Host *host, const Prospect *prospect);
} Acceptance;

/* A package that was offered by another seat. */
typedef struct HeardOffer {
    SimTime at;
    double worth;
    Outcome package;
} HeardOffer;

/* What a seat has offered, on this seat's own scale (boa_reciprocity.c). */
typedef struct Concessions {
    uint32_t offers[NP_MAX_SEATS];
    double worth[NP_MAX_SEATS][BOA_WINDOW + 1]; /* a ring of the latest */
    double upheld; /* share of best - reservation that the seat asks for */
} Concessions;

/* A walk down the packages (boa_search.c). */
typedef struct Descent {
    uint32_t own;                 /* different packages tabled */
    Outcome mine[BOA_OWN];        /* the latest of these, as a ring */
    Outcome lowest;               /* the last of the walk */
    uint32_t known;               /* different packages heard, as far as there is room */
    uint32_t heard[NP_MAX_SEATS]; /* ... from each */
    uint64_t seen[BOA_KNOWN];     /* ... by their prints */
} Descent;

/* Where a published agent stands (boa_agents.c). */
typedef struct Course {
    Aspiration aspiration;
    double first, nash; /* worth of the first package heard, and of the Nash point as modelled */
    Outcome at, next;   /* where a walk has come to, and where it goes on */
    bool walking, heard;
    bool stale; /* something was heard since the Nash point was sought */
} Course;

struct Boa {
    Table table;
    SimTime every;
    const Bidding *bidding;
    const Acceptance *acceptance;
    const OpponentModel *opponent;
    double b[BOA_NUMBERS], a[BOA_NUMBERS], o[BOA_NUMBERS]; /* the parts' numbers */
    double best, reservation;                              /* as of now */
    Outcome previous, lowest; /* own packages tabled: the latest, and the least */
    bool tabled;
    uint32_t heard;
    HeardOffer history[BOA_HEARD]; /* the latest heard, as a ring */
    Models models;
    union {
        Aspiration aspiration;
        Concessions concessions;
        Descent descent;
        Course course;
    };
};

/* A composition, each part as "name(parameter=value, …)". False with a sentence when there is no such part. */
typedef struct BoaSpec {
    const char *bidding, *acceptance, *opponent, *table;
    double every;          /* days */
    const double *numbers; /* the bidding's, in place of what its specification says; or NULL */
} BoaSpec;
bool boa_open(Boa *boa, const Host *host, const BoaSpec *spec, char *why, size_t why_size);
void boa_observe(void *state, const Host *host, const Observation *seen);
void boa_act(void *state, const Host *host, SimTime now, Reply *reply);

/* --- for parts --- */

/* Worth the target, at most 0.02 more, and of these the best for the others as modelled; without a model as table_package. */
bool boa_package(const Boa *boa, const Host *host, double target, Outcome *out);
/* What the others have of a package, as modelled: the one who has least. 0 where nothing is modelled. */
double boa_others(const Boa *boa, const Host *host, const Outcome *package);
/* The share of the time that is over, in [0, 1]. */
double boa_time(const Host *host, SimTime at);

extern const Bidding bidding_boulware, bidding_linear, bidding_conceder, bidding_exponential;
extern const Bidding bidding_relative, bidding_random_absolute, bidding_averaged;
extern const Bidding bidding_micro, bidding_random_walker, bidding_hardliner, bidding_trade_off;
extern const Bidding bidding_hard_headed, bidding_nice_tit_for_tat;

#endif
