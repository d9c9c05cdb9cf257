/* Writes where data came from without what would tell of a machine or a login. */
#include "report/origin.h"

#include <string.h>

bool hz_origin_is_absolute(const char *path)
{
    char c = *path;
    bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    return c == '/' || c == '\\' || c == '~' ||
           (letter && path[1] == ':' && (path[2] == '/' || path[2] == '\\'));
}

/* The part of a file's path that says nothing of the machine: all of a relative one, the
 * last name of an absolute one. */
static const char *without_machine(const char *path, size_t n)
{
    const char *from = path;
    if (!hz_origin_is_absolute(path))
        return path;
    for (size_t i = 0; i + 1 < n; i++)
        if (path[i] == '/' || path[i] == '\\')
            from = path + i + 1;
    return from;
}

/* A web address without who logs in and without its query, which may hold a token. */
static void add_address(hz_text *out, const char *text)
{
    const char *host = strstr(text, "://") + 3;
    size_t end = strcspn(host, "/?#");
    const char *name = host;
    for (size_t i = 0; i < end; i++)
        if (host[i] == '@')
            name = host + i + 1;
    hz_text_add_n(out, text, (size_t)(host - text));
    hz_text_add_n(out, name, strcspn(name, "?#"));
}

static bool is_web(const char *source, const char *mark)
{
    static const char *const kinds[] = { "http", "https", "ftp" };
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        size_t n = strlen(kinds[i]);
        if ((size_t)(mark - source) >= n && strncmp(mark - n, kinds[i], n) == 0)
            return true;
    }
    return false;
}

void hz_origin_add(hz_text *out, const char *path)
{
    size_t scheme = strspn(path, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789");
    size_t file = strcspn(path, "|"); /* what follows is layer and filter, as QGIS writes them */
    bool has_scheme = scheme > 1 && path[scheme] == ':';
    const char *mark = strstr(path, "://");
    const char *rest = has_scheme ? path + scheme + 1 : path;

    if (mark && mark < path + file && is_web(path, mark)) {
        add_address(out, path);
        return;
    }
    if (has_scheme) {
        bool is_file = *rest == '/' && strncmp(path, "file:", 5) == 0;
        bool is_address = mark && mark < path + file && !is_file;
        hz_text_add_n(out, path, scheme + 1);
        /* a database's "host=... user=...", or its address: the kind of source is enough */
        if (is_address || (strchr(rest, '=') && strcspn(rest, "=") < strcspn(rest, "/|")))
            return;
    }
    hz_text_add(out, without_machine(rest, (size_t)(path + file - rest)));
}
