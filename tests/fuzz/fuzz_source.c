/* Source strings: what is taken apart can be put together and taken apart again. */
#include <string.h>

#include "fuzz.h"
#include "hotzone/mem.h"
#include "hotzone/source.h"
#include "hotzone/text.h"

static void must_be_same(const char *a, const char *b, const char *fact)
{
    fuzz_must(!a == !b && (!a || strcmp(a, b) == 0), fact);
}

static void must_read_back(const hz_source *s)
{
    hz_source again = { .layer_id = -1 };
    hz_text text = { 0 };
    hz_error err;
    hz_text_add(&text, s->path);
    if (s->layer)
        hz_text_addf(&text, "|layername=%s", s->layer);
    if (s->layer_id >= 0)
        hz_text_addf(&text, "|layerid=%d", s->layer_id);
    if (s->subset)
        hz_text_addf(&text, "|subset=%s", s->subset);
    fuzz_must(hz_source_parse(hz_text_get(&text), &again, &err) == HZ_OK, "parts are a source");
    must_be_same(s->path, again.path, "the path is the same");
    must_be_same(s->layer, again.layer, "the layer is the same");
    must_be_same(s->subset, again.subset, "the subset is the same");
    fuzz_must(s->layer_id == again.layer_id, "the layer's number is the same");
    hz_source_free(&again);
    hz_text_free(&text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    hz_source source = { .layer_id = -1 };
    hz_error err;
    char *text = hz_mem_text_n((const char *)data, size);
    if (!text)
        return 0;
    hz_status st = hz_source_parse(text, &source, &err);
    fuzz_must_say_why(st, &err, 1); /* the text that was given may hold a line break itself */
    if (!st) {
        fuzz_must(*source.path != '\0', "a source has a path");
        must_read_back(&source);
        hz_source_is_csv(&source);
    }
    hz_source_free(&source);
    hz_mem_free(text);
    return 0;
}
