/* Typed reading of a document's keys, with every fault reported in one pass. */
#include <float.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "hotzone/doc.h"
#include "hotzone/mem.h"
#include "hotzone/text.h"

typedef struct {
    size_t line, order;
    char *text;
} fault;

struct hz_faults {
    const hz_doc *doc;
    size_t count, room;
    fault *fault;
    hz_text all;
    bool lost; /* no memory for one more */
};

hz_status hz_faults_new(const hz_doc *doc, hz_faults **out, hz_error *err)
{
    hz_faults *faults = hz_mem_new(1, sizeof *faults);
    if (!faults)
        return hz_mem_fail(err, hz_doc_name(doc));
    faults->doc = doc;
    *out = faults;
    return HZ_OK;
}

void hz_faults_free(hz_faults *faults)
{
    if (!faults)
        return;
    for (size_t i = 0; i < faults->count; i++)
        hz_mem_free(faults->fault[i].text);
    hz_mem_free(faults->fault);
    hz_text_free(&faults->all);
    hz_mem_free(faults);
}

void hz_faults_add(hz_faults *faults, size_t line, const char *format, ...)
{
    char text[700];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    hz_text_one_line(text);
    if (faults->count == faults->room) {
        size_t room = faults->room ? 2 * faults->room : 8;
        fault *more = hz_mem_resize(faults->fault, room, sizeof *more);
        if (!more) {
            faults->lost = true;
            return;
        }
        faults->fault = more;
        faults->room = room;
    }
    char *copy = hz_mem_text(text);
    if (!copy) {
        faults->lost = true;
        return;
    }
    faults->fault[faults->count] = (fault){ line, faults->count, copy };
    faults->count++;
}

size_t hz_faults_count(const hz_faults *faults)
{
    return faults->count + faults->lost;
}

const char *hz_faults_text(hz_faults *faults)
{
    hz_text_free(&faults->all);
    /* few faults: insertion sort, stable by line */
    for (size_t i = 1; i < faults->count; i++) {
        fault f = faults->fault[i];
        size_t k = i;
        for (; k > 0 && faults->fault[k - 1].line > f.line; k--)
            faults->fault[k] = faults->fault[k - 1];
        faults->fault[k] = f;
    }
    for (size_t i = 0; i < faults->count; i++)
        hz_text_addf(&faults->all, "%s%s:%zu: %s", i ? "\n" : "", hz_doc_name(faults->doc),
                     faults->fault[i].line, faults->fault[i].text);
    if (faults->lost)
        hz_text_addf(&faults->all, "%smore faults than memory holds", faults->count ? "\n" : "");
    return hz_text_get(&faults->all);
}

hz_status hz_faults_fail(hz_faults *faults, hz_error *err)
{
    enum { ROOM = sizeof err->text - 80 }; /* for the last line */
    const char *all = hz_faults_text(faults);
    hz_text shown = { 0 };
    size_t lines = 0;
    while (*all) {
        size_t n = strcspn(all, "\n");
        if (shown.length + n + 1 > ROOM)
            break;
        hz_text_add(&shown, lines++ ? "\n" : "");
        hz_text_add_n(&shown, all, n);
        all += n + (all[n] == '\n');
    }
    if (*all)
        hz_text_addf(&shown, "\n%s: and %zu faults more", hz_doc_name(faults->doc),
                     faults->count - lines);
    hz_status st = shown.failed ? hz_mem_fail(err, hz_doc_name(faults->doc))
                                : hz_fail_lines(err, HZ_EFORMAT, hz_text_get(&shown));
    hz_text_free(&shown);
    return st;
}

bool hz_node_check_keys(const hz_node *map, const char *what, const char *const *allowed,
                        size_t n, hz_faults *faults)
{
    if (hz_node_type(map) != HZ_NODE_MAP) {
        hz_faults_add(faults, hz_node_line(map), "%s is a %s, expected keys and values", what,
                      hz_node_type(map) == HZ_NODE_LIST ? "list" : "single value");
        return false;
    }
    for (size_t i = 0; i < hz_node_count(map); i++) {
        const char *key = hz_node_key(map, i);
        bool known = false;
        for (size_t k = 0; k < n && !known; k++)
            known = strcmp(key, allowed[k]) == 0;
        if (known)
            continue;
        const char *near = hz_text_nearest(key, allowed, n);
        hz_text list = { 0 };
        for (size_t k = 0; k < n; k++)
            hz_text_addf(&list, "%s%s", k ? ", " : "", allowed[k]);
        if (near)
            hz_faults_add(faults, hz_node_key_line(map, i),
                          "unknown key '%s' in %s, did you mean '%s'?", key, what, near);
        else
            hz_faults_add(faults, hz_node_key_line(map, i),
                          "unknown key '%s' in %s, expected one of: %s", key, what,
                          hz_text_get(&list));
        hz_text_free(&list);
    }
    return true;
}

/* The scalar at a key; anything else there is a fault. */
static const hz_node *scalar(const hz_node *map, const char *key, const char *expected,
                             hz_faults *faults)
{
    const hz_node *node = hz_node_get(map, key);
    if (node && hz_node_type(node) != HZ_NODE_SCALAR) {
        hz_faults_add(faults, hz_node_line(node), "%s is a %s, expected %s", key,
                      hz_node_type(node) == HZ_NODE_LIST ? "list" : "map", expected);
        return NULL;
    }
    return node;
}

const char *hz_node_read_text(const hz_node *map, const char *key, const char *fallback,
                              hz_faults *faults)
{
    const hz_node *node = scalar(map, key, "a text", faults);
    return node ? hz_node_text(node) : fallback;
}

double hz_node_read_number(const hz_node *map, const char *key, double fallback, double low,
                           double high, hz_faults *faults)
{
    const hz_node *node = scalar(map, key, "a number", faults);
    double value;
    if (!node)
        return fallback;
    const char *text = hz_node_text(node);
    if (!hz_number_parse(text, strlen(text), '.', &value)) {
        hz_faults_add(faults, hz_node_line(node), "%s is '%s', expected a number", key, text);
        return fallback;
    }
    if (value < low || value > high) {
        if (high >= DBL_MAX)
            hz_faults_add(faults, hz_node_line(node), "%s is %s, expected at least %g", key,
                          text, low);
        else
            hz_faults_add(faults, hz_node_line(node), "%s is %s, expected %g to %g", key, text,
                          low, high);
        return fallback;
    }
    return value;
}

bool hz_node_read_bool(const hz_node *map, const char *key, bool fallback, hz_faults *faults)
{
    static const char *const yes[] = { "true", "yes", "on" };
    static const char *const no[] = { "false", "no", "off" };
    const hz_node *node = scalar(map, key, "true or false", faults);
    if (!node)
        return fallback;
    for (size_t i = 0; i < 3; i++) {
        if (strcmp(hz_node_text(node), yes[i]) == 0)
            return true;
        if (strcmp(hz_node_text(node), no[i]) == 0)
            return false;
    }
    hz_faults_add(faults, hz_node_line(node), "%s is '%s', expected true or false", key,
                  hz_node_text(node));
    return fallback;
}

int hz_node_read_choice(const hz_node *map, const char *key, const char *const *words,
                        size_t n, int fallback, hz_faults *faults)
{
    const hz_node *node = scalar(map, key, "a word", faults);
    hz_text list = { 0 };
    if (!node)
        return fallback;
    for (size_t i = 0; i < n; i++)
        if (strcmp(hz_node_text(node), words[i]) == 0)
            return (int)i;
    for (size_t i = 0; i < n; i++)
        hz_text_addf(&list, "%s%s", i ? ", " : "", words[i]);
    hz_faults_add(faults, hz_node_line(node), "%s is '%s', expected one of: %s", key,
                  hz_node_text(node), hz_text_get(&list));
    hz_text_free(&list);
    return fallback;
}
