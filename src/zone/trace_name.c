/* Street names made comparable: case, accents, abbreviations, Danish forms and slips. */
#include <math.h>
#include <string.h>

#include "zone/trace_parts.h"

/* Letters beyond a to z in a folded name, one byte each. */
enum { AE = 1, OE, AA };

static void add(char *out, size_t *n, char c)
{
    if (*n + 1 < HZ_NAME_MOST)
        out[(*n)++] = c;
}

/* One letter of UTF-8 folded: 0 for what separates words, -1 for marks that join them. */
static int fold_letter(const char *text, size_t n, size_t *used)
{
    static const char base[] = "aaaaaaaceeeeiiiidnooooo/ouuuuyts"; /* U+00C0 .. U+00DF, and +0x20 */
    unsigned char c = (unsigned char)text[0];
    *used = 1;
    if (c < 0x80) {
        if (c >= 'A' && c <= 'Z')
            return c + 32;
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
            return c;
        return c == '\'' || c == '`' ? -1 : 0;
    }
    unsigned code = 0;
    size_t length = c >= 0xF0 ? 4 : c >= 0xE0 ? 3 : 2;
    if (length > n)
        return 0;
    code = c & (0xFFu >> (length + 1));
    for (size_t i = 1; i < length; i++)
        code = code << 6 | ((unsigned char)text[i] & 0x3Fu);
    *used = length;
    if (code == 0xC6 || code == 0xE6 || code == 0xC4 || code == 0xE4)
        return AE;
    if (code == 0xD8 || code == 0xF8 || code == 0xD6 || code == 0xF6)
        return OE;
    if (code == 0xC5 || code == 0xE5)
        return AA;
    if (code >= 0xC0 && code <= 0xFF)
        return base[(code - 0xC0) & 31];
    if (code == 0xA0 || (code >= 0x2000 && code <= 0x206F))
        return code == 0x2019 || code == 0x2018 ? -1 : 0;
    if (code >= 0x300 && code <= 0x36F)
        return -1; /* a combining accent */
    return 0x80 | (int)(code & 0x7F);
}

enum { WORDS = 16 };

typedef struct {
    char letter[WORDS][HZ_NAME_MOST];
    size_t length[WORDS], count;
} words;

/* "Aa" is Å, "oe" is Ø, "ae" is Æ: within a word. */
static void join_vowels(char *word, size_t *length)
{
    size_t n = 0;
    for (size_t i = 0; i < *length; i++) {
        char c = word[i], d = i + 1 < *length ? word[i + 1] : '\0';
        int both = c == 'a' && d == 'a' ? AA : c == 'o' && d == 'e' ? OE
                   : c == 'a' && d == 'e' ? AE : 0;
        word[n++] = both ? (char)both : c;
        i += both != 0;
    }
    word[n] = '\0';
    *length = n;
}

static void split(const char *text, size_t n, words *w)
{
    size_t length = 0;
    w->count = 0;
    for (size_t i = 0; i <= n;) {
        size_t used = 1;
        int c = i < n ? fold_letter(text + i, n - i, &used) : 0;
        if (c > 0 && w->count < WORDS)
            add(w->letter[w->count], &length, (char)c);
        if (c == 0 && length > 0) {
            w->letter[w->count][length] = '\0';
            join_vowels(w->letter[w->count], &length);
            w->length[w->count++] = length;
            length = 0;
        }
        i += used;
    }
}

/* Abbreviations and variants, folded; a word with several meanings has several rows. */
static const struct {
    const char *brief, *whole;
} readings[] = {
    { "sdr", "s\002nder" }, { "sndr", "s\002nder" }, { "s\002ndre", "s\002nder" },
    { "ndr", "nordre" }, { "nr", "n\002rre" }, { "\002str", "\002ster" },
    { "\002stre", "\002ster" }, { "vestre", "vester" }, { "vestr", "vester" },
    { "gl", "gammel" }, { "gml", "gammel" }, { "gamle", "gammel" }, { "kgs", "kongens" },
    { "skt", "sankt" }, { "sct", "sankt" }, { "st", "sankt" }, { "st", "store" },
    { "str", "store" }, { "ll", "lille" }, { "dr", "doktor" }, { "dr", "dronning" },
    { "dronn", "dronning" }, { "chr", "christian" }, { "fr", "frederik" },
    { "frb", "frederiksberg" }, { "frdr", "frederik" }, { "prof", "professor" },
    { "kbh", "k\002benhavn" }, { "blvd", "boulevard" }, { "boul", "boulevard" },
    { "bd", "boulevard" }, { "pl", "plads" }, { "all", "alle" },
};
enum { READINGS = sizeof readings / sizeof *readings };

/* Generic endings with their definite forms. */
static const struct {
    const char *plain, *definite;
} generics[] = {
    { "dossering", "dosseringen" }, { "boulevard", "boulevarden" }, { "motorvej", "motorvejen" },
    { "vej", "vejen" }, { "gade", "gaden" }, { "alle", "alleen" }, { "plads", "pladsen" },
    { "torv", "torvet" }, { "bro", "broen" }, { "sti", "stien" }, { "park", "parken" },
    { "kanal", "kanalen" }, { "runddel", "runddelen" }, { "kaj", "kajen" }, { "brygge", "bryggen" },
    { "v\001nge", "v\001nget" }, { "str\001de", "str\001det" }, { "kvarter", "kvarteret" },
    { "havn", "havnen" }, { "vang", "vangen" }, { "volden", "voldene" }, { "toft", "toften" },
};
enum { GENERICS = sizeof generics / sizeof *generics };

static bool ends_with(const char *text, size_t n, const char *end)
{
    size_t m = strlen(end);
    return n >= m && memcmp(text + n - m, end, m) == 0;
}

/* Which generic ending a name has, or -1. */
static int generic_of(const char *key, size_t n)
{
    for (int i = 0; i < GENERICS; i++)
        if (ends_with(key, n, generics[i].plain))
            return i;
    return -1;
}

/* A genitive s goes at the end of a word and before a generic ending: Peter Bangs Vej, Bangsvej. */
static void plain_forms(char *key, size_t *n)
{
    for (int i = 0; i < GENERICS; i++)
        if (ends_with(key, *n, generics[i].definite)) {
            *n -= strlen(generics[i].definite) - strlen(generics[i].plain);
            break;
        }
    int g = generic_of(key, *n);
    size_t end = g < 0 ? 0 : strlen(generics[g].plain), before = *n - end;
    if (g >= 0 && before > 3 && key[before - 1] == 's') {
        memmove(key + before - 1, key + before, end);
        --*n;
    }
    key[*n] = '\0';
}

static const char *expand(const char *word, unsigned *reading, unsigned *choices)
{
    unsigned n = 0;
    const char *of[4];
    for (int i = 0; i < READINGS; i++)
        if (n < 4 && strcmp(readings[i].brief, word) == 0)
            of[n++] = readings[i].whole;
    if (n == 0)
        return word;
    if (n > 1 && *choices == 1) { /* the first word with several meanings decides by `reading` */
        *choices = n;
        return of[*reading < n ? *reading : 0];
    }
    return of[0];
}

bool hz_name_read(const char *text, size_t n, unsigned reading, hz_name *name)
{
    words w;
    unsigned choices = 1;
    size_t plain = 0, usual = 0;
    split(text, n, &w);
    for (size_t i = 0; i < w.count; i++) {
        const char *word = expand(w.letter[i], &reading, &choices);
        size_t length = strlen(word);
        for (size_t k = 0; k < w.length[i]; k++)
            add(name->plain, &plain, w.letter[i][k]);
        if (length > 4 && word[length - 1] == 's' && !ends_with(word, length, "plads"))
            length--;
        for (size_t k = 0; k < length; k++)
            add(name->usual, &usual, word[k]);
    }
    name->plain[plain] = '\0';
    name->usual[usual] = '\0';
    plain_forms(name->usual, &usual);
    return reading < choices;
}

bool hz_name_is_street(const char *text, size_t n)
{
    hz_name name;
    hz_name_read(text, n, 0, &name);
    return generic_of(name.usual, strlen(name.usual)) >= 0;
}

/* Words that tell two streets apart however alike the rest is. */
static const char *const qualifiers[] = {
    "nordre", "nord", "n\002rre", "syd", "s\002nder", "\002ster", "\002st", "vester", "vest",
    "lille", "store", "gammel", "ny", "indre", "ydre", "over", "neder", "mellem", "bag",
};

static int qualifier_of(const char *key)
{
    for (int i = 0; i < (int)(sizeof qualifiers / sizeof *qualifiers); i++)
        if (strncmp(key, qualifiers[i], strlen(qualifiers[i])) == 0)
            return i;
    return -1;
}

static bool same_digits(const char *a, const char *b)
{
    for (;;) {
        a += strcspn(a, "0123456789");
        b += strcspn(b, "0123456789");
        if (*a != *b)
            return false;
        if (!*a)
            return true;
        a++;
        b++;
    }
}

/* Insertions, deletions, substitutions and swaps of neighbours (optimal string alignment). */
static size_t edits(const char *a, size_t n, const char *b, size_t m)
{
    size_t row[3][HZ_NAME_MOST + 1];
    for (size_t j = 0; j <= m; j++)
        row[0][j] = j;
    for (size_t i = 1; i <= n; i++) {
        size_t *now = row[i % 3], *up = row[(i + 2) % 3], *upper = row[(i + 1) % 3];
        now[0] = i;
        for (size_t j = 1; j <= m; j++) {
            size_t best = up[j - 1] + (a[i - 1] != b[j - 1]);
            best = up[j] + 1 < best ? up[j] + 1 : best;
            best = now[j - 1] + 1 < best ? now[j - 1] + 1 : best;
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] &&
                upper[j - 2] + 1 < best)
                best = upper[j - 2] + 1;
            now[j] = best;
        }
    }
    return row[n % 3][m];
}

/* One slip per seven letters, three at most; never in what tells streets apart. */
enum { LETTERS_PER_SLIP = 7, SLIPS = 3 };

/* Slips between two spellings of n and m letters, or more than `most`. */
static size_t slips_of(const char *a, const char *b, size_t most)
{
    size_t n = strlen(a), m = strlen(b);
    if ((n > m ? n - m : m - n) > most)
        return most + 1;
    /* another first letter is another name more often than a slip */
    return edits(a, n, b, m) + (n == m && a[0] != b[0]);
}

/* Is a listed name a known one typed without its Danish letters: Norrebrogade, Agade? */
static bool lacks_letters(const char *listed, const char *known)
{
    for (; *listed && *known; listed++, known++)
        if (*listed != *known && !(*listed == 'o' && *known == OE) &&
            !(*listed == 'a' && (*known == AA || *known == AE)))
            return false;
    return !*listed && !*known;
}

/* May a slip lie between two names for all their first words tell?  "Nørebrogade" has none that
 * tells streets apart, and is Nørrebrogade all the same. */
static bool may_slip(const char *listed, const char *known)
{
    int p = qualifier_of(listed), q = qualifier_of(known);
    return p == q || (p < 0 && strlen(qualifiers[q]) >= 4 && listed[0] == known[0]);
}

double hz_name_score(const hz_name *listed, const hz_name *known)
{
    size_t n = strlen(listed->usual), m = strlen(known->usual);
    if (!listed->plain[0] || !known->plain[0])
        return 0;
    if (strcmp(listed->plain, known->plain) == 0)
        return 1;
    if (strcmp(listed->usual, known->usual) == 0)
        return 0.97;
    if (lacks_letters(listed->plain, known->plain) || lacks_letters(listed->usual, known->usual))
        return 0.95;
    size_t allowed = n / LETTERS_PER_SLIP < SLIPS ? n / LETTERS_PER_SLIP : SLIPS;
    if (allowed == 0 || !may_slip(listed->usual, known->usual) ||
        !same_digits(listed->plain, known->plain))
        return 0;
    int g = generic_of(listed->usual, n), h = generic_of(known->usual, m);
    if (g >= 0 && h >= 0 && g != h)
        return 0;
    /* a slip in the ending hides a genitive: the plain letters may then be nearer */
    size_t slips = slips_of(listed->usual, known->usual, allowed);
    size_t plain = slips_of(listed->plain, known->plain, allowed);
    slips = plain < slips ? plain : slips;
    return slips > allowed ? 0 : 0.97 - (double)slips / (double)n;
}

double hz_name_likeness(const hz_name *listed, const hz_name *known)
{
    size_t n = strlen(listed->usual), m = strlen(known->usual), most = n > m ? n : m;
    if (most == 0)
        return 0;
    return 1 - (double)edits(listed->usual, n, known->usual, m) / (double)most;
}
