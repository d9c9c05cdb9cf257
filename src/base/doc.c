/* A YAML file as a tree of nodes with line numbers. */
#include "hotzone/doc.h"

#include <string.h>
#include <yaml.h>

#include "hotzone/file.h"
#include "hotzone/mem.h"
#include "hotzone/text.h"

enum { DEEPEST = 32, LARGEST = 1 << 20 };

struct hz_node {
    hz_node_kind kind;
    size_t line, count, room;
    char *text;         /* scalar */
    hz_node **item;     /* list and map */
    char **key;         /* map */
    size_t *key_line;   /* map */
};

struct hz_doc {
    char *name;
    hz_node *root;
};

static void free_node(hz_node *node)
{
    if (!node)
        return;
    for (size_t i = 0; i < node->count; i++) {
        free_node(node->item[i]);
        if (node->key)
            hz_mem_free(node->key[i]);
    }
    hz_mem_free(node->item);
    hz_mem_free(node->key);
    hz_mem_free(node->key_line);
    hz_mem_free(node->text);
    hz_mem_free(node);
}

void hz_doc_free(hz_doc *doc)
{
    if (!doc)
        return;
    free_node(doc->root);
    hz_mem_free(doc->name);
    hz_mem_free(doc);
}

/* What a reader carries through the recursion. */
typedef struct {
    yaml_parser_t parser;
    const char *name;
    hz_error *err;
} reader;

/* The next event; a syntax error becomes our sentence. */
static hz_status next(reader *r, yaml_event_t *event)
{
    if (yaml_parser_parse(&r->parser, event))
        return HZ_OK;
    const yaml_parser_t *p = &r->parser;
    if (p->error == YAML_MEMORY_ERROR)
        return hz_mem_fail(r->err, r->name);
    if (p->error == YAML_READER_ERROR)
        return hz_fail(r->err, HZ_EFORMAT, "%s: byte %zu: %s, expected UTF-8 text", r->name,
                       p->problem_offset, p->problem ? p->problem : "unreadable");
    return hz_fail(r->err, HZ_EFORMAT, "%s:%zu: %s%s%s, expected YAML", r->name,
                   p->problem_mark.line + 1, p->problem ? p->problem : "syntax error",
                   p->context ? " " : "", p->context ? p->context : "");
}

static hz_status push(hz_node *parent, hz_node *child, char *key, size_t key_line)
{
    if (parent->count == parent->room) {
        size_t room = parent->room ? 2 * parent->room : 4;
        hz_node **item = hz_mem_resize(parent->item, room, sizeof *item);
        if (!item)
            return HZ_EMEMORY;
        parent->item = item;
        if (parent->kind == HZ_NODE_MAP) {
            char **keys = hz_mem_resize(parent->key, room, sizeof *keys);
            if (!keys)
                return HZ_EMEMORY;
            parent->key = keys;
            size_t *lines = hz_mem_resize(parent->key_line, room, sizeof *lines);
            if (!lines)
                return HZ_EMEMORY;
            parent->key_line = lines;
        }
        parent->room = room;
    }
    parent->item[parent->count] = child;
    if (parent->kind == HZ_NODE_MAP) {
        parent->key[parent->count] = key;
        parent->key_line[parent->count] = key_line;
    }
    parent->count++;
    return HZ_OK;
}

static bool is_null_word(const yaml_event_t *e)
{
    const char *s = (const char *)e->data.scalar.value;
    return e->data.scalar.style == YAML_PLAIN_SCALAR_STYLE &&
           (strcmp(s, "~") == 0 || strcmp(s, "null") == 0 || strcmp(s, "Null") == 0 ||
            strcmp(s, "NULL") == 0);
}

static hz_status read_node(reader *r, const yaml_event_t *event, int depth, hz_node **out);

/* The key at `event` and the value after it. */
static hz_status read_entry(reader *r, const yaml_event_t *event, int depth, hz_node *map)
{
    size_t line = event->start_mark.line + 1;
    if (event->type != YAML_SCALAR_EVENT)
        return hz_fail(r->err, HZ_EFORMAT, "%s:%zu: key is no plain word, expected a name",
                       r->name, line);
    const char *word = (const char *)event->data.scalar.value;
    if (memchr(word, 0, event->data.scalar.length))
        return hz_fail(r->err, HZ_EFORMAT, "%s:%zu: NUL byte in a key, expected text", r->name,
                       line);
    for (size_t i = 0; i < map->count; i++)
        if (strcmp(map->key[i], word) == 0)
            return hz_fail(r->err, HZ_EFORMAT,
                           "%s:%zu: key '%s' again, expected it once (line %zu has it)",
                           r->name, line, word, map->key_line[i]);
    char *key = hz_mem_text(word);
    if (!key)
        return hz_mem_fail(r->err, r->name);
    yaml_event_t value;
    hz_node *child = NULL;
    hz_status st = next(r, &value);
    if (!st) {
        st = read_node(r, &value, depth + 1, &child);
        yaml_event_delete(&value);
    }
    if (!st && (st = push(map, child, key, line)))
        st = hz_mem_fail(r->err, r->name);
    if (st) {
        free_node(child);
        hz_mem_free(key);
    }
    return st;
}

static hz_status read_children(reader *r, int depth, hz_node *node)
{
    for (;;) {
        yaml_event_t event;
        hz_node *child = NULL;
        hz_status st = next(r, &event);
        if (st)
            return st;
        bool end = event.type == YAML_SEQUENCE_END_EVENT || event.type == YAML_MAPPING_END_EVENT;
        if (!end && node->kind == HZ_NODE_MAP) {
            st = read_entry(r, &event, depth, node);
        } else if (!end) {
            st = read_node(r, &event, depth + 1, &child);
            if (!st && (st = push(node, child, NULL, 0))) {
                free_node(child);
                st = hz_mem_fail(r->err, r->name);
            }
        }
        yaml_event_delete(&event);
        if (st || end)
            return st;
    }
}

static hz_status read_node(reader *r, const yaml_event_t *event, int depth, hz_node **out)
{
    size_t line = event->start_mark.line + 1;
    hz_status st = HZ_OK;

    if (depth > DEEPEST)
        return hz_fail(r->err, HZ_EFORMAT, "%s:%zu: nested deeper than %d, expected less",
                       r->name, line, DEEPEST);
    if (event->type == YAML_ALIAS_EVENT)
        return hz_fail(r->err, HZ_EFORMAT,
                       "%s:%zu: alias '*%s', expected the value written out", r->name, line,
                       (const char *)event->data.alias.anchor);
    hz_node *node = hz_mem_new(1, sizeof *node);
    if (!node)
        return hz_mem_fail(r->err, r->name);
    node->line = line;
    if (event->type == YAML_SCALAR_EVENT) {
        const char *s = (const char *)event->data.scalar.value;
        node->kind = HZ_NODE_SCALAR;
        node->text = hz_mem_text(is_null_word(event) ? "" : s);
        if (!node->text)
            st = hz_mem_fail(r->err, r->name);
        else if (strlen(s) != event->data.scalar.length)
            st = hz_fail(r->err, HZ_EFORMAT, "%s:%zu: NUL byte in a value, expected text",
                         r->name, line);
    } else {
        node->kind = event->type == YAML_MAPPING_START_EVENT ? HZ_NODE_MAP : HZ_NODE_LIST;
        st = read_children(r, depth, node);
    }
    if (st) {
        free_node(node);
        return st;
    }
    *out = node;
    return HZ_OK;
}

/* Stream start, document, end of document, end of stream: one document and no more. */
static hz_status read_stream(reader *r, hz_node **root)
{
    for (;;) {
        yaml_event_t event;
        hz_status st = next(r, &event);
        if (st)
            return st;
        yaml_event_type_t type = event.type;
        if (type == YAML_DOCUMENT_START_EVENT && *root)
            st = hz_fail(r->err, HZ_EFORMAT, "%s:%zu: second document, expected one", r->name,
                         event.start_mark.line + 1);
        else if (type != YAML_STREAM_START_EVENT && type != YAML_STREAM_END_EVENT &&
                 type != YAML_DOCUMENT_START_EVENT && type != YAML_DOCUMENT_END_EVENT)
            st = read_node(r, &event, 0, root);
        yaml_event_delete(&event);
        if (st || type == YAML_STREAM_END_EVENT)
            return st;
    }
}

hz_status hz_doc_parse(const char *name, const char *text, size_t n, hz_doc **out,
                       hz_error *err)
{
    reader r = { .name = name, .err = err };
    if (n > LARGEST)
        return hz_fail(err, HZ_EFORMAT, "%s: %zu bytes, expected at most %d", name, n, LARGEST);
    if (!hz_text_is_utf8(text, n))
        return hz_fail(err, HZ_EFORMAT, "%s: is not UTF-8, expected UTF-8 text", name);
    hz_doc *doc = hz_mem_new(1, sizeof *doc);
    if (!doc || !(doc->name = hz_mem_text(name)) || !yaml_parser_initialize(&r.parser)) {
        hz_doc_free(doc);
        return hz_mem_fail(err, name);
    }
    yaml_parser_set_encoding(&r.parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&r.parser, (const unsigned char *)text, n);
    hz_status st = read_stream(&r, &doc->root);
    yaml_parser_delete(&r.parser);
    if (st) {
        hz_doc_free(doc);
        return st;
    }
    *out = doc;
    return HZ_OK;
}

hz_status hz_doc_read(const char *path, hz_doc **out, hz_error *err)
{
    char *text = NULL;
    size_t n = 0;
    hz_status st = hz_file_read(path, LARGEST, &text, &n, err);
    if (!st)
        st = hz_doc_parse(path, text, n, out, err);
    hz_mem_free(text);
    return st;
}

const char *hz_doc_name(const hz_doc *doc) { return doc->name; }
const hz_node *hz_doc_root(const hz_doc *doc) { return doc->root; }
hz_node_kind hz_node_type(const hz_node *node) { return node->kind; }
size_t hz_node_line(const hz_node *node) { return node->line; }
const char *hz_node_text(const hz_node *node) { return node->text ? node->text : ""; }
size_t hz_node_count(const hz_node *node) { return node->count; }
const hz_node *hz_node_item(const hz_node *node, size_t i) { return node->item[i]; }
const char *hz_node_key(const hz_node *node, size_t i) { return node->key[i]; }
size_t hz_node_key_line(const hz_node *node, size_t i) { return node->key_line[i]; }

const hz_node *hz_node_get(const hz_node *node, const char *key)
{
    if (node && node->kind == HZ_NODE_MAP)
        for (size_t i = 0; i < node->count; i++)
            if (strcmp(node->key[i], key) == 0)
                return node->item[i];
    return NULL;
}
