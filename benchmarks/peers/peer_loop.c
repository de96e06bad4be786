/* The loop that answers the driver; peer.h has the protocol. */
#define _GNU_SOURCE
#include "peer.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { MOST_TASKS = 64, MOST_WORDS = 16 };

static struct { char handle[128]; void *task; } tasks[MOST_TASKS];

static void **find(const char *handle)
{
    for (int i = 0; i < MOST_TASKS; i++)
        if (!strcmp(tasks[i].handle, handle))
            return &tasks[i].task;
    return NULL;
}

static int add(char **words)
{
    struct request request = {
        .kind = words[2], .variant = words[3], .network = words[4], .batch = atoi(words[5]), .folder = words[6], .rate = strtof(words[7], NULL),
    };
    for (int i = 0; i < MOST_TASKS; i++)
        if (!tasks[i].task) {
            tasks[i].task = prepare(&request);
            if (!tasks[i].task)
                return 1;
            snprintf(tasks[i].handle, sizeof tasks[i].handle, "%s", words[1]);
            return 0;
        }
    return refuse("too many tasks");
}

static int answer(char **words, int count, int64_t *nanoseconds)
{
    if (count == 8 && !strcmp(words[0], "prepare"))
        return add(words);
    void **task = count > 1 ? find(words[1]) : NULL;
    if (!task || !*task)
        return refuse("no such command or task");
    if (count == 3 && !strcmp(words[0], "time")) {
        struct timespec start, end;
        clock_gettime(CLOCK_MONOTONIC, &start);
        int refused = repeat(*task, atol(words[2]));
        clock_gettime(CLOCK_MONOTONIC, &end);
        *nanoseconds = (end.tv_sec - start.tv_sec) * 1000000000LL + end.tv_nsec - start.tv_nsec;
        return refused;
    }
    if (count == 4 && !strcmp(words[0], "result"))
        return result(*task, words[2], atol(words[3]));
    if (count == 2 && !strcmp(words[0], "drop")) {
        drop(*task);
        *task = NULL;
        return 0;
    }
    return refuse("no such command");
}

int main(int count, char **arguments)
{
    static char line[65536];
    threads = count > 1 ? atoi(arguments[1]) : 1;
    const char *name = peer_name();
    if (!name) {
        printf("no\t%s\n", reason);
        return 1;
    }
    printf("ok\t%s\n", name);
    fflush(stdout);
    while (fgets(line, sizeof line, stdin)) {
        char *words[MOST_WORDS], *rest = line;
        int n = 0;
        line[strcspn(line, "\n")] = 0;
        while (n < MOST_WORDS && (words[n] = strsep(&rest, "\t")))
            n++;
        if (!strcmp(words[0], "quit"))
            break;
        int64_t nanoseconds = 0;
        if (answer(words, n, &nanoseconds))
            printf("no\t%s\n", reason);
        else
            printf("ok\t%lld\n", (long long)nanoseconds);
        fflush(stdout);
    }
    return 0;
}
