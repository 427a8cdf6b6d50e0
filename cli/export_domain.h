/* nonpaper export genius|geniusweb: a scenario's domain and profiles in another tool's format. */
#ifndef CLI_EXPORT_DOMAIN_H
#define CLI_EXPORT_DOMAIN_H

#include "cli/options.h"

/* Is that the name of a format? */
bool export_domain_knows(const char *format);
/* With the arguments FORMAT and SCENARIO; gives the exit code. */
int export_domain(const Options *options);

#endif
