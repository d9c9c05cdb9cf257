/* Reads the words for neighbours and for their weights. */
#include "hotzone/neighbours.h"

#include <math.h>
#include <string.h>

#include "hotzone/text.h"

enum { K_MOST = 1000000 };

static hz_status wrong(const char *text, const char *expected, hz_error *err)
{
    return hz_fail(err, HZ_EUSAGE, "'%s', expected %s", text, expected);
}

hz_status hz_neighbours_parse(const char *text, hz_neighbours *out, const char **file, bool *gwt,
                              hz_error *err)
{
    static const struct { const char *word; hz_neighbours_kind kind; } kinds[] = {
        { "queen", HZ_QUEEN }, { "rook", HZ_ROOK }, { "knn:", HZ_NEAREST }, { "band:", HZ_BAND },
        { "idw:", HZ_INVERSE }, { "gal:", HZ_LINKS }, { "gwt:", HZ_LINKS },
    };
    enum { KINDS = sizeof kinds / sizeof *kinds };
    hz_neighbours how = { .kind = HZ_QUEEN };
    double number = 0;
    size_t at = 0, n = 0;
    for (; at < KINDS; at++) {
        n = strlen(kinds[at].word);
        bool bare = kinds[at].word[n - 1] != ':';
        if (bare ? strcmp(text, kinds[at].word) == 0
                 : strncmp(text, kinds[at].word, n) == 0 && text[n])
            break;
    }
    if (at == KINDS)
        return wrong(text, "queen, rook, knn:K, band:M, idw:M, gal:FILE or gwt:FILE", err);
    how.kind = kinds[at].kind;
    const char *rest = text + n;
    if (how.kind >= HZ_NEAREST && how.kind <= HZ_INVERSE) {
        if (!hz_number_parse(rest, strlen(rest), '.', &number) || !(number > 0) || isinf(number))
            return wrong(text, "a number over 0 after the colon", err);
        if (how.kind == HZ_NEAREST && (number != floor(number) || number > K_MOST))
            return wrong(text, "a whole number from 1 to 1000000 after the colon", err);
        how.k = how.kind == HZ_NEAREST ? (size_t)number : 0;
        how.reach_m = number;
    }
    *out = how;
    *file = how.kind == HZ_LINKS ? rest : NULL;
    if (gwt)
        *gwt = text[1] == 'w';
    return HZ_OK;
}

hz_status hz_neighbours_standardise(const hz_neighbours *how, const char *word, bool rows,
                                    hz_weights_use *out, hz_error *err)
{
    bool inverse = how->kind == HZ_INVERSE, row = word ? strcmp(word, "row") == 0 : rows || inverse;
    bool given = word && strcmp(word, "given") == 0;
    if (word && !row && !given && strcmp(word, "binary") != 0)
        return wrong(word, "binary, row or given", err);
    if (inverse && !row && !given)
        return hz_fail(err, HZ_EUSAGE, "binary would forget the distances of idw, expected row or "
                       "given, or neighbours of band:M");
    *out = given ? HZ_WEIGHTS_GIVEN
           : !row ? HZ_WEIGHTS_BINARY
           : inverse ? HZ_WEIGHTS_GIVEN_ROW : HZ_WEIGHTS_ROW;
    return HZ_OK;
}
