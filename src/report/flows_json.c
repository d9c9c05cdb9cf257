/* What flows between areas say, as JSON. */
#include "hotzone/caption_flows.h"
#include "hotzone/mem.h"
#include "report/json.h"

static int set_rows(json_t *object, const char *key, const hz_layer *layer)
{
    json_t *rows = layer ? hz_json_rows(layer) : json_array();
    return rows ? json_object_set_new(object, key, rows) : -1;
}

static int set_sentences(json_t *root, const hz_caption_flows *facts)
{
    typedef void say_fn(const hz_caption_flows *, hz_language, hz_text *);
    static const struct { const char *key; hz_language language; say_fn *say; } texts[] = {
        { "statement_da", HZ_DANISH, hz_caption_flows_statement },
        { "statement_en", HZ_ENGLISH, hz_caption_flows_statement },
        { "method_da", HZ_DANISH, hz_caption_flows_method },
        { "method_en", HZ_ENGLISH, hz_caption_flows_method },
        { "doubt_da", HZ_DANISH, hz_caption_flows_doubt },
        { "doubt_en", HZ_ENGLISH, hz_caption_flows_doubt }
    };
    int bad = 0;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        hz_text text = { 0 };
        texts[i].say(facts, texts[i].language, &text);
        bad |= text.failed ||
               json_object_set_new(root, texts[i].key, json_string(hz_text_get(&text)));
        hz_text_free(&text);
    }
    return bad;
}

static int set_rule(json_t *root, const hz_caption_flows *facts)
{
    const hz_flows *f = facts->flows;
    int bad = json_object_set_new(root, "events_with_person", hz_json_number(f->total));
    bad |= json_object_set_new(root, "events_with_home", hz_json_number(f->known));
    if (f->rounded)
        bad |= json_object_set_new(root, "round", hz_json_number(facts->round));
    else
        bad |= json_object_set_new(root, "hide_below", hz_json_number(facts->below));
    bad |= json_object_set_new(root, "level", hz_json_number(facts->level));
    bad |= json_object_set_new(root, "made_up", json_boolean(facts->made_up));
    return bad | json_object_set_new(root, "focus",
                                     f->focus_areas ? json_string(f->focus) : json_null());
}

hz_status hz_caption_flows_json(const hz_caption_flows *facts, hz_text *out, hz_error *err)
{
    const hz_flows *f = facts->flows;
    json_t *root = json_object();
    int bad = !root;
    if (!bad) {
        bad |= set_rule(root, facts);
        bad |= set_rows(root, "flows", f->pairs);
        bad |= set_rows(root, "bands", f->bands);
        bad |= set_rows(root, "shares", f->shares);
        bad |= set_rows(root, "account", f->account);
        bad |= set_sentences(root, facts);
    }
    if (!bad) {
        hz_json_add(out, root, 2);
        hz_text_add(out, "\n");
    }
    bad |= out->failed;
    json_decref(root);
    return bad ? hz_mem_fail(err, "flows") : HZ_OK;
}
