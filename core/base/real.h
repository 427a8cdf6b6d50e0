/* exp, log and pow from + - * / and sqrt alone, so that every machine gives the same bits (the C
 * library picks variants by processor). Within 1 ulp of the true value for exp and log, 3 ulp for
 * pow; special values as in C99 Annex F. After FreeBSD msun (e_exp.c, e_log.c: Sun Microsystems,
 * free to use with notice). */
#ifndef CORE_BASE_REAL_H
#define CORE_BASE_REAL_H

double real_exp(double x);
double real_log(double x);
double real_pow(double x, double y); /* x >= 0 */
double real_sqrt(double x);          /* correctly rounded */

#endif
