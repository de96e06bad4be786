/* What the peers written in C share. A peer answers one line with one line, words separated by tabs:
 *
 *   prepare HANDLE KIND VARIANT NETWORK BATCH FOLDER RATE   loads FOLDER/weights.safetensors (or model.onnx) and FOLDER/input.f32
 *                              (over a graph FOLDER/edges.i32, words.starts.i32, words.columns.i32 and words.f32 instead)
 *   time HANDLE COUNT          ok <nanoseconds of COUNT repetitions>
 *   result HANDLE FILE STEPS   a prediction writes its outputs as raw floats; a training makes STEPS steps and writes its weights
 *   drop HANDLE
 *   quit
 *
 * Answers begin with ok, or with no and a reason. The first line, ok and the peer's name, comes unasked. */
#pragma once
#include <stddef.h>
#include <stdint.h>

struct request {
    const char *kind, *variant, *network, *folder;
    int batch;
    float rate;
};

/* A peer defines these. NULL or nonzero means a refusal; refuse() says why. */
extern int threads;
const char *peer_name(void);
void *prepare(const struct request *request);
int repeat(void *task, long count);
int result(void *task, const char *path, long steps);
/* One prediction's outputs. */
const float *predicted(void *task);
void drop(void *task);

/* Keeps the reason, in one line, and returns 1. */
int refuse(const char *format, ...);
extern char reason[512];

/* The bytes of FOLDER/NAME, 64-byte aligned; NULL when it cannot be read. */
void *read_file(const char *folder, const char *name, size_t *bytes);
int write_file(const char *path, const void *data, size_t bytes);
void *aligned(size_t bytes);
