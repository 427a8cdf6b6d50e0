/* What replay --verify says of a run. */
#ifndef CLI_VERIFY_PRINT_H
#define CLI_VERIFY_PRINT_H

#include "cli/options.h"
#include "cli/verify.h"

/* Verifies, prints on standard output as the options say, gives the exit code of the answer. False when it could not
 * be told. */
bool verify_and_print(const Options *options, Record *record, const RunRow *row,
                      const VerifyMeans *means, int *code, Error *error);

#endif
