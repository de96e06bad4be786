/* A peer as a program that makes one prediction and ends: once FOLDER. Prints the first output, and the milliseconds since main. */
#include "peer.h"
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static double milliseconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1e3 + now.tv_nsec / 1e6;
}

int main(int count, char **arguments)
{
    double start = milliseconds();
    struct request request = { .kind = "predict", .variant = "", .network = "mlp", .folder = arguments[count - 1], .batch = 1 };
    void *task = peer_name() ? prepare(&request) : NULL;
    const float *output = task ? predicted(task) : NULL;
    if (!output) {
        fprintf(stderr, "%s\n", reason);
        return 1;
    }
    printf("%.6f %.3f\n", output[0], milliseconds() - start);
    return 0;
}
