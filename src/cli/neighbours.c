/* Reads the option --neighbours and the file that it may name. */
#include "cli/neighbours.h"

#include <stdio.h>
#include <string.h>

#include "cli/opt.h"
#include "hotzone/text.h"
#include "hotzone/weights_file.h"

hz_status neighbours_take(const char *text, neighbours_asked *out, hz_error *err)
{
    static const char *const kinds[] = { "queen", "rook", "knn", "band", "idw", "gal", "gwt" };
    static const hz_neighbours_kind meant[] = { HZ_QUEEN, HZ_ROOK, HZ_NEAREST, HZ_BAND, HZ_INVERSE,
                                                HZ_LINKS, HZ_LINKS };
    const char *colon = strchr(text, ':'), *rest = colon ? colon + 1 : "";
    char kind[16];
    double number = 0;
    int at;
    snprintf(kind, sizeof kind, "%.*s", (int)(colon ? colon - text : (long)strlen(text)), text);
    hz_status st = opt_word("neighbours", kind, kinds, 7, &at, err);
    if (st)
        return st;
    out->how.kind = meant[at];
    if ((at < 2) != !colon || (colon && !*rest))
        return hz_fail(err, HZ_EUSAGE, "--neighbours: '%s', expected queen, rook, knn:K, band:M, "
                       "idw:M, gal:FILE or gwt:FILE", text);
    if (at >= 5) {
        out->path = rest;
        out->gwt = at == 6;
    } else if (colon) {
        if (!hz_number_parse(rest, strlen(rest), '.', &number) || !(number > 0))
            return hz_fail(err, HZ_EUSAGE, "--neighbours: '%s', expected a number over 0 after the "
                           "colon", text);
        if (at == 2 && (st = opt_whole("neighbours knn", number, 1, 1e6, err)))
            return st;
        out->how.k = (size_t)number;
        out->how.reach_m = number;
    }
    return HZ_OK;
}

hz_status neighbours_standardise(const neighbours_asked *asked, const char *word, bool rows,
                                 hz_weights_use *out, hz_error *err)
{
    static const char *const words[] = { "binary", "row", "given" };
    bool inverse = asked->how.kind == HZ_INVERSE;
    int at = rows || inverse ? 1 : 0;
    hz_status st = word ? opt_word("standardise", word, words, 3, &at, err) : HZ_OK;
    if (st)
        return st;
    if (inverse && at == 0)
        return hz_fail(err, HZ_EUSAGE, "--standardise: binary would forget the distances of idw, "
                       "expected row or given, or --neighbours band:M");
    *out = at == 2 ? HZ_WEIGHTS_GIVEN
           : at == 0 ? HZ_WEIGHTS_BINARY
           : inverse ? HZ_WEIGHTS_GIVEN_ROW : HZ_WEIGHTS_ROW;
    return HZ_OK;
}

hz_status neighbours_read(neighbours_asked *asked, const hz_layer *areas, const char *id,
                          const hz_notice *notice, hz_error *err)
{
    if (!asked->path)
        return HZ_OK;
    hz_status st = hz_weights_read(asked->path, asked->gwt, areas, id, &asked->links, notice, err);
    asked->how.links = asked->links;
    return st;
}

void neighbours_clear(neighbours_asked *asked)
{
    hz_csr_free(asked->links);
    *asked = (neighbours_asked){ 0 };
}
