/* Runs a fuzz entry on files: main() where libFuzzer's is not linked.
 *   fuzz_NAME FILE-OR-DIRECTORY... */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "fuzz.h"

static size_t replayed;

static int replay_file(const char *path)
{
    struct stat info;
    FILE *in = fopen(path, "rb");
    if (!in || fstat(fileno(in), &info) != 0) {
        perror(path);
        return 1;
    }
    size_t size = (size_t)info.st_size;
    uint8_t *data = malloc(size ? size : 1);
    int failed = !data || fread(data, 1, size, in) != size;
    if (failed)
        perror(path);
    fclose(in);
    if (!failed) {
        fprintf(stderr, "%s\n", path); /* the last one named is the one that aborted */
        LLVMFuzzerTestOneInput(data, size);
        replayed++;
    }
    free(data);
    return failed;
}

static int replay(const char *path)
{
    DIR *dir = opendir(path);
    int failed = 0;
    if (!dir)
        return replay_file(path);
    for (struct dirent *entry; (entry = readdir(dir));) {
        char inner[1000];
        if (entry->d_name[0] == '.')
            continue;
        snprintf(inner, sizeof inner, "%s/%s", path, entry->d_name);
        failed |= replay_file(inner);
    }
    closedir(dir);
    return failed;
}

int main(int argc, char **argv)
{
    int failed = 0;
    for (int i = 1; i < argc; i++)
        failed |= replay(argv[i]);
    printf("%zu passed, %d failed\n", replayed, failed);
    return failed;
}
