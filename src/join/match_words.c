/* Puts keys without a partner into words. */
#include "join/match_words.h"

#include <stdint.h>
#include <string.h>

#include "hotzone/text.h"

/* Copy as much as fits, whole UTF-8 characters, with "..." in place of the rest. */
static void cut(const char *text, char *buf, size_t size)
{
    size_t n = strlen(text);
    if (n < size) {
        memcpy(buf, text, n + 1);
        hz_text_one_line(buf);
        return;
    }
    n = size - 4;
    while (n > 0 && ((unsigned char)text[n] & 0xC0) == 0x80)
        n--;
    memcpy(buf, text, n);
    memcpy(buf + n, "...", 4);
    hz_text_one_line(buf);
}

/* The area key of the same number, as 7 is of 007; NULL if there is none. */
static const char *same_number(const hz_keyset *areas, const char *key)
{
    double want, got;
    if (!hz_number_parse(key, strlen(key), '.', &want))
        return NULL;
    for (size_t a = 0; a < areas->rows; a++)
        if (hz_number_parse(areas->text[a], strlen(areas->text[a]), '.', &got) && got == want)
            return areas->text[a];
    return NULL;
}

static void say_one(const hz_keyset *areas, const char *key, hz_text *out)
{
    const char *number = same_number(areas, key);
    const char *near = number ? NULL : hz_text_nearest(key, areas->text, areas->rows);
    hz_text_addf(out, "%s'%s' is no area", out->length ? "; " : "", key);
    if (number)
        hz_text_addf(out, ", '%s' is the same number but another text", number);
    else if (near)
        hz_text_addf(out, ", nearest: '%s'", near);
}

bool hz_match_say_unmatched(const hz_keyset *areas, const hz_keyset *table, char *buf,
                            size_t size)
{
    const char *said[3];
    size_t count = 0;
    hz_text out = { 0 };
    for (size_t r = 0; r < table->rows && count < 3; r++) {
        const char *key = table->text[r];
        bool skip = !*key || hz_keyset_find(areas, key) != SIZE_MAX;
        for (size_t k = 0; !skip && k < count; k++)
            skip = strcmp(said[k], key) == 0;
        if (skip)
            continue;
        said[count++] = key;
        say_one(areas, key, &out);
    }
    cut(hz_text_get(&out), buf, size);
    bool whole = !out.failed;
    hz_text_free(&out);
    return whole;
}

bool hz_match_say_missing(const hz_keyset *areas, const bool *has_row, char *buf, size_t size)
{
    hz_text out = { 0 };
    for (size_t a = 0; a < areas->rows && out.length < size; a++)
        if (!has_row[a])
            hz_text_addf(&out, "%s%s", out.length ? ", " : "", areas->text[a]);
    cut(hz_text_get(&out), buf, size);
    bool whole = !out.failed;
    hz_text_free(&out);
    return whole;
}
