// boulware, as docs/strategies.md describes it, for one run: holds out and concedes shortly before the deadline.
'use strict';

const { pow } = require('./real');
const { billionths, real, SILENT } = require('./preferences');

const OFFER = 'EVENT_OFFER', DAY = 86400, SLACK = 20000000;

// "boulware(e=0.5, every=3)": what differs from the initial values.
function parameters(specification) {
    const found = { e: 0.2, k: 0, every: 14 };
    const match = /^[^(]*\((.*)\)$/.exec(specification || '');
    for (const piece of match ? match[1].split(',') : []) {
        const [key, value] = piece.split('=').map((word) => word.trim());
        if (key in found) found[key] = Number(value);
    }
    return found;
}

class Boulware {
    constructor(preferences, terms, seat, specification) {
        const { e, k, every } = parameters(specification);
        Object.assign(this, { preferences, seat, k, exponent: 1 / e });
        this.every = Math.max(Math.trunc(every * DAY), 1);
        this.deadline = Number(terms.deadline);
        this.lookahead = Number(terms.lookahead);
        this.delay = Number(terms.seat[seat].delay);
        this.turns = terms.mechanism.turns === true;
        this.offers = terms.seat.map(() => ({ number: 0, menu: [], accepted: new Set(), rejected: false }));
        this.due = 0;
        this.closed = false;
        const best = preferences.best();
        this.reservation = preferences.reservation;
        this.best = best === null ? this.reservation : Math.max(best.utility, this.reservation);
    }

    observe(seen) {
        if (seen.kind === OFFER) this.seeOffer(seen);
        else if (seen.kind === 'EVENT_SIGNATURE') this.closed = true;
        else if (seen.kind === 'EVENT_REFUSAL' && seen.refused === 'OFFER') this.offers[this.seat].menu = [];
        else if (seen.kind === 'EVENT_LAPSE' || seen.kind === 'EVENT_WITHDRAWAL') this.seeEnd(seen);
        else if (seen.kind === 'EVENT_ACCORD') throw new Error('partial accords are more than this agent can');
    }

    seeOffer(seen) {
        if (this.turns) for (const offer of this.offers) offer.number = 0;
        const offer = this.offers[seen.seat];
        offer.number = seen.offer;
        offer.expiresAt = Number(seen.expiresAt);
        if (seen.seat === this.seat) return;
        offer.menu = seen.menu.map((octets) => this.weigh(octets));
        offer.accepted = new Set();
        offer.rejected = false;
    }

    seeEnd(seen) {
        const offer = this.offers.find((one) => one.number !== 0 && one.number === seen.offer);
        if (offer === undefined) return;
        const own = offer === this.offers[seen.seat];
        if (seen.kind === 'EVENT_LAPSE' || own) {
            offer.number = 0;
            if (seen.kind === 'EVENT_LAPSE' && offer === this.offers[this.seat]) offer.menu = [];
        } else if (seen.seat === this.seat) offer.accepted.delete(seen.package || 0);
    }

    weigh(octets) {
        const option = this.preferences.issues.map((_, issue) => issue < octets.length ? octets[issue] : SILENT);
        const complete = this.preferences.complete(option), worth = this.preferences.utility(option);
        const nothing = option.map(() => SILENT);
        const useful = complete || worth > this.preferences.utility(nothing);
        const merit = this.preferences.acceptable(option) && useful;
        return { option, worth, complete, merit };
    }

    target(at) {
        if (at >= this.deadline) return this.reservation;
        const conceded = this.k + (1 - this.k) * pow(at > 0 ? at / this.deadline : 0, this.exponent);
        const claim = real(this.best) - real(this.reservation);
        return billionths(real(this.reservation) + (1 - conceded) * claim);
    }

    act(now) {
        const moves = [], reply = { at: now, move: moves };
        if (this.closed) return reply;
        const target = this.target(now + this.delay);
        if (this.accept(now, target, moves)) return reply;
        if (!this.turns) this.reject(moves);
        if (this.turns || (now >= this.due && now + 2 * this.delay <= this.deadline)) this.offer(target, moves);
        this.wait(now, reply);
        return reply;
    }

    accept(now, target, moves) {
        for (let made = 0; made < (this.turns ? 1 : 4); made++) {
            let best = null;
            this.offers.forEach((offer, seat) => {
                if (seat === this.seat || offer.number === 0) return;
                offer.menu.forEach((it, k) => {
                    if (now + this.delay >= offer.expiresAt || offer.accepted.has(k) || !it.merit) return;
                    if (it.complete && it.worth < target) return;
                    if (best !== null && it.worth <= best.it.worth) return;
                    const own = this.offers[this.seat].menu;
                    if (!this.turns && own.some((mine) => same(mine.option, it.option))) return;
                    best = { offer, k, it };
                });
            });
            if (best === null) return false;
            moves.push({ kind: 'ACCEPT', offer: best.offer.number, package: best.k });
            best.offer.accepted.add(best.k);
        }
        return this.turns;
    }

    reject(moves) {
        const serves = (it) => it.merit && (!it.complete || it.worth >= this.reservation);
        let made = 0;
        this.offers.forEach((offer, seat) => {
            if (made === 2 || seat === this.seat || offer.number === 0 || offer.rejected) return;
            const needed = offer.menu.reduce((set, it) => set | this.preferences.needed(it.option), 0);
            if (offer.menu.some(serves) || (needed >>> this.seat & 1) === 0) return;
            moves.push({ kind: 'REJECT', offer: offer.number });
            offer.rejected = true;
            made++;
        });
    }

    reference() {
        let reference = null;
        this.offers.forEach((offer, seat) => {
            const complete = seat === this.seat ? [] : offer.menu.filter((it) => it.complete);
            if (complete.length === 0) return;
            const best = complete.reduce((a, b) => b.worth > a.worth ? b : a);
            if (reference === null || best.worth < reference.worth) reference = best;
        });
        return reference;
    }

    offer(target, moves) {
        const reference = this.reference();
        let chosen = reference && this.preferences.nearest(target, SLACK, reference.option);
        chosen = chosen || this.preferences.atLeast(target);
        if (!chosen) chosen = this.best > this.reservation || this.preferences.best() ? this.preferences.best() : null;
        if (!chosen || chosen.utility < this.reservation) return;
        const own = this.offers[this.seat];
        if (!this.turns && own.menu.length === 1 && same(own.menu[0].option, chosen.option)) return;
        moves.push({ kind: 'OFFER', menu: [Buffer.from(chosen.option)] });
        own.menu = [chosen];
    }

    wait(now, reply) {
        const lastCall = this.deadline - this.delay;
        if (this.turns || now >= lastCall) return;
        if (now >= this.due) {
            const left = Math.max(Math.trunc((this.deadline - now) / 2),
                Math.max(Math.trunc(this.every / 4), 2 * this.delay));
            this.due = now + Math.max(Math.min(left, this.every), this.lookahead);
        }
        reply.wakeAt = Math.min(this.due, lastCall);
    }
}

const same = (a, b) => a.every((option, issue) => option === b[issue]);

module.exports = { Boulware };
