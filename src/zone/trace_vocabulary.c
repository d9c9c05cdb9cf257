/* Words of lists that are no names, Danish and English; folded as hz_name_read folds. */
#include <string.h>

#include "zone/trace_words.h"

bool hz_word_is_one_of(const char *word, const char *const *list)
{
    for (; *list; list++)
        if (strcmp(word, *list) == 0)
            return true;
    return false;
}

bool hz_word_is_capital(const char *word)
{
    return (word[0] >= 'A' && word[0] <= 'Z') || ((unsigned char)word[0] == 0xC3 &&
           (unsigned char)word[1] >= 0x80 && (unsigned char)word[1] <= 0x9E);
}

/* Words that say how the border goes on, but not along what. */
bool hz_word_is_noise(const char *w)
{
    static const char *const list[] = {
        "mod", "nord", "syd", "\002st", "vest", "nord\002st", "nordvest", "syd\002st", "sydvest",
        "nordp\003", "sydp\003", "\002stp\003", "vestp\003", "uret", "med", "videre", "ad", "af",
        "ind", "ud", "herefter", "derefter", "s\003", "og", "hele", "den", "det", "de", "startende",
        "retur", "tilbage", "f\002lge", "f\002lger", "f\002lges", "vejene", "gaderne", "vejen",
        "nordlig", "sydlig", "\002stlig", "vestlig", "nordlige", "sydlige", "\002stlige",
        "vestlige", "nordsiden", "sydsiden", "\002stsiden", "vestsiden", "afgr\001nset",
        "afgr\001nses", "afgr\001nsning", "visitationszonen", "zonen", "omr\003det", "er", "som",
        "omkring", "d\001kker", "omfatter", "omfang", "f\002lgende", "en", "linje", "fra",
        "along", "the", "then", "and", "north", "south", "east", "west", "back", "to", "ende",
        "modsat", "rundt", "gennem", "op", "ned", "hen", "p\003", "i", "frem", "drej", "drejes",
        "venstre", "h\002jre", "herfra", "derfra", "derefter", "dern\001st", "udgangspunktet",
        "startpunktet", "begyndelsen", "forts\001tter", "forts\001t", "fortsat",
        "lige", "straks", "omr\003der", "omr\003derne", "gader", "veje", "der", "mellem", "mens",
        NULL
    };
    return hz_word_is_one_of(w, list);
}

bool hz_word_is_clause(const char *word)
{
    static const char *const list[] = { "hvoraf", "hvilket", "idet", "dog", "undtagen",
                                        "undtaget", "bortset", "men", "jf", "se", "alle",
                                        "inkl", "inklusiv", "inklusive", "ekskl", "eksklusiv",
                                        "eksklusive", "herunder", "except", "including", NULL };
    return hz_word_is_one_of(word, list);
}

bool hz_word_is_relative(const char *word)
{
    static const char *const list[] = { "der", "som", "hvor", "which", "that", "where", NULL };
    return hz_word_is_one_of(word, list);
}
