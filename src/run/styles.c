/* The layers of a project's style: an organisation's files, the recipe's own, the command line's. */
#include "hotzone/file.h"
#include "hotzone/mem.h"
#include "run/recipe_read.h"

/* A style file, named by the recipe (line > 0) or by the command line. */
static hz_status read_file(const char *path, recipe_style *style, hz_error *err)
{
    hz_status st = hz_doc_read(path, &style->doc, err);
    if (!st)
        style->node = hz_doc_root(style->doc);
    return st;
}

static void add_layer(recipe_reader *in, const hz_node *node)
{
    recipe *r = in->r;
    recipe_style *style = &r->styles[r->style_count];
    hz_error why;

    if (in->st)
        return;
    if (r->style_count == RECIPE_STYLES) {
        hz_faults_add(in->faults, hz_node_line(node), "style: more than %d layers", RECIPE_STYLES);
        return;
    }
    style->line = hz_node_line(node);
    style->node = node;
    if (hz_node_type(node) == HZ_NODE_SCALAR) {
        style->file = hz_node_text(node);
        style->node = NULL;
        if (!*style->file) {
            hz_faults_add(in->faults, style->line, "style is empty, expected the path of a style "
                          "file, or its keys");
            return;
        }
        char *full = hz_file_beside(r->path, style->file);
        hz_status st = full ? read_file(full, style, &why) : hz_mem_fail(in->err, r->path);
        hz_mem_free(full);
        if (!full || st == HZ_EMEMORY)
            in->st = hz_mem_fail(in->err, r->path);
        else if (st)
            hz_faults_add(in->faults, style->line, "style '%s': %s", style->file, why.text);
    }
    r->style_count++;
}

void recipe_read_styles(recipe_reader *in, const hz_node *root, const char *last)
{
    const hz_node *node = hz_node_get(root, "style");
    bool list = node && hz_node_type(node) == HZ_NODE_LIST;
    for (size_t i = 0; node && i < (list ? hz_node_count(node) : 1); i++) {
        const hz_node *item = list ? hz_node_item(node, i) : node;
        if (list && hz_node_type(item) == HZ_NODE_LIST)
            hz_faults_add(in->faults, hz_node_line(item), "style: item %zu is a list, expected a "
                          "file or its keys", i + 1);
        else
            add_layer(in, item);
    }
    if (last && !in->st) {
        in->r->last.file = last;
        in->st = read_file(last, &in->r->last, in->err);
    }
}

static hz_status lay(const recipe *r, const recipe_style *style, hz_look *look, hz_error *err)
{
    hz_faults *faults = NULL;
    if (!style->node)
        return HZ_OK;
    hz_status st = hz_faults_new(style->doc ? style->doc : r->doc, &faults, err);
    if (!st)
        st = hz_look_read(look, style->node, faults, err);
    if (!st && hz_faults_count(faults))
        st = hz_faults_fail(faults, err);
    hz_faults_free(faults);
    return st;
}

void recipe_check_styles(recipe_reader *in, hz_look *look)
{
    const recipe *r = in->r;
    hz_look_default(look);
    for (size_t i = 0; !in->st && i < r->style_count; i++)
        in->st = r->styles[i].file ? lay(r, &r->styles[i], look, in->err)
                                   : hz_look_read(look, r->styles[i].node, in->faults, in->err);
    if (!in->st)
        in->st = lay(r, &r->last, look, in->err);
}

hz_status recipe_look(const recipe *r, const hz_node *own, hz_look *look, hz_error *err)
{
    const recipe_style picture = { .node = own };
    hz_status st = HZ_OK;
    hz_look_default(look);
    for (size_t i = 0; !st && i < r->style_count; i++)
        st = lay(r, &r->styles[i], look, err);
    if (!st)
        st = lay(r, &picture, look, err);
    return st ? st : lay(r, &r->last, look, err);
}
