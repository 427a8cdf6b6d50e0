"""The same bits on every machine: exp, log and pow as the program computes them.

Python's ``math`` asks the C library, whose last digit varies by processor. These follow core/base/real.c
operation by operation; only what IEEE 754 defines exactly is left to the machine.

The polynomials and the splitting of pow are those of msun:

Copyright (C) 1993, 2004 by Sun Microsystems, Inc. All rights reserved.
Permission to use, copy, modify, and distribute this software is freely granted, provided that
this notice is preserved.
"""
from __future__ import annotations

import math
import struct

INFINITE = math.inf
NOT_A_NUMBER = math.nan
_LN2_HIGH = 6.93147180369123816490e-01  # 33 bits: exact times an exponent
_LN2_LOW = 1.90821492927058770002e-10
_SQRT_TWO = 1.41421356237309514547

_DOUBLE = struct.Struct("<d")
_BITS = struct.Struct("<Q")


def _head_of(x: float) -> float:
    """x without the lower half of its bits, so that products of two heads are exact."""
    (bits,) = _BITS.unpack(_DOUBLE.pack(x))
    (head,) = _DOUBLE.unpack(_BITS.pack(bits & 0xFFFFFFFF00000000))
    return float(head)


def _take_exponent(x: float) -> tuple[float, int]:
    """x > 0, finite: x = m 2^n, m in [sqrt(1/2), sqrt(2))."""
    half, n = math.frexp(x)
    m = half * 2.0
    return (m, n - 1) if m < _SQRT_TWO else (half, n)


def _scale(x: float, n: int) -> float:
    try:
        return math.ldexp(x, n)
    except OverflowError:
        return INFINITE


def _exp_of(high: float, low: float, n: int) -> float:
    """e^(high + low) 2^n with |low| far below |high| < 0.35."""
    r = high + low
    t = r * r
    c = r - t * (
        1.66666666666666019037e-01
        + t
        * (
            -2.77777777770155933842e-03
            + t
            * (
                6.61375632143793436117e-05
                + t * (-1.65339022054652515390e-06 + t * 4.13813679705723846039e-08)
            )
        )
    )
    total = 1.0 + high
    lost = high - (total - 1.0)
    return _scale(total + (lost + (r * c / (2.0 - c) + low)), n)


def exp(x: float) -> float:
    """e to the power of x."""
    if x != x:
        return NOT_A_NUMBER
    if x > 7.09782712893383973096e02:
        return INFINITE
    if x < -7.45133219101941108420e02:
        return 0.0
    n = int(1.44269504088896338700 * x + (-0.5 if x < 0 else 0.5))
    return _exp_of(x - n * _LN2_HIGH, -(n * _LN2_LOW), n)


def log(x: float) -> float:
    """The natural logarithm of x: not a number below 0, minus infinity at 0."""
    if x != x or x < 0:
        return NOT_A_NUMBER
    if x == 0:
        return -INFINITE
    if x == INFINITE:
        return x
    m, n = _take_exponent(x)
    f = m - 1.0
    s = f / (2.0 + f)
    z = s * s
    w = z * z
    even = w * (
        3.999999999940941908e-01 + w * (2.222219843214978396e-01 + w * 1.531383769920937332e-01)
    )
    odd = z * (
        6.666666666666735130e-01
        + w
        * (
            2.857142874366239149e-01
            + w * (1.818357216161805012e-01 + w * 1.479819860511658591e-01)
        )
    )
    half = 0.5 * f * f
    return n * _LN2_HIGH - ((half - (s * (half + (even + odd)) + n * _LN2_LOW)) - f)


def sqrt(x: float) -> float:
    """The square root of x: not a number below 0."""
    return math.sqrt(x) if x >= 0 else NOT_A_NUMBER


def _ratio(m: float, c: float) -> tuple[float, float]:
    """(m - c)/(m + c) in two parts."""
    difference = m - c
    inverse = 1.0 / (m + c)
    head = _head_of(difference * inverse)
    sum_head = _head_of(m + c)
    sum_tail = m - (sum_head - c)
    return head, inverse * ((difference - head * sum_head) - head * sum_tail)


def _log_kernel(s_head: float, s_tail: float) -> tuple[float, float]:
    """log((1 + s)/(1 - s)) times 3/2: 3s + s^3 + …, in two parts."""
    whole = s_head + s_tail
    z = whole * whole
    r = (
        z
        * z
        * (
            5.99999999999994648725e-01
            + z
            * (
                4.28571428578550184252e-01
                + z
                * (
                    3.33333329818377432918e-01
                    + z
                    * (
                        2.72728123808534006489e-01
                        + z * (2.30660745775561754067e-01 + z * 2.06975017800338417784e-01)
                    )
                )
            )
        )
    )
    r += s_tail * (s_head + whole)
    square = s_head * s_head
    factor_head = _head_of(3.0 + square + r)
    factor_tail = r - ((factor_head - 3.0) - square)
    u = s_head * factor_head
    v = s_tail * factor_head + factor_tail * whole
    head = _head_of(u + v)
    return head, v - (head - u)


def _log2_of(x: float) -> tuple[float, float]:
    m, n = _take_exponent(x)
    if m < 0.8660254037844386:  # there 2m is nearer to 1.5 than m to 1
        m *= 2.0
        n -= 1
    if m > 1.2247448713915890:
        centre, log2_head, log2_tail = 1.5, 5.84962487220764160156e-01, 1.35003920212974897128e-08
    else:
        centre, log2_head, log2_tail = 1.0, 0.0, 0.0
    head, tail = _log_kernel(*_ratio(m, centre))
    u = 9.61796700954437255859e-01 * head
    v = -7.02846165095275826516e-09 * head + tail * 9.61796693925975554329e-01 + log2_tail
    top = _head_of(((u + v) + log2_head) + n)
    return top, v - (((top - n) - log2_head) - u)


def _exp2_of(head: float, tail: float) -> float:
    whole = head + tail
    n = int(whole + (-0.5 if whole < 0 else 0.5))
    head -= n
    t = _head_of(head + tail)
    u = t * 6.93147182464599609375e-01
    v = (tail - (t - head)) * 6.93147180559945286227e-01 + t * -1.90465429995776804525e-09
    return _exp_of(u, v, n)


def pow(x: float, y: float) -> float:
    """x to the power of y: 1 where y is 0 or x is 1, not a number below 0."""
    if y == 0 or x == 1:
        return 1.0
    if x != x or y != y or x < 0:
        return NOT_A_NUMBER
    if x == 0 or x == INFINITE or y >= 18446744073709551616.0 or y <= -18446744073709551616.0:
        return INFINITE if (x > 1) == (y > 0) else 0.0
    log2_head, log2_tail = _log2_of(float(x))
    y_head = _head_of(y)
    head, tail = y_head * log2_head, (y - y_head) * log2_head + y * log2_tail
    whole = head + tail
    rest = tail - (whole - head)
    if whole > 1024 or (whole == 1024 and rest + 8.0085662595372944372e-17 > 0):
        return INFINITE
    if whole < -1075 or (whole == -1075 and rest <= 0):
        return 0.0
    return _exp2_of(head, tail)
