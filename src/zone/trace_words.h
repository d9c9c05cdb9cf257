/* What the two halves of reading a list share: a phrase as words, and what the reader is about. */
#ifndef HOTZONE_ZONE_TRACE_WORDS_H
#define HOTZONE_ZONE_TRACE_WORDS_H

#include <string.h>

#include "zone/trace_parts.h"

enum { HZ_MOST_WORDS = 80 };

/** A phrase as words; beyond HZ_MOST_WORDS they are left out. */
typedef struct {
    const char *at[HZ_MOST_WORDS];
    size_t length[HZ_MOST_WORDS], count;
    char folded[HZ_MOST_WORDS][24]; /* "" when longer: then it is no connecting word */
} hz_sentence;

typedef struct {
    const hz_trace_network *net;
    hz_phrases *out;
    const char *remark;
    bool first;         /* the first phrase may begin with the zone's name */
    bool separated;     /* the list has separators besides its line breaks */
    bool picky;         /* the sentence holds a date or the like among its items */
    bool to_corner;     /* "krydset A/B", "mellem A og B": what is joined next is a place, too */
    hz_error *err;
} hz_reader;

static inline bool hz_is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static inline void hz_trim(const char **text, size_t *n)
{
    static const char marks[] = ".:,;\"'-=*";
    while (*n && (hz_is_blank((*text)[*n - 1]) || strchr(marks, (*text)[*n - 1])))
        --*n;
    while (*n && (hz_is_blank(**text) || strchr(marks, **text))) {
        ++*text;
        --*n;
    }
}

hz_status hz_reader_add(hz_phrases *phrases, const char *text, size_t n, const char *remark,
                        hz_trace_role role, hz_error *err);
void hz_reader_words(const char *text, size_t n, hz_sentence *out);
/** Is a folded word one of a list that ends with NULL? */
bool hz_word_is_one_of(const char *word, const char *const *list);
bool hz_word_is_capital(const char *word);
/** Does a folded word say how the border goes on, but not along what? */
bool hz_word_is_noise(const char *word);
/** Does a folded word link names: til, fra, langs, via, ved? */
bool hz_word_links(const char *word);
/** Does a folded word begin a clause about the border that is no part of it: dog, undtagen? */
bool hz_word_is_clause(const char *word);
/** Does it begin one that may lead up to a name: der, som, hvor? */
bool hz_word_is_relative(const char *word);
/** Is it a house number, or a word about sides and numbers: begge, sider, ulige, numre? */
bool hz_word_is_detail(const hz_sentence *s, size_t i);
/** Keep words that were not taken for items. */
void hz_reader_skip(hz_reader *reader, const char *text, size_t n);
/** Do words [i, j) name a street of the network? */
bool hz_reader_knows(const hz_trace_network *network, const hz_sentence *s, size_t i, size_t j);
/** Do words [i, j) speak of a border? */
bool hz_reader_border(const hz_sentence *s, size_t i, size_t j);
/** Is a text of n bytes what a decision says besides its list: dates, "Er gældende fra"? */
bool hz_reader_boilerplate(const char *text, size_t n);
/** Bytes of what leads up to a name, "Visitationszonen omfatter området afgrænset af A"; skipped. */
size_t hz_reader_lead(hz_reader *reader, const char *text, size_t n);
/** Is a phrase about the list, and no item: "dog ikke stationen", "ulige numre", or, where it was
 *  not `led` up to a name, "hvor begge sider er omfattet"? */
bool hz_reader_aside(const hz_reader *reader, const char *text, size_t n, bool led);
/** Has a text a word with a capital, or one about borders, shores or railways? */
bool hz_reader_names(const char *text, size_t n);
/** Does a heading number a zone of several: "Zone 2", "Område B"? */
bool hz_reader_zone(const char *text, size_t n);
/** Read words [from, to), a phrase between separators. */
hz_status hz_reader_read(hz_reader *reader, const hz_sentence *s, size_t from, size_t to);

#endif
