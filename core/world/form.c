#include "core/world/form.h"

#include "core/base/real.h"
#include "core/world/number.h"

/* Far beyond every variable, and yet eight of them add up to something finite: opposite infinities never
 * meet. */
static double tamed(double x) {
    return number_within(x, -1e300, 1e300);
}

static double linear_sum(const Form *form, const double *variable) {
    double sum = tamed(form->constant);
    for (uint8_t i = 0; i < form->terms; i++)
        sum += tamed(form->coefficient[i] * variable[form->variable[i]]);
    return sum;
}

/* Every share is 0 .. 1, but for an exponential that grows. */
static double between(const Form *form, double share) {
    double least = number_bounded(form->least), most = number_bounded(form->most);
    return share == 1.0 ? most : least + (most - least) * share;
}

static double logistic_share(const Form *form, double z) {
    return 1.0 / (1.0 + real_exp(-form->slope * tamed(z - form->midpoint)));
}

/* Without a half-way point it is full at once: the limit, and 0 at 0. */
static double saturating_share(const Form *form, double z) {
    double half = form->midpoint > 0 ? form->midpoint : 0.0;
    return z > 0 ? z / (z + half) : 0.0;
}

static double exponential_share(const Form *form, double z) {
    return z > 0 ? number_within(real_exp(-form->slope * z), 0.0, 1e18) : 1.0;
}

/* In billionths, so that 0.7 - 0.4 reaches 0.3. */
static double threshold_share(const Form *form, double z) {
    return number_billionths(z) >= number_billionths(form->midpoint) ? 1.0 : 0.0;
}

static double product(const Form *form, const double *variable) {
    double value = tamed(form->constant);
    for (uint8_t i = 0; i < form->terms; i++) value = tamed(value * variable[form->variable[i]]);
    return value;
}

/* What a form that names fewer leaves out is 0. */
static double lottery(const Form *form, const double *variable) {
    double given[3] = {0.0, 0.0, 0.0};
    for (uint8_t i = 0; i < form->terms && i < 3; i++) given[i] = variable[form->variable[i]];
    return tamed(number_within(given[0], 0.0, 1.0) * given[1]) - tamed(given[2]);
}

static double curve(const Form *form, double z) {
    switch (form->kind) {
    case FORM_LOGISTIC: return between(form, logistic_share(form, z));
    case FORM_SATURATING: return between(form, saturating_share(form, z));
    case FORM_THRESHOLD: return between(form, threshold_share(form, z));
    default: return between(form, exponential_share(form, z));
    }
}

static double raw_value(const Form *form, const double *variable) {
    switch (form->kind) {
    case FORM_LINEAR: return number_kept(linear_sum(form, variable), form->least, form->most);
    case FORM_PRODUCT: return number_kept(product(form, variable), form->least, form->most);
    case FORM_LOTTERY: return number_kept(lottery(form, variable), form->least, form->most);
    default: return curve(form, linear_sum(form, variable));
    }
}

double form_value(const Form *form, const double *variable) {
    return number_bounded(raw_value(form, variable));
}
