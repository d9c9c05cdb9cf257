/* A string that grows, and numbers read and written whatever the locale. */
#ifndef HOTZONE_TEXT_H
#define HOTZONE_TEXT_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

#include "hotzone/status.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum { HZ_ENGLISH = 0, HZ_DANISH } hz_language;

/**
 * Start as { 0 }; free with hz_text_free.  Adding never fails at the call: when
 * memory runs out `failed` is set and stays set, so check once, at the end.
 * `data` is always NUL-terminated once anything was added.
 */
typedef struct {
    char *data;
    size_t length, room;
    bool failed;
} hz_text;

HZ_API void hz_text_add(hz_text *text, const char *more);
HZ_API void hz_text_add_n(hz_text *text, const char *more, size_t n);
HZ_API void hz_text_addf(hz_text *text, const char *format, ...) HZ_PRINTF(2, 3);
/** The shortest decimal form that reads back as the same double, '.' as point. */
HZ_API void hz_text_add_double(hz_text *text, double value);
/** Make the letter at a byte offset a capital: ASCII and the letters of Latin-1. */
HZ_API void hz_text_capital(hz_text *text, size_t at);
/** Add a word with a capital first letter. */
HZ_API void hz_text_add_capital(hz_text *text, const char *word);
/** "data" or "" if nothing was added; lent. */
HZ_API const char *hz_text_get(const hz_text *text);
/** Hand over the string (free with hz_mem_free; NULL if memory had run out) and start anew. */
HZ_API char *hz_text_take(hz_text *text);
HZ_API void hz_text_free(hz_text *text);

/**
 * Read a whole decimal number: sign, digits, one decimal mark, exponent; blanks at
 * both ends allowed.  Exact (correctly rounded) always.  "nan", "inf" and hex are
 * not numbers.  Independent of the locale.
 *
 * @param decimal  '.' or ','
 * @return false if the n bytes are anything else; *value is then untouched
 */
HZ_API bool hz_number_parse(const char *text, size_t n, char decimal, double *value);

/**
 * A number for people: "1.877,5" in Danish, "1,877.5" in English; a minus is U+2212.
 * buf gets at most size bytes; returns buf.  NaN gives an en dash.
 */
HZ_API char *hz_number_format(char *buf, size_t size, double value, int decimals,
                              hz_language language);
/** "30 %" with a no-break space in Danish, "30%" in English; share 0..1. */
HZ_API char *hz_share_format(char *buf, size_t size, double share, int decimals,
                             hz_language language);

/** Edit distance of two UTF-8 words, ASCII case ignored; for "did you mean". */
HZ_API size_t hz_text_distance(const char *a, const char *b);
/** The nearest of n words, or NULL if none is near enough to suggest. */
HZ_API const char *hz_text_nearest(const char *word, const char *const *words, size_t n);
/** Make control characters blanks, so that text from a file cannot break a message's line. */
HZ_API void hz_text_one_line(char *text);
/** Is this valid UTF-8? */
HZ_API bool hz_text_is_utf8(const char *text, size_t n);

#ifdef __cplusplus
}
#endif
#endif
