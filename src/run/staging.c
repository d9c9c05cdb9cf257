/* Removes what runs left that died before their output was whole. */
#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "hotzone/file.h"
#include "hotzone/run.h"

/* Is this "STEM.tmp-PID" of a process that is gone? */
static bool is_stale(const char *name, const char *stem)
{
    size_t n = strlen(stem);
    char *end;
    if (strncmp(name, stem, n) != 0 || strncmp(name + n, ".tmp-", 5) != 0)
        return false;
    const char *digits = name + n + 5;
    if (*digits < '1' || *digits > '9')
        return false;
    errno = 0;
    long pid = strtol(digits, &end, 10);
    return !*end && !errno && pid > 1 && (pid_t)pid == pid && kill((pid_t)pid, 0) != 0 &&
           errno == ESRCH;
}

static void clear(const char *parent, const char *stem)
{
    DIR *dir = opendir(parent);
    for (struct dirent *entry; dir && (entry = readdir(dir));) {
        hz_text path = { 0 };
        struct stat info;
        if (!is_stale(entry->d_name, stem))
            continue;
        hz_text_addf(&path, "%s/%s", parent, entry->d_name);
        if (!path.failed && lstat(path.data, &info) == 0 && S_ISDIR(info.st_mode))
            hz_file_remove_dir(path.data);
        hz_text_free(&path);
    }
    if (dir)
        closedir(dir);
}

void hz_run_clear(const char *directory)
{
    hz_text parent = { 0 };
    size_t n = strlen(directory);
    while (n > 1 && directory[n - 1] == '/')
        n--;
    hz_text_add_n(&parent, directory, n);
    if (!parent.failed && n) {
        clear(parent.data, "");
        char *slash = strrchr(parent.data, '/');
        if (!slash) {
            clear(".", parent.data);
        } else if (slash[1]) {
            *slash = '\0';
            clear(slash == parent.data ? "/" : parent.data, slash + 1);
        }
    }
    hz_text_free(&parent);
}
