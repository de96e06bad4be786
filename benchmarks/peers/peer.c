/* What peer.h promises every peer written in C. */
#include "peer.h"
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int threads = 1;
char reason[512];

int refuse(const char *format, ...)
{
    va_list list;
    va_start(list, format);
    vsnprintf(reason, sizeof reason, format, list);
    va_end(list);
    for (char *c = reason; *c; c++)
        if (*c == '\n' || *c == '\t')
            *c = ' ';
    return 1;
}

void *aligned(size_t bytes)
{
    size_t whole = (bytes + 63) / 64 * 64 + 64;
    void *memory = aligned_alloc(64, whole);
    if (memory)
        memset(memory, 0, whole);
    return memory;
}

void *read_file(const char *folder, const char *name, size_t *bytes)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "rb");
    if (!file)
        return NULL;
    fseek(file, 0, SEEK_END);
    *bytes = (size_t)ftell(file);
    rewind(file);
    void *memory = aligned(*bytes);
    size_t got = fread(memory, 1, *bytes, file);
    fclose(file);
    if (got == *bytes)
        return memory;
    free(memory);
    return NULL;
}

int write_file(const char *path, const void *data, size_t bytes)
{
    FILE *file = fopen(path, "wb");
    if (!file)
        return refuse("%s cannot be written", path);
    size_t written = fwrite(data, 1, bytes, file);
    return fclose(file) || written != bytes ? refuse("%s could not be written", path) : 0;
}
