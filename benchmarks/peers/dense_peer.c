/* A stack of dense layers as someone writes it in C who needs no framework: products by OpenBLAS, or plain loops (-DPLAIN).
 * Weights are turned to [inputs][outputs] once, so that the plain loops run along memory. */
#include "peer.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#ifndef PLAIN
#include <cblas.h>
#undef I
void openblas_set_num_threads(int);
#endif

enum { MOST_LAYERS = 16 };

struct layer { int inputs, outputs, relu; float *stored, *stored_bias, *w, *b, *dw, *db; };

struct task {
    struct layer layers[MOST_LAYERS];
    int count, batch, trains;
    float rate, *values[MOST_LAYERS + 1], *slopes[MOST_LAYERS + 1], *target;
    int *classes;
    char *file;
    size_t file_bytes;
};

const char *peer_name(void)
{
#ifdef PLAIN
    return threads == 1 ? "plain C" : (refuse("it has one thread"), NULL);
#else
    openblas_set_num_threads(threads);
    return "C + OpenBLAS";
#endif
}

/* y = relu?(x w + b) */
static void forward(const struct layer *layer, const float *restrict x, float *restrict y, int batch)
{
    int inputs = layer->inputs, outputs = layer->outputs;
    for (int r = 0; r < batch; r++)
        memcpy(y + (size_t)r * outputs, layer->b, sizeof(float) * outputs);
#ifdef PLAIN
    for (int r = 0; r < batch; r++)
        for (int i = 0; i < inputs; i++)
            for (int o = 0; o < outputs; o++)
                y[r * outputs + o] += x[r * inputs + i] * layer->w[i * outputs + o];
#else
    if (batch == 1)
        cblas_sgemv(CblasRowMajor, CblasTrans, inputs, outputs, 1, layer->w, outputs, x, 1, 1, y, 1);
    else
        cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, batch, outputs, inputs, 1, x, inputs, layer->w, outputs, 1, y, outputs);
#endif
    if (layer->relu)
        for (int i = 0; i < batch * outputs; i++)
            y[i] = y[i] > 0 ? y[i] : 0;
}

/* dw = x' dy, db = the sums of dy, dx = dy w' */
static void backward(const struct layer *layer, const float *restrict x, const float *restrict dy, float *restrict dx, int batch)
{
    int inputs = layer->inputs, outputs = layer->outputs;
    memset(layer->db, 0, sizeof(float) * outputs);
    for (int r = 0; r < batch; r++)
        for (int o = 0; o < outputs; o++)
            layer->db[o] += dy[r * outputs + o];
#ifdef PLAIN
    memset(layer->dw, 0, sizeof(float) * inputs * outputs);
    for (int r = 0; r < batch; r++)
        for (int i = 0; i < inputs; i++)
            for (int o = 0; o < outputs; o++)
                layer->dw[i * outputs + o] += x[r * inputs + i] * dy[r * outputs + o];
    for (int r = 0; dx && r < batch; r++)
        for (int i = 0; i < inputs; i++) {
            float sum = 0;
            for (int o = 0; o < outputs; o++)
                sum += dy[r * outputs + o] * layer->w[i * outputs + o];
            dx[r * inputs + i] = sum;
        }
#else
    cblas_sgemm(CblasRowMajor, CblasTrans, CblasNoTrans, inputs, outputs, batch, 1, x, inputs, dy, outputs, 0, layer->dw, outputs);
    if (dx)
        cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasTrans, batch, inputs, outputs, 1, dy, outputs, layer->w, outputs, 0, dx, inputs);
#endif
}

static void cross_entropy(const float *y, const int *classes, float *dy, int batch, int count)
{
    for (int r = 0; r < batch; r++, y += count, dy += count) {
        float most = y[0], sum = 0;
        for (int k = 1; k < count; k++)
            most = fmaxf(most, y[k]);
        for (int k = 0; k < count; k++)
            sum += dy[k] = expf(y[k] - most);
        for (int k = 0; k < count; k++)
            dy[k] = (dy[k] / sum - (k == classes[r])) / batch;
    }
}

static void squared_error(const float *y, const float *target, float *dy, int numbers)
{
    for (int i = 0; i < numbers; i++)
        dy[i] = 2 * (y[i] - target[i]) / numbers;
}

static void predict(struct task *task)
{
    for (int l = 0; l < task->count; l++)
        forward(&task->layers[l], task->values[l], task->values[l + 1], task->batch);
}

static void step(struct task *task)
{
    int outputs = task->layers[task->count - 1].outputs;
    predict(task);
    if (task->classes)
        cross_entropy(task->values[task->count], task->classes, task->slopes[task->count], task->batch, outputs);
    else
        squared_error(task->values[task->count], task->target, task->slopes[task->count], task->batch * outputs);
    for (int l = task->count - 1; l >= 0; l--) {
        struct layer *layer = &task->layers[l];
        const float *restrict y = task->values[l + 1];
        float *restrict dy = task->slopes[l + 1];
        if (layer->relu)
            for (int i = 0; i < task->batch * layer->outputs; i++)
                dy[i] = y[i] > 0 ? dy[i] : 0;
        backward(layer, task->values[l], dy, l ? task->slopes[l] : NULL, task->batch);
        for (int i = 0; i < layer->inputs * layer->outputs; i++)
            layer->w[i] -= task->rate * layer->dw[i];
        for (int i = 0; i < layer->outputs; i++)
            layer->b[i] -= task->rate * layer->db[i];
    }
}

/* Finds the layers in the header, which names weight and bias of each in turn. */
static int read_layers(struct task *task, int last_relu)
{
    uint64_t header_bytes;
    memcpy(&header_bytes, task->file, sizeof header_bytes);
    char *data = task->file + 8 + header_bytes, *header = malloc(header_bytes + 1);
    memcpy(header, task->file + 8, header_bytes);
    header[header_bytes] = 0;
    for (char *at = header; (at = strstr(at, ".weight\"")) && task->count < MOST_LAYERS; task->count++) {
        struct layer *layer = &task->layers[task->count];
        long weight, bias;
        char *shape = strstr(at, "\"shape\":["), *offsets = strstr(at, "\"data_offsets\":["), *next = strstr(at, ".bias\"");
        char *bias_offsets = next ? strstr(next, "\"data_offsets\":[") : NULL;
        if (!shape || !bias_offsets || sscanf(shape, "\"shape\":[%d,%d]", &layer->outputs, &layer->inputs) != 2
            || sscanf(offsets, "\"data_offsets\":[%ld", &weight) != 1 || sscanf(bias_offsets, "\"data_offsets\":[%ld", &bias) != 1)
            return refuse("the weights are not those of dense layers");
        layer->stored = (float *)(data + weight);
        layer->stored_bias = (float *)(data + bias);
        layer->relu = 1;
        at = bias_offsets;
    }
    free(header);
    if (!task->count)
        return refuse("there are no dense layers");
    task->layers[task->count - 1].relu = last_relu;
    return 0;
}

static void make_buffers(struct task *task)
{
    for (int l = 0; l < task->count; l++) {
        struct layer *layer = &task->layers[l];
        size_t size = (size_t)layer->inputs * layer->outputs;
        layer->w = aligned(size * sizeof(float));
        layer->b = aligned(layer->outputs * sizeof(float));
        layer->dw = aligned(size * sizeof(float));
        layer->db = aligned(layer->outputs * sizeof(float));
        for (int i = 0; i < layer->inputs; i++)
            for (int o = 0; o < layer->outputs; o++)
                layer->w[i * layer->outputs + o] = layer->stored[o * layer->inputs + i];
        memcpy(layer->b, layer->stored_bias, layer->outputs * sizeof(float));
        task->values[l + 1] = aligned((size_t)task->batch * layer->outputs * sizeof(float));
        task->slopes[l + 1] = aligned((size_t)task->batch * layer->outputs * sizeof(float));
    }
}

void *prepare(const struct request *request)
{
    struct task *task = calloc(1, sizeof *task);
    size_t bytes;
    task->batch = request->batch;
    task->rate = request->rate;
    task->trains = strcmp(request->kind, "predict") != 0;
    if (task->trains && strcmp(request->kind, "sgd"))
        return refuse("it knows plain descent only"), NULL;
    task->file = read_file(request->folder, "weights.safetensors", &task->file_bytes);
    task->values[0] = read_file(request->folder, "input.f32", &bytes);
    if (!task->file || !task->values[0])
        return refuse("no weights or input"), NULL;
    if (task->trains) {
        task->classes = read_file(request->folder, "target.i32", &bytes);
        task->target = read_file(request->folder, "target.f32", &bytes);
        if (!task->classes && !task->target)
            return refuse("no target"), NULL;
    }
    if (read_layers(task, !strcmp(request->network, "wide_mlp")))
        return NULL;
    make_buffers(task);
    return task;
}

int repeat(void *task, long count)
{
    void (*once)(struct task *) = ((struct task *)task)->trains ? step : predict;
    for (; count > 0; count--) {
        once(task);
        __asm__ volatile("" ::: "memory");
    }
    return 0;
}

const float *predicted(void *given)
{
    struct task *task = given;
    predict(task);
    return task->values[task->count];
}

/* Weights go back into the file they came from. */
int result(void *given, const char *path, long steps)
{
    struct task *task = given;
    if (!task->trains)
        return write_file(path, predicted(task), (size_t)task->batch * task->layers[task->count - 1].outputs * sizeof(float));
    repeat(task, steps);
    for (int l = 0; l < task->count; l++) {
        struct layer *layer = &task->layers[l];
        for (int i = 0; i < layer->inputs; i++)
            for (int o = 0; o < layer->outputs; o++)
                layer->stored[o * layer->inputs + i] = layer->w[i * layer->outputs + o];
        memcpy(layer->stored_bias, layer->b, layer->outputs * sizeof(float));
    }
    return write_file(path, task->file, task->file_bytes);
}

void drop(void *given)
{
    struct task *task = given;
    for (int l = 0; l < task->count; l++) {
        struct layer *layer = &task->layers[l];
        free(layer->w), free(layer->b), free(layer->dw), free(layer->db);
        free(task->values[l + 1]), free(task->slopes[l + 1]);
    }
    free(task->values[0]), free(task->classes), free(task->target), free(task->file), free(task);
}
