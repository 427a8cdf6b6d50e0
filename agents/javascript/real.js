// x^y for 0 <= x <= 1, y > 0, with the bits that the program computes (PROTOCOL.md, Arithmetic). Math.pow varies by
// engine in its last digit.
//
// The polynomials and the splitting are those of msun:
// Copyright (C) 1993, 2004 by Sun Microsystems, Inc. All rights reserved.
// Permission to use, copy, modify, and distribute this software is freely granted, provided that
// this notice is preserved.
'use strict';

const view = new DataView(new ArrayBuffer(8));

function headOf(x) {
    view.setFloat64(0, x);
    view.setUint32(4, 0);
    return view.getFloat64(0);
}

function takeExponent(x) {
    let n = 0;
    if (x < 2 ** -1022) { x *= 2 ** 54; n = -54; }
    view.setFloat64(0, x);
    const high = view.getUint32(0);
    n += (high >>> 20) - 1023;
    view.setUint32(0, (high & 0x000fffff | 0x3ff00000) >>> 0);
    const m = view.getFloat64(0);
    return m < 1.41421356237309514547 ? [m, n] : [m * 0.5, n + 1];
}

function scale(x, n) {
    let rest = 1;
    if (n > 1000) { n -= 60; rest = 2 ** 60; } else if (n < -1000) { n += 100; rest = 2 ** -100; }
    return x * 2 ** n * rest;
}

function expOf(high, low, n) {
    const r = high + low, t = r * r;
    const c = r - t * (1.66666666666666019037e-01 +
        t * (-2.77777777770155933842e-03 +
        t * (6.61375632143793436117e-05 +
        t * (-1.65339022054652515390e-06 + t * 4.13813679705723846039e-08))));
    const sum = 1 + high, lost = high - (sum - 1);
    return scale(sum + (lost + (r * c / (2 - c) + low)), n);
}

function logKernel(sHead, sTail) {
    const whole = sHead + sTail, z = whole * whole;
    let r = z * z * (5.99999999999994648725e-01 +
        z * (4.28571428578550184252e-01 +
        z * (3.33333329818377432918e-01 +
        z * (2.72728123808534006489e-01 +
        z * (2.30660745775561754067e-01 + z * 2.06975017800338417784e-01)))));
    r += sTail * (sHead + whole);
    const square = sHead * sHead;
    const factorHead = headOf(3 + square + r), factorTail = r - ((factorHead - 3) - square);
    const u = sHead * factorHead, v = sTail * factorHead + factorTail * whole;
    const head = headOf(u + v);
    return [head, v - (head - u)];
}

function log2Of(x) {
    let [m, n] = takeExponent(x);
    if (m < 0.8660254037844386) { m *= 2; n -= 1; }
    const [centre, logHead, logTail] = m > 1.2247448713915890
        ? [1.5, 5.84962487220764160156e-01, 1.35003920212974897128e-08] : [1, 0, 0];
    const difference = m - centre, inverse = 1 / (m + centre);
    const sHead = headOf(difference * inverse);
    const sumHead = headOf(m + centre), sumTail = m - (sumHead - centre);
    const [head, tail] = logKernel(sHead, inverse * ((difference - sHead * sumHead) - sHead * sumTail));
    const u = 9.61796700954437255859e-01 * head;
    const v = -7.02846165095275826516e-09 * head + tail * 9.61796693925975554329e-01 + logTail;
    const top = headOf(((u + v) + logHead) + n);
    return [top, v - (((top - n) - logHead) - u)];
}

function exp2Of(head, tail) {
    const whole = head + tail, n = Math.trunc(whole + (whole < 0 ? -0.5 : 0.5));
    head -= n;
    const t = headOf(head + tail);
    const u = t * 6.93147182464599609375e-01;
    const v = (tail - (t - head)) * 6.93147180559945286227e-01 + t * -1.90465429995776804525e-09;
    return expOf(u, v, n);
}

function pow(x, y) {
    if (y === 0 || x === 1) return 1;
    if (x === 0) return 0;
    const [logHead, logTail] = log2Of(x);
    const yHead = headOf(y);
    const head = yHead * logHead, tail = (y - yHead) * logHead + y * logTail;
    const whole = head + tail, rest = tail - (whole - head);
    if (whole < -1075 || (whole === -1075 && rest <= 0)) return 0;
    return exp2Of(head, tail);
}

module.exports = { pow };
