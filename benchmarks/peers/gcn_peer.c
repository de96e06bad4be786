/* A graph convolution network by hand, 1433-16-7 on sparse features: an epoch over all nodes with Adam, every row computed. */
#include "peer.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { WORDS = 1433, HIDDEN = 16, CLASSES = 7, PADDED = 8, PARAMETERS = WORDS * HIDDEN + HIDDEN + HIDDEN * CLASSES + CLASSES };

struct parameters { float first[WORDS][HIDDEN], first_bias[HIDDEN], last[HIDDEN][CLASSES], last_bias[CLASSES]; };

struct task {
    int nodes, steps, known;
    float rate;
    char *file;
    size_t file_bytes;
    int *starts, *columns, *topics;             /* the words of each node, and its class or -1 */
    float *values;
    int *neighbour_starts, *neighbours;         /* with the node itself */
    float *weights;
    float (*wide)[HIDDEN], (*hidden)[HIDDEN], (*narrow)[PADDED], (*slopes)[PADDED], (*output)[PADDED];
    struct parameters net, gradient, first_moment, second_moment;
};

const char *peer_name(void) { return threads == 1 ? "plain C" : (refuse("it has one thread"), NULL); }

static void neighbours_of_hidden(const struct task *t, float (*restrict y)[HIDDEN], const float (*restrict x)[HIDDEN])
{
    for (int i = 0; i < t->nodes; i++) {
        float sum[HIDDEN] = {0};
        for (int e = t->neighbour_starts[i]; e < t->neighbour_starts[i + 1]; e++)
            for (int k = 0; k < HIDDEN; k++)
                sum[k] += t->weights[e] * x[t->neighbours[e]][k];
        memcpy(y[i], sum, sizeof sum);
    }
}

static void neighbours_of_scores(const struct task *t, float (*restrict y)[PADDED], const float (*restrict x)[PADDED])
{
    for (int i = 0; i < t->nodes; i++) {
        float sum[PADDED] = {0};
        for (int e = t->neighbour_starts[i]; e < t->neighbour_starts[i + 1]; e++)
            for (int c = 0; c < PADDED; c++)
                sum[c] += t->weights[e] * x[t->neighbours[e]][c];
        memcpy(y[i], sum, sizeof sum);
    }
}

static void forward(struct task *t)
{
    for (int i = 0; i < t->nodes; i++) {
        float sum[HIDDEN] = {0};
        for (int e = t->starts[i]; e < t->starts[i + 1]; e++)
            for (int k = 0; k < HIDDEN; k++)
                sum[k] += t->values[e] * t->net.first[t->columns[e]][k];
        memcpy(t->wide[i], sum, sizeof sum);
    }
    neighbours_of_hidden(t, t->hidden, (const float (*)[HIDDEN])t->wide);
    for (int i = 0; i < t->nodes; i++) {
        float sum[PADDED] = {0};
        for (int k = 0; k < HIDDEN; k++)
            t->hidden[i][k] = fmaxf(t->hidden[i][k] + t->net.first_bias[k], 0);
        for (int k = 0; k < HIDDEN; k++)
            for (int c = 0; c < CLASSES; c++)
                sum[c] += t->hidden[i][k] * t->net.last[k][c];
        memcpy(t->narrow[i], sum, sizeof sum);
    }
    neighbours_of_scores(t, t->output, (const float (*)[PADDED])t->narrow);
}

/* The slope of the mean loss of the nodes that have a class. */
static void loss_slopes(struct task *t)
{
    memset(t->slopes, 0, t->nodes * sizeof *t->slopes);
    for (int i = 0; i < t->nodes; i++) {
        if (t->topics[i] < 0)
            continue;
        float score[CLASSES], greatest = -INFINITY, sum = 0;
        for (int c = 0; c < CLASSES; c++)
            greatest = fmaxf(greatest, score[c] = t->output[i][c] + t->net.last_bias[c]);
        for (int c = 0; c < CLASSES; c++)
            sum += score[c] = expf(score[c] - greatest);
        for (int c = 0; c < CLASSES; c++) {
            t->slopes[i][c] = (score[c] / sum - (c == t->topics[i])) / t->known;
            t->gradient.last_bias[c] += t->slopes[i][c];
        }
    }
}

static void backward(struct task *t)
{
    struct parameters *restrict gradient = &t->gradient;
    memset(gradient, 0, sizeof *gradient);
    loss_slopes(t);
    neighbours_of_scores(t, t->narrow, (const float (*)[PADDED])t->slopes);
    for (int i = 0; i < t->nodes; i++)
        for (int k = 0; k < HIDDEN; k++) {
            float sum = 0;
            for (int c = 0; c < CLASSES; c++) {
                gradient->last[k][c] += t->hidden[i][k] * t->narrow[i][c];
                sum += t->net.last[k][c] * t->narrow[i][c];
            }
            t->hidden[i][k] = t->hidden[i][k] > 0 ? sum : 0;
            gradient->first_bias[k] += t->hidden[i][k];
        }
    neighbours_of_hidden(t, t->wide, (const float (*)[HIDDEN])t->hidden);
    for (int i = 0; i < t->nodes; i++)
        for (int e = t->starts[i]; e < t->starts[i + 1]; e++)
            for (int k = 0; k < HIDDEN; k++)
                gradient->first[t->columns[e]][k] += t->values[e] * t->wide[i][k];
}

static void adam(struct task *t)
{
    float *restrict w = (float *)&t->net, *restrict m = (float *)&t->first_moment, *restrict v = (float *)&t->second_moment;
    const float *restrict g = (const float *)&t->gradient;
    t->steps++;
    float first = 1 / (1 - powf(0.9f, t->steps)), second = 1 / (1 - powf(0.999f, t->steps));
    for (int i = 0; i < PARAMETERS; i++) {
        m[i] = 0.9f * m[i] + 0.1f * g[i];
        v[i] = 0.999f * v[i] + 0.001f * g[i] * g[i];
        w[i] -= t->rate * m[i] * first / (sqrtf(v[i] * second) + 1e-6f);
    }
}

/* Rows of (neighbour, 1 / sqrt of both degrees) from pairs, in both directions; a node is its own neighbour. */
static void read_neighbours(struct task *t, const int *edges, int count)
{
    int *starts = t->neighbour_starts = aligned((t->nodes + 1) * sizeof *starts), *next = aligned(t->nodes * sizeof *next);
    for (int i = 0; i < t->nodes; i++)
        next[i] = 1;
    for (int e = 0; e < 2 * count; e++)
        next[edges[e]]++;
    for (int i = 0; i < t->nodes; i++)
        starts[i + 1] = starts[i] + next[i];
    t->neighbours = aligned(starts[t->nodes] * sizeof *t->neighbours);
    t->weights = aligned(starts[t->nodes] * sizeof *t->weights);
    for (int i = 0; i < t->nodes; i++)
        t->neighbours[starts[i]] = i, next[i] = starts[i] + 1;
    for (int e = 0; e < count; e++) {
        t->neighbours[next[edges[e]]++] = edges[count + e];
        t->neighbours[next[edges[count + e]]++] = edges[e];
    }
    for (int i = 0; i < t->nodes; i++)
        for (int e = starts[i]; e < starts[i + 1]; e++) {
            int j = t->neighbours[e];
            t->weights[e] = 1 / sqrtf((float)(starts[i + 1] - starts[i]) * (float)(starts[j + 1] - starts[j]));
        }
    free(next);
}

void *prepare(const struct request *request)
{
    size_t edge_bytes, bytes;
    uint64_t header;
    if (strcmp(request->network, "gcn") || strcmp(request->kind, "adam"))
        return refuse("it is one network, trained by Adam"), NULL;
    struct task *t = aligned(sizeof *t);
    t->nodes = request->batch;
    t->rate = request->rate;
    int *edges = read_file(request->folder, "edges.i32", &edge_bytes);
    t->starts = read_file(request->folder, "words.starts.i32", &bytes);
    t->columns = read_file(request->folder, "words.columns.i32", &bytes);
    t->values = read_file(request->folder, "words.f32", &bytes);
    t->topics = read_file(request->folder, "target.i32", &bytes);
    t->file = read_file(request->folder, "weights.safetensors", &t->file_bytes);
    if (!edges || !t->starts || !t->columns || !t->values || !t->topics || !t->file)
        return refuse("something of the example is missing"), NULL;
    memcpy(&header, t->file, sizeof header);
    if (t->file_bytes != 8 + header + PARAMETERS * sizeof(float))
        return refuse("the weights are not those of this network"), NULL;
    memcpy(&t->net, t->file + 8 + header, PARAMETERS * sizeof(float));
    for (int i = 0; i < t->nodes; i++)
        t->known += t->topics[i] >= 0;
    read_neighbours(t, edges, edge_bytes / (2 * sizeof *edges));
    free(edges);
    t->wide = aligned(t->nodes * sizeof *t->wide);
    t->hidden = aligned(t->nodes * sizeof *t->hidden);
    t->narrow = aligned(t->nodes * sizeof *t->narrow);
    t->slopes = aligned(t->nodes * sizeof *t->slopes);
    t->output = aligned(t->nodes * sizeof *t->output);
    return t;
}

int repeat(void *task, long count)
{
    for (; count > 0; count--) {
        forward(task);
        backward(task);
        adam(task);
    }
    return 0;
}

const float *predicted(void *task) { return forward(task), ((struct task *)task)->output[0]; }

/* Weights go back into the file they came from. */
int result(void *given, const char *path, long steps)
{
    struct task *t = given;
    repeat(t, steps);
    memcpy(t->file + t->file_bytes - PARAMETERS * sizeof(float), &t->net, PARAMETERS * sizeof(float));
    return write_file(path, t->file, t->file_bytes);
}

void drop(void *given)
{
    struct task *t = given;
    free(t->file), free(t->starts), free(t->columns), free(t->topics), free(t->values), free(t->neighbour_starts), free(t->neighbours), free(t->weights);
    free(t->wide), free(t->hidden), free(t->narrow), free(t->slopes), free(t->output), free(t);
}
