// What packages are worth to the seat, from its dossier (PROTOCOL.md, What a package is worth). Utilities are whole
// billionths and fit a number exactly. A package is an array of option indexes, SILENT where it says nothing.
'use strict';

const SILENT = 255, MOST_PACKAGES = 1 << 17;

const billionths = (x) => Math.trunc(x * 1e9 + (x < 0 ? -0.5 : 0.5));
const real = (utility) => utility / 1e9;

function holds(when, option) {
    return when.issue.every((issue, term) =>
        option[issue] !== SILENT && (when.options[term] >>> option[issue] & 1) === 1);
}

// A flat list, one number per option, as one row per issue.
function rows(flat, issues) {
    let at = 0;
    return issues.map((issue) => flat.slice(at, at += issue.option.length).map(Number));
}

class Preferences {
    constructor(dossier) {
        const { terms, profile } = dossier;
        this.issues = terms.issue;
        this.exclusions = (terms.exclusion || []).map((exclusion) => exclusion.when);
        this.value = rows(profile.value, terms.issue);
        this.linkages = profile.linkage || [];
        this.redLines = profile.redLine || [];
        this.reservation = Number(profile.reservation || 0);
        this.needs = rows(terms.consent.needs, terms.issue);
        this.consent = terms.consent;
        this.statusQuo = terms.issue.map((issue) => issue.statusQuo);
        this.rank();
    }

    lived(option) {
        return option.map((chosen, issue) => chosen === SILENT ? this.statusQuo[issue] : chosen);
    }

    utility(option) {
        const lived = this.lived(option);
        let sum = 0;
        lived.forEach((chosen, issue) => { if (chosen !== SILENT) sum += this.value[issue][chosen]; });
        for (const { when, bonus } of this.linkages) if (holds(when, lived)) sum += Number(bonus);
        for (const { when, penalty } of this.redLines) if (holds(when, lived)) sum -= Number(penalty || 0);
        return sum;
    }

    acceptable(option) {
        const lived = this.lived(option);
        return lived.some((chosen, issue) => chosen !== this.statusQuo[issue]) &&
            !this.exclusions.some((when) => holds(when, lived)) &&
            !this.redLines.some((line) => line.hard && holds(line.when, lived));
    }

    complete(option) {
        return !option.includes(SILENT);
    }

    needed(option) {
        let needed = 0, changes = false;
        option.forEach((chosen, issue) => {
            if (chosen === SILENT || chosen === this.statusQuo[issue]) return;
            changes = true;
            needed |= this.needs[issue][chosen];
        });
        if (!changes) return 0;
        if (this.consent.unanimous) return this.consent.all;
        return this.complete(option) ? needed | (this.consent.always || 0) : needed;
    }

    // All acceptable packages, from the least utility up; ties in the order of their options.
    rank() {
        const raw = this.issues.reduce((count, issue) => count * issue.option.length, 1);
        if (raw > MOST_PACKAGES) throw new Error(`${raw} packages are too many for this agent`);
        this.ranked = [];
        const walk = (option) => {
            if (option.length === this.issues.length) {
                if (this.acceptable(option)) this.ranked.push({ option, utility: this.utility(option) });
                return;
            }
            this.issues[option.length].option.forEach((_, chosen) => walk([...option, chosen]));
        };
        walk([]);
        this.ranked.sort((a, b) => a.utility - b.utility); // stable
    }

    best() {
        return this.ranked.length === 0 ? null : this.atLeast(this.ranked[this.ranked.length - 1].utility);
    }

    atLeast(target) {
        return this.ranked.find((package_) => package_.utility >= target) || null;
    }

    // Worth target to target + slack, and sharing most options with the reference; ties to the higher utility.
    nearest(target, slack, reference) {
        let chosen = null, least = Infinity;
        for (const candidate of this.ranked) {
            if (candidate.utility < target || candidate.utility > target + slack) continue;
            const apart = candidate.option.filter(
                (option, issue) => reference[issue] !== SILENT && option !== reference[issue]).length;
            if (apart > least || (apart === least && candidate.utility === chosen.utility)) continue;
            chosen = candidate;
            least = apart;
        }
        return chosen;
    }
}

module.exports = { Preferences, billionths, real, SILENT };
