/* ONNX Runtime as a peer, from C: all optimisations, input and output buffers made once. The library is named by ORT_LIBRARY.
 * The npm package brings no header. The API is a table of functions that only ever grows at its end, so the few used here are
 * named by their places in it. */
#include "peer.h"
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef void *object;
typedef object status;
typedef void (*function)(void);

enum {
    GET_ERROR_MESSAGE = 2, CREATE_ENV = 3, CREATE_SESSION = 7, RUN = 9, CREATE_SESSION_OPTIONS = 10,
    SET_GRAPH_OPTIMIZATION_LEVEL = 23, SET_INTRA_OP_THREADS = 24, SET_INTER_OP_THREADS = 25, COUNT_INPUTS = 30, COUNT_OUTPUTS = 31, GET_INPUT_TYPE = 33,
    CREATE_TENSOR_WITH_DATA = 49, GET_TENSOR_DATA = 51, CAST_TO_TENSOR_INFO = 55, GET_ELEMENT_TYPE = 60, GET_RANK = 61, GET_SIZES = 62, GET_ELEMENTS = 64,
    GET_TENSOR_INFO = 65, CREATE_CPU_MEMORY_INFO = 69, RELEASE_SESSION = 95, RELEASE_VALUE = 96,
    API_VERSION = 13, ALL_OPTIMISATIONS = 99, INT64 = 7, MOST_AXES = 8, MOST_VALUES = 32, ERRORS_ONLY = 3,
};

static function *api;
static object environment, options, memory;

/* Beside input and output there may be what a decoder remembers: past0, past1 and so on, and what it becomes: present0, present1. */
static char input_names[MOST_VALUES][16] = { "input" }, output_names[MOST_VALUES][16] = { "output" };
static const char *inputs_named[MOST_VALUES], *outputs_named[MOST_VALUES];

struct task { object session, input[MOST_VALUES], output[MOST_VALUES]; void *data[MOST_VALUES]; size_t inputs, outputs; };

#define CALL(place, ...) checked(((status (*)())api[place])(__VA_ARGS__))

static int checked(status failed)
{
    return failed ? refuse("%s", ((const char *(*)(status))api[GET_ERROR_MESSAGE])(failed)) : 0;
}

const char *peer_name(void)
{
    static char name[64];
    const char *path = getenv("ORT_LIBRARY");
    void *library = path ? dlopen(path, RTLD_NOW) : NULL;
    if (!library)
        return refuse("%s", path ? dlerror() : "ORT_LIBRARY is not set"), NULL;
    struct { function *(*get)(uint32_t); const char *(*version)(void); } *base = ((void *(*)(void))dlsym(library, "OrtGetApiBase"))();
    api = base->get(API_VERSION);
    if (CALL(CREATE_ENV, ERRORS_ONLY, "side-by-side", &environment) || CALL(CREATE_SESSION_OPTIONS, &options)
        || CALL(SET_GRAPH_OPTIMIZATION_LEVEL, options, ALL_OPTIMISATIONS) || CALL(SET_INTRA_OP_THREADS, options, threads)
        || CALL(SET_INTER_OP_THREADS, options, 1) || CALL(CREATE_CPU_MEMORY_INFO, 0, 0, &memory))
        return NULL;
    for (int i = 0; i < MOST_VALUES; i++) {
        if (i > 0) {
            snprintf(input_names[i], sizeof *input_names, "past%d", i - 1);
            snprintf(output_names[i], sizeof *output_names, "present%d", i - 1);
        }
        inputs_named[i] = input_names[i];
        outputs_named[i] = output_names[i];
    }
    snprintf(name, sizeof name, "ONNX Runtime %s", base->version());
    return name;
}

/* The first run makes the outputs; later ones are given them to write to. */
static int run(struct task *task)
{
    return CALL(RUN, task->session, NULL, inputs_named, task->input, task->inputs, outputs_named, task->outputs, task->output);
}

static int read_input(struct task *task, size_t at, const char *folder)
{
    char file[32];
    size_t bytes, rank;
    int64_t sizes[MOST_AXES];
    object type, info;
    int element;
    if (CALL(GET_INPUT_TYPE, task->session, at, &type) || CALL(CAST_TO_TENSOR_INFO, type, &info) || CALL(GET_RANK, info, &rank)
        || CALL(GET_SIZES, info, sizes, rank) || CALL(GET_ELEMENT_TYPE, info, &element))
        return 1;
    snprintf(file, sizeof file, "%s.%s", input_names[at], element == INT64 ? "i64" : "f32");
    task->data[at] = read_file(folder, file, &bytes);
    if (!task->data[at])
        return refuse("no %s", file);
    return CALL(CREATE_TENSOR_WITH_DATA, memory, task->data[at], bytes, sizes, rank, element, &task->input[at]);
}

void *prepare(const struct request *request)
{
    struct task *task = calloc(1, sizeof *task);
    char path[4096];
    if (strcmp(request->kind, "predict"))
        return refuse("it only predicts"), NULL;
    snprintf(path, sizeof path, "%s/model.onnx", request->folder);
    if (CALL(CREATE_SESSION, environment, path, options, &task->session) || CALL(COUNT_INPUTS, task->session, &task->inputs)
        || CALL(COUNT_OUTPUTS, task->session, &task->outputs))
        return NULL;
    if (task->inputs > MOST_VALUES || task->outputs > MOST_VALUES)
        return refuse("more inputs or outputs than %d", MOST_VALUES), NULL;
    for (size_t i = 0; i < task->inputs; i++)
        if (read_input(task, i, request->folder))
            return NULL;
    return task;
}

int repeat(void *task, long count)
{
    for (; count > 0; count--)
        if (run(task))
            return 1;
    return 0;
}

const float *predicted(void *given)
{
    struct task *task = given;
    void *data;
    return run(task) || CALL(GET_TENSOR_DATA, task->output[0], &data) ? NULL : data;
}

int result(void *given, const char *path, long steps)
{
    (void)steps;
    struct task *task = given;
    const float *data = predicted(task);
    object info;
    size_t elements;
    if (!data || CALL(GET_TENSOR_INFO, task->output[0], &info) || CALL(GET_ELEMENTS, info, &elements))
        return 1;
    return write_file(path, data, elements * sizeof(float));
}

void drop(void *given)
{
    struct task *task = given;
    for (size_t i = 0; i < task->outputs; i++)
        ((void (*)(object))api[RELEASE_VALUE])(task->output[i]);
    for (size_t i = 0; i < task->inputs; i++)
        ((void (*)(object))api[RELEASE_VALUE])(task->input[i]);
    ((void (*)(object))api[RELEASE_SESSION])(task->session);
    for (size_t i = 0; i < task->inputs; i++)
        free(task->data[i]);
    free(task);
}
