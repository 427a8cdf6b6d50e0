/* Two parts on their own: the codec against bare protobuf-c, the agenda against a bare heap. */
#include <string.h>

#include "cli/bench.h"
#include "cli/bench_sample.h"
#include "core/base/agenda.h"
#include "core/base/memory.h"
#include "proto/limits.h"
#include "proto/wall_clock.h"

/* --- codec --- */

typedef struct Wire {
    FrameWriter grant, answer;
    FrameReader reader;
} Wire;

static bool there_and_back(Wire *wire, const BenchSample *sample, Error *error) {
    Frame frame;
    frame_clear(&wire->grant);
    frame_clear(&wire->answer);
    return frame_add_grant(&wire->grant, &sample->grant, error) &&
           frame_read(&wire->reader, frame_bytes(&wire->grant), &frame, error) &&
           frame_add_answer(&wire->answer, &sample->answer, error) &&
           frame_read(&wire->reader, frame_bytes(&wire->answer), &frame, error);
}

static bool measure_codec(Bench *bench, Wire *wire, Error *error) {
    Samples values = {.count = 0}, limits = {.count = 0};
    BenchSample sample;
    unsigned times = bench_size(bench, 100000);
    bench_sample(&sample);
    for (unsigned i = 0; i < bench->repeats; i++) {
        int64_t began = wall_monotonic_ns();
        for (unsigned k = 0; k < times; k++)
            if (!there_and_back(wire, &sample, error)) return false;
        samples_add(&values, 2 * times / bench_seconds_since(began));
        samples_add(&limits, 2 * times /
                                 (codec_limit(frame_bytes(&wire->grant), times) +
                                  codec_limit(frame_bytes(&wire->answer), times)));
    }
    BenchCase said = {
        .name = "codec",
        .unit = "frames/s",
        .what = "Packing and unpacking a grant and an answer: limit is protobuf-c alone, with "
                "an arena, on the same frames, without bounds, ranges or plain values."};
    bench_add(bench, said, &values, &limits);
    return true;
}

static bool bench_codec(Bench *bench, Error *error) {
    Wire wire;
    frame_writer_init(&wire.grant);
    frame_writer_init(&wire.answer);
    frame_reader_init(&wire.reader);
    bool good = measure_codec(bench, &wire, error);
    frame_reader_finish(&wire.reader);
    frame_writer_finish(&wire.answer);
    frame_writer_finish(&wire.grant);
    return good;
}

/* --- agenda --- */

enum { PENDING = 1000 };

/* As large as an entry of the agenda, in order of one key. */
typedef struct BareEntry {
    int64_t key;
    uint8_t rest[sizeof(AgendaEntry) - sizeof(int64_t)];
} BareEntry;

static void bare_add(BareEntry *heap, unsigned *count, BareEntry entry) {
    unsigned hole = (*count)++;
    for (; hole > 0 && entry.key < heap[(hole - 1) / 2].key; hole = (hole - 1) / 2)
        heap[hole] = heap[(hole - 1) / 2];
    heap[hole] = entry;
}

static BareEntry bare_take(BareEntry *heap, unsigned *count) {
    BareEntry first = heap[0], last = heap[--*count];
    unsigned hole = 0;
    for (unsigned child; (child = 2 * hole + 1) < *count; hole = child) {
        if (child + 1 < *count) child += heap[child + 1].key < heap[child].key;
        if (heap[child].key >= last.key) break;
        heap[hole] = heap[child];
    }
    heap[hole] = last;
    return first;
}

/* Cheap, and the same for both. */
static int64_t pause_of(uint64_t *luck) {
    *luck = *luck * UINT64_C(6364136223846793005) + 1442695040888963407u;
    return 1 + (int64_t)(*luck >> 44);
}

static double hold_agenda(unsigned times) {
    Agenda agenda;
    uint64_t luck = 1;
    agenda_init(&agenda);
    for (uint32_t i = 0; i < PENDING; i++)
        agenda_add(&agenda, (AgendaEntry){.at = pause_of(&luck), .sequence = i});
    int64_t began = wall_monotonic_ns();
    for (unsigned i = 0; i < times; i++) {
        AgendaEntry entry = agenda_take(&agenda);
        entry.at += pause_of(&luck);
        agenda_add(&agenda, entry);
    }
    double seconds = bench_seconds_since(began);
    agenda_finish(&agenda);
    return times / seconds;
}

static double hold_bare(unsigned times) {
    BareEntry *heap = memory_new(PENDING + 1, sizeof *heap);
    uint64_t luck = 1;
    unsigned count = 0;
    for (unsigned i = 0; i < PENDING; i++)
        bare_add(heap, &count, (BareEntry){.key = pause_of(&luck)});
    int64_t began = wall_monotonic_ns();
    for (unsigned i = 0; i < times; i++) {
        BareEntry entry = bare_take(heap, &count);
        entry.key += pause_of(&luck);
        bare_add(heap, &count, entry);
    }
    double seconds = bench_seconds_since(began);
    memory_free(heap);
    return times / seconds;
}

static void bench_agenda(Bench *bench) {
    Samples values = {.count = 0}, limits = {.count = 0};
    unsigned times = bench_size(bench, 1000000);
    for (unsigned i = 0; i < bench->repeats; i++) {
        samples_add(&limits, hold_bare(times));
        samples_add(&values, hold_agenda(times));
    }
    BenchCase said = {
        .name = "agenda",
        .unit = "events/s",
        .what = "Moving entries in memory, with 1,000 pending: limit is a bare binary heap of "
                "entries of the same size, ordered by one number."};
    bench_add(bench, said, &values, &limits);
}

bool bench_parts(Bench *bench, Error *error) {
    bench_one_core();
    bool good = bench_codec(bench, error);
    bench_agenda(bench);
    bench_all_cores();
    return good;
}
