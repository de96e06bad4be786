/* Runs a program once: cold COMMAND... Prints wall milliseconds from its start to its end, its peak memory in megabytes, and the
 * last line it printed. Small itself, for a child's peak begins with that of the process it was made from. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

static double milliseconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1e3 + now.tv_nsec / 1e6;
}

int main(int count, char **arguments)
{
    int ends[2], status;
    pid_t child;
    struct rusage usage;
    char printed[4096] = "", *last;
    posix_spawn_file_actions_t actions;
    if (count < 2 || pipe2(ends, O_CLOEXEC))
        return 2;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, ends[1], 1);
    double start = milliseconds();
    if (posix_spawnp(&child, arguments[1], &actions, NULL, arguments + 1, environ))
        return 2;
    close(ends[1]);
    size_t length = 0;
    for (ssize_t got; length < sizeof printed - 1 && (got = read(ends[0], printed + length, sizeof printed - 1 - length)) > 0;)
        length += (size_t)got;
    wait4(child, &status, 0, &usage);
    double wall = milliseconds() - start;
    while (length > 0 && printed[length - 1] == '\n')
        printed[--length] = 0;
    last = strrchr(printed, '\n');
    printf("%.3f %.3f %s\n", wall, usage.ru_maxrss / 1024., last ? last + 1 : printed);
    return status ? 1 : 0;
}
