/* All acceptable packages of a small space, sorted once for all that a seat may come to think of them. What
 * moves with the world (durability, erosion of red lines) treats packages alike that have the same effect on
 * the peace and cross the same soft red lines: within such a class their order stays, so that an
 * appraisal costs as much as there are classes, and not as there are packages. Not for other folders. */
#ifndef CORE_NEGOTIATION_INVERSE_CLASSES_H
#define CORE_NEGOTIATION_INVERSE_CLASSES_H

#include "core/negotiation/inverse_ranking.h"

enum { CLASSES_MOST = 512 };

/* ranked[from .. to - 1], by sum, then package. */
typedef struct PackageClass {
    Utility effect;   /* on the log hazard */
    uint32_t crossed; /* a bit per soft red line */
    uint32_t from, to;
} PackageClass;

/* Depends on the domain, values, linkages and red lines, and on nothing that an appraisal changes. */
typedef struct Classes {
    Domain domain;   /* its own copy: whoever shares it may outlive who made it */
    Ranking ranking; /* utilities are sums before penalties and durability */
    PackageClass *class;
    uint32_t classes;
    uint32_t users;
} Classes;

/* NULL when there are more than CLASSES_MOST. One user: who called. */
Classes *classes_create(const Domain *domain, const Profile *profile, uint32_t raw);
Classes *classes_share(Classes *classes);
void classes_release(Classes *classes);

/* What the packages of each class are worth under one profile. */
typedef struct ClassView {
    Classes *classes;
    const Profile *profile;
    Utility *penalty; /* [classes] */
    double *share;    /* [classes] */
} ClassView;

void class_view_init(ClassView *view, Classes *classes, const Profile *profile);
void class_view_finish(ClassView *view); /* and releases the classes */

/* As in inverse_utility.h. */
bool class_view_best(const ClassView *view, Outcome *out);
bool class_view_at_least(const ClassView *view, Utility target, Outcome *out);
bool class_view_nearest(const ClassView *view, Utility target, Utility ceiling,
                        const Outcome *reference, Outcome *out);
bool class_view_best_with(const ClassView *view, uint8_t issue, uint8_t option, Outcome *out);
uint32_t class_view_between(const ClassView *view, Utility floor, Utility ceiling, Outcome *out,
                            uint32_t room);
/* What comes next below a package, acceptable or not, that is worth `utility`. */
bool class_view_next(const ClassView *view, Utility utility, const Outcome *after, Outcome *out);

#endif
