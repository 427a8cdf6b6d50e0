#include "core/analysis/frontier_merge.h"

#include <stdlib.h>
#include <string.h>

/* Where a peace may break, a package's worth depends on the hazard too, which is a criterion of its own until
 * the end: less of it is better for a seat that has more than its aftermath, and worse for one that has less.
 * Where it may be either, only rows of equal hazard are compared. */
typedef struct Peace {
    bool low, high; /* criteria: the less hazard, the more */
} Peace;

/* Of two packages, one of which dominates before durability, both can be worth the same once that is
 * rounded. They can only be counted where nothing is dropped before; up to so many packages. */
enum { MOST_KEPT = 1 << 18, MOST_WORDS = NP_MAX_SEATS + 2 + 1 + MAXIMA_RANKS };

typedef struct Merging {
    const Diagram *diagram;
    RowShape shape;
    Peace peace;
    bool keep;  /* what is dominated too */
    Rows *rows; /* [nodes of the layer] */
    Merged *merged;
    uint64_t left; /* of the budget */
} Merging;

/* --- rows and sums --- */

static Peace peace_of(const Diagram *diagram) {
    Peace peace = {false, false};
    const Layer *root = &diagram->layer[0];
    for (SeatId seat = 0; seat < diagram->seats; seat++) {
        const Profile *profile = &diagram->question->profile[seat];
        if (profile->durability == NULL) continue;
        peace.low = peace.low || root->most[0].term[seat] > profile->aftermath;
        peace.high = peace.high || root->least[0].term[seat] < profile->aftermath;
    }
    return peace;
}

static void set_criteria(const Merging *merging, const Sums *sums, int64_t *row) {
    uint8_t next = merging->diagram->seats;
    memcpy(row, sums->term, next * sizeof *row);
    if (merging->peace.low) row[next++] = -sums->term[DIAGRAM_EFFECT];
    if (merging->peace.high) row[next++] = sums->term[DIAGRAM_EFFECT];
}

static Sums sums_of(const Merging *merging, const int64_t *row) {
    Sums sums = {{0}};
    uint8_t seats = merging->diagram->seats;
    memcpy(sums.term, row, seats * sizeof *row);
    if (merging->peace.low)
        sums.term[DIAGRAM_EFFECT] = -row[seats];
    else if (merging->peace.high)
        sums.term[DIAGRAM_EFFECT] = row[seats];
    return sums;
}

/* --- one layer --- */

/* From a node of this layer by an option to a node of the next. */
typedef struct Arc {
    uint32_t from, to;
    int64_t add[MOST_WORDS];
} Arc;

typedef struct Arcs {
    Arc *arc;
    size_t count;
} Arcs;

static bool dominates(const int64_t *a, const int64_t *b, uint8_t criteria) {
    bool more = false;
    for (uint8_t i = 0; i < criteria; i++) {
        if (a[i] < b[i]) return false;
        more = more || a[i] > b[i];
    }
    return more;
}

static bool is_beaten(const Arcs *arcs, size_t first, size_t arc, uint8_t criteria) {
    for (size_t other = first; other < arcs->count; other++)
        if (arcs->arc[other].to == arcs->arc[arc].to &&
            dominates(arcs->arc[other].add, arcs->arc[arc].add, criteria))
            return true;
    return false;
}

/* Of the arcs from `first` on, which leave one node, those that none to the same place dominates. */
static void keep_best(const Merging *merging, Arcs *arcs, size_t first) {
    size_t kept = first;
    for (size_t i = first; i < arcs->count; i++)
        if (!is_beaten(arcs, first, i, merging->shape.criteria)) arcs->arc[kept++] = arcs->arc[i];
    arcs->count = kept;
}

static void add_arcs(const Merging *merging, uint8_t number, uint32_t node, Arcs *arcs) {
    const Layer *layer = &merging->diagram->layer[number];
    size_t first = arcs->count;
    for (uint8_t option = 0; option < layer->options; option++) {
        uint32_t child = layer->child[(size_t)node * layer->options + option];
        if (child == DIAGRAM_NOWHERE) continue;
        Sums sums = {{0}};
        Arc *arc = &arcs->arc[arcs->count++];
        *arc = (Arc){.from = node, .to = child};
        diagram_add(merging->diagram, number, node, option, &sums);
        set_criteria(merging, &sums, arc->add);
        rank_choose(row_rank(arc->add, merging->shape), layer->issue, option);
    }
    if (!merging->keep) keep_best(merging, arcs, first);
}

static int by_destination(const void *a, const void *b) {
    const Arc *x = a, *y = b;
    if (x->to != y->to) return x->to < y->to ? -1 : 1;
    return x->from != y->from ? (x->from < y->from ? -1 : 1)
                              : memcmp(x->add, y->add, sizeof x->add);
}

static Arcs arcs_of(const Merging *merging, uint8_t number) {
    const Layer *layer = &merging->diagram->layer[number];
    Arcs arcs = {memory_new((size_t)layer->nodes * layer->options + 1, sizeof(Arc)), 0};
    for (uint32_t node = 0; node < layer->nodes; node++) {
        if (merging->rows[node].count > 0) add_arcs(merging, number, node, &arcs);
    }
    qsort(arcs.arc, arcs.count, sizeof *arcs.arc, by_destination);
    return arcs;
}

/* --- the budget --- */

/* With more than four criteria the sieve comes near to comparing each with each; so many comparisons count as
 * one candidate. */
enum { FEW_CRITERIA = 4, LOOKS = 1 << 14 };

/* What the layer would cost if only a share of the rows went on. */
static double work_of(const Merging *merging, const Arcs *arcs, double share) {
    double work = 0, candidates = 0;
    for (size_t i = 0; i < arcs->count; i++) {
        if (i > 0 && arcs->arc[i].to != arcs->arc[i - 1].to) candidates = 0;
        double more = share * (double)merging->rows[arcs->arc[i].from].count;
        work += more;
        if (merging->shape.criteria > FEW_CRITERIA && !merging->keep)
            work += more * (2 * candidates + more) / LOOKS;
        candidates += more;
    }
    return work;
}

/* Keeps rows at equal distances in their order, the first among them. */
static void thin(const Merging *merging, Rows *rows, double share) {
    size_t stride = rows_stride(merging->shape), count = rows->count;
    size_t kept = (size_t)(share * (double)count);
    if (kept >= count) return;
    if (kept == 0) kept = 1;
    for (size_t i = 0; i < kept; i++)
        memmove(rows->cell + i * stride,
                rows->cell + (size_t)((double)i * (double)count / (double)kept) * stride,
                stride * sizeof *rows->cell);
    rows->count = kept;
}

enum { SHARES = 200 };

/* Of the shares 1, 0.9, 0.81, ... the first that costs no more; what a share costs falls with it. */
static double share_within(const Merging *merging, const Arcs *arcs, double most) {
    double share[SHARES] = {1};
    for (int i = 1; i < SHARES; i++) share[i] = share[i - 1] * 0.9;
    int from = 0, end = SHARES - 1;
    while (from < end) {
        int middle = (from + end) / 2;
        if (work_of(merging, arcs, share[middle]) <= most)
            end = middle;
        else
            from = middle + 1;
    }
    return share[from];
}

/* A layer that would use up what is left, or leave less than half of it for layers to come, goes on with fewer
 * rows: such that it costs an even part of what is left. */
static void keep_within(Merging *merging, uint8_t number, const Arcs *arcs) {
    double layers = merging->diagram->issues - number, left = (double)merging->left;
    if (work_of(merging, arcs, 1) <= (layers > 1 ? left / 2 : left)) return;
    double share = share_within(merging, arcs, left / layers);
    for (uint32_t node = 0; node < merging->diagram->layer[number].nodes; node++)
        if (merging->rows[node].count > 0) thin(merging, &merging->rows[node], share);
    merging->merged->exact = merging->merged->counted = false;
}

static void spend(Merging *merging, const Arcs *arcs) {
    uint64_t work = (uint64_t)work_of(merging, arcs, 1);
    for (size_t i = 0; i < arcs->count; i++)
        merging->merged->states += merging->rows[arcs->arc[i].from].count;
    merging->left -= work < merging->left ? work : merging->left;
}

/* --- pushing on --- */

/* Leaves rows that can still meet the thresholds of those whose consent is needed. */
static void drop_hopeless(const Merging *merging, const Layer *layer, uint32_t node, Rows *rows) {
    if (diagram_demanding(merging->diagram, &layer->key[node]) == 0) return;
    size_t stride = rows_stride(merging->shape), kept = 0;
    for (size_t i = 0; i < rows->count; i++) {
        Sums sums = sums_of(merging, rows->cell + i * stride);
        if (diagram_hopeless(merging->diagram, &sums, layer, node)) continue;
        memmove(rows->cell + kept++ * stride, rows->cell + i * stride, stride * sizeof(int64_t));
    }
    rows->count = kept;
}

static Rows arrive(const Merging *merging, uint8_t number, const Arc *arc, size_t arcs) {
    Part *part = memory_new(arcs, sizeof *part);
    for (size_t i = 0; i < arcs; i++) part[i] = (Part){&merging->rows[arc[i].from], arc[i].add};
    Rows rows = rows_unite(merging->shape, part, arcs);
    memory_free(part);
    drop_hopeless(merging, &merging->diagram->layer[number + 1], arc->to, &rows);
    if (!merging->keep) rows_keep_maxima(merging->shape, &rows);
    return rows;
}

static void replace_rows(Merging *merging, uint8_t number, Rows *next) {
    for (uint32_t node = 0; node < merging->diagram->layer[number].nodes; node++)
        memory_free(merging->rows[node].cell);
    memory_free(merging->rows);
    merging->rows = next;
}

static void push_layer(Merging *merging, uint8_t number) {
    Arcs arcs = arcs_of(merging, number);
    Rows *next = memory_new(merging->diagram->layer[number + 1].nodes + 1, sizeof *next);
    keep_within(merging, number, &arcs);
    spend(merging, &arcs);
    for (size_t i = 0, end; i < arcs.count; i = end) {
        for (end = i; end < arcs.count && arcs.arc[end].to == arcs.arc[i].to;) end++;
        next[arcs.arc[i].to] = arrive(merging, number, &arcs.arc[i], end - i);
    }
    replace_rows(merging, number, next);
    memory_free(arcs.arc);
}

/* --- the end --- */

static bool meets(const Merging *merging, const NodeKey *key, const int64_t *row) {
    SeatSet demanding = diagram_demanding(merging->diagram, key);
    for (SeatId seat = 0; seat < merging->diagram->seats; seat++)
        if (seat_in(demanding, seat) && row[seat] < merging->diagram->question->threshold[seat])
            return false;
    return true;
}

/* The rows of one end, as utilities, after those in `all`. */
static void settle(const Merging *merging, uint32_t node, Rows *all) {
    const Layer *layer = &merging->diagram->layer[merging->diagram->issues];
    const Rows *rows = &merging->rows[node];
    RowShape shape = merging->merged->shape;
    size_t stride = rows_stride(shape), tail = stride - shape.criteria;
    for (size_t i = 0; i < rows->count; i++) {
        const int64_t *from = rows->cell + i * rows_stride(merging->shape);
        int64_t *to = all->cell + all->count * stride;
        Sums sums = sums_of(merging, from);
        for (SeatId seat = 0; seat < shape.criteria; seat++)
            to[seat] = diagram_worth(merging->diagram, seat, &sums);
        memcpy(to + shape.criteria, from + merging->shape.criteria, tail * sizeof *to);
        if (meets(merging, &layer->key[node], to)) all->count++;
    }
}

static void finish(Merging *merging) {
    uint32_t nodes = merging->diagram->layer[merging->diagram->issues].nodes;
    size_t count = 0;
    for (uint32_t node = 0; node < nodes; node++) count += merging->rows[node].count;
    Rows all = {
        0, memory_grow(NULL, count * rows_stride(merging->merged->shape) + 1, sizeof(int64_t))};
    for (uint32_t node = 0; node < nodes; node++) settle(merging, node, &all);
    replace_rows(merging, merging->diagram->issues, NULL);
    rows_sort(merging->merged->shape, &all);
    rows_keep_maxima(merging->merged->shape, &all);
    merging->merged->rows = all;
}

/* --- the whole --- */

static void begin(Merging *merging) {
    const Diagram *diagram = merging->diagram;
    uint8_t ranks = (uint8_t)((diagram->issues + MAXIMA_RANK_ISSUES - 1) / MAXIMA_RANK_ISSUES);
    merging->merged->shape = (RowShape){diagram->seats, ranks};
    merging->peace = peace_of(diagram);
    merging->shape = merging->merged->shape;
    merging->shape.criteria += (uint8_t)(merging->peace.low + merging->peace.high);
    double packages = domain_feasible_count(&diagram->question->terms->domain);
    merging->keep =
        diagram->durability != NULL && packages <= MOST_KEPT && packages != DOMAIN_UNCOUNTED;
    merging->merged->counted = diagram->whole && (diagram->durability == NULL || merging->keep);
    merging->rows = memory_new(1, sizeof *merging->rows);
    merging->rows[0] = (Rows){1, memory_new(rows_stride(merging->shape), sizeof(int64_t))};
    row_set_packages(merging->rows[0].cell, merging->shape, 1);
}

Merged frontier_merge(const Diagram *diagram) {
    Merged merged = {.exact = diagram->whole};
    Merging merging = {.diagram = diagram, .merged = &merged, .left = diagram->question->budget};
    begin(&merging);
    if (diagram->empty) merging.rows[0].count = 0;
    for (uint8_t number = 0; number < diagram->issues; number++) push_layer(&merging, number);
    finish(&merging);
    return merged;
}
