/* GAL and GWT files: whatever the bytes, links are between rows, in order, each once, or there is a
 * sentence. */
#include "fuzz.h"
#include "hotzone/mem.h"
#include "hotzone/weights_file.h"

static hz_layer *five_areas(void)
{
    static const char *const keys[] = { "a", "b", "07", "d", "e" };
    hz_layer *layer = NULL;
    hz_error err;
    fuzz_must(hz_layer_new("areas", 5, &layer, &err) == HZ_OK, "there is memory for a layer");
    fuzz_must(hz_layer_add_texts(layer, "key", keys, &err) == HZ_OK, "there is memory for keys");
    return layer;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    hz_layer *layer = five_areas();
    hz_error err;
    /* the first byte chooses the format and whether a key is named */
    bool gwt = size && data[0] & 1;
    const char *id = size && data[0] & 2 ? "key" : NULL;
    hz_csr *csr = NULL;
    hz_status st = hz_weights_read(fuzz_file(data + (size > 0), size - (size > 0)), gwt, layer, id,
                                   &csr, NULL, &err);
    fuzz_must_say_why(st, &err, 2); /* a word of the file may hold any byte */
    fuzz_must((csr != NULL) == (st == HZ_OK), "links are there only on success");
    for (size_t i = 0; csr && i < csr->n; i++)
        for (size_t l = csr->first[i]; l < csr->first[i + 1]; l++) {
            fuzz_must(csr->neighbour[l] < 5 && csr->neighbour[l] != i, "a link is to another row");
            fuzz_must(l == csr->first[i] || csr->neighbour[l - 1] < csr->neighbour[l],
                      "links are in order, each once");
        }
    hz_csr_free(csr);
    hz_layer_free(layer);
    return 0;
}
