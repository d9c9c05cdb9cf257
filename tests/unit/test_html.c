/* A report is one well-formed page that shows every value for what it is. */
#include "check.h"

#include <stdlib.h>
#include <unistd.h>

#include "hotzone/file.h"
#include "hotzone/html.h"
#include "hotzone/mem.h"
#include "hotzone/rates.h"

#define NB "\u00a0"

static hz_html *new_page(hz_language language, const char *title)
{
    void **state_ = NULL;
    hz_error err = { HZ_OK, "" };
    hz_html_front front = { .language = language, .title = title, .contents = true };
    hz_html *page = NULL;
    CHECK_OK(hz_html_new(&front, &page, &err), err);
    return page;
}

static void text_of(const hz_html *page, hz_text *out)
{
    void **state_ = NULL;
    hz_error err = { HZ_OK, "" };
    CHECK_OK(hz_html_text(page, out, &err), err);
}

#define CHECK_HOLDS(text, part)                                                          \
    do {                                                                                 \
        (void)state_;                                                                    \
        if (!strstr(hz_text_get(text), part)) {                                          \
            const char *main_ = strstr(hz_text_get(text), "<main ");                     \
            CHECK_TEXT(main_ ? main_ : hz_text_get(text), part);                         \
        }                                                                                \
    } while (0)

/* Is this XML: tags nest, attributes are quoted, no stray '<' or '&'?  Names the fault. */
static const char *find_fault(const char *p)
{
    static const char *const entities[] = { "&amp;", "&lt;", "&gt;", "&quot;", "&#39;" };
    char open[64][16];
    size_t depth = 0;
    if (strncmp(p, "<!DOCTYPE html>\n", 16) != 0)
        return "no doctype";
    for (p += 16; *p; p++) {
        if (*p == '&') {
            size_t known = 0;
            for (size_t i = 0; i < 5; i++)
                known += strncmp(p, entities[i], strlen(entities[i])) == 0;
            if (!known)
                return p;
        }
        if (*p != '<')
            continue;
        bool closes = p[1] == '/';
        char name[16] = { 0 };
        p += 1 + closes;
        for (size_t i = 0; i < 15 && ((*p >= 'a' && *p <= 'z') || (*p >= '0' && *p <= '9')); i++)
            name[i] = *p++;
        if (!*name)
            return p;
        bool quoted = false;
        for (; *p && (quoted || *p != '>'); p++) {
            if (*p == '"')
                quoted = !quoted;
            if (*p == '<')
                return p;
        }
        if (closes) {
            if (depth == 0 || strcmp(open[--depth], name) != 0)
                return p;
        } else if (p[-1] != '/') {
            if (depth == 64)
                return "too deep";
            memcpy(open[depth++], name, sizeof name);
        }
    }
    return depth ? "a tag is not closed" : NULL;
}

static const char svg[] = "<?xml version=\"1.0\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\"/>\n";

static void put_picture(char path[64], const void *data, size_t n)
{
    void **state_ = NULL;
    hz_error err = { HZ_OK, "" };
    snprintf(path, 64, "/tmp/hz-html-%ld.svg", (long)getpid());
    CHECK_OK(hz_file_write(path, data, n, &err), err);
}

static hz_layer *new_areas(double hide_below)
{
    static const char *const names[] = { "A & B", "C", "D", "E", "F" };
    static const double events[] = { 1877, 0, NAN, 12, 2 };
    static const double people[] = { 34953, 1000, 5000, 0, 9000 };
    void **state_ = NULL;
    hz_rates_opts opts = HZ_RATES_DEFAULTS;
    hz_error err = { HZ_OK, "" };
    hz_layer *areas = NULL;
    opts.hide_below = hide_below;
    opts.overlap = true; /* one row alone may be hidden */
    CHECK_OK(hz_layer_new("areas", 5, &areas, &err), err);
    CHECK_OK(hz_layer_add_texts(areas, "name", names, &err), err);
    CHECK_OK(hz_layer_add_numbers(areas, "events", events, &err), err);
    CHECK_OK(hz_layer_add_numbers(areas, "residents", people, &err), err);
    CHECK_OK(hz_rates_add(areas, "events", "residents", &opts, NULL, &err), err);
    return areas;
}

static const hz_html_column columns[] = {
    { "name", "Område", NULL, 0, HZ_CELL_VALUE, NULL },
    { "events", "Anmeldelser", "antal", 0, HZ_CELL_VALUE, NULL },
    { "rate", "Rate", "pr. 1.000", 1, HZ_CELL_VALUE, NULL },
    { "rate_low", "Interval", NULL, 1, HZ_CELL_INTERVAL, "rate_high" },
    { "state", "Note", NULL, 0, HZ_CELL_STATE, NULL },
};
enum { COLUMNS = sizeof columns / sizeof *columns };

/* Everything a page can hold. */
static hz_status add_all(hz_html *page, const hz_layer *areas, const char *picture, hz_error *err)
{
    static const char *const items[] = { "et < to", "\"to\"" };
    static const hz_html_term terms[] = { { "CRS", "EPSG:25832" }, { "<b>", "&amp;" } };
    static const double total[] = { NAN, 1891, 37.4, 35.7, NAN }, high[] = { 0, 0, 0, 39.1, 0 };
    const hz_html_figure figure = { picture, "Kort \"A\"", "Titel.", "Tekst <i>", 170, "maps/kort 1.png" };
    hz_html_table table = { "Rater & antal.", areas, columns, COLUMNS, NULL, 0, "Alle", total,
                            high };
    hz_html_heading(page, 2, "Første <afsnit>");
    hz_html_paragraph(page, "Tekst & mere.");
    hz_html_heading(page, 3, "Under");
    hz_html_note(page, "Note.");
    hz_html_heading(page, 3, "Under");
    hz_html_callout(page, "Husk", "dette");
    hz_html_list(page, items, 2);
    hz_html_terms(page, "Fakta", terms, 2);
    hz_html_heading(page, 2, "Sidste");
    hz_status st = hz_html_add_figure(page, &figure, err);
    return st ? st : hz_html_add_table(page, &table, err);
}

TEST(a_page_with_everything_in_it_is_well_formed_and_fetches_nothing)
{
    char path[64];
    hz_error err = { HZ_OK, "" };
    hz_text text = { 0 };
    hz_html *page = new_page(HZ_DANISH, "Titel & <mere>");
    hz_layer *areas = new_areas(5);
    put_picture(path, svg, sizeof svg - 1);
    CHECK_OK(add_all(page, areas, path, &err), err);
    text_of(page, &text);
    const char *fault = find_fault(hz_text_get(&text));
    if (fault)
        CHECK_TEXT(fault, "");
    CHECK_HOLDS(&text, " lang=\"da\">");
    CHECK_HOLDS(&text, "<title>Titel &amp; &lt;mere&gt;</title>");
    CHECK_HOLDS(&text, "content=\"default-src 'none'; img-src data:; style-src 'unsafe-inline'");
    CHECK(!strstr(hz_text_get(&text), "<script") && !strstr(hz_text_get(&text), "url("));
    /* the one address is the name of a namespace */
    const char *address = strstr(hz_text_get(&text), "://");
    CHECK(address && strncmp(address, "://www.w3.org/1999/xhtml", 24) == 0);
    CHECK(!strstr(address + 3, "://"));
    remove(path);
    hz_text_free(&text);
    hz_layer_free(areas);
    hz_html_free(page);
}

TEST(the_same_calls_give_the_same_bytes)
{
    hz_text text[2] = { { 0 } };
    char path[64];
    hz_error err = { HZ_OK, "" };
    put_picture(path, svg, sizeof svg - 1);
    for (int i = 0; i < 2; i++) {
        hz_html *page = new_page(HZ_DANISH, "Titel");
        hz_layer *areas = new_areas(0);
        CHECK_OK(add_all(page, areas, path, &err), err);
        text_of(page, &text[i]);
        hz_layer_free(areas);
        hz_html_free(page);
    }
    CHECK_TEXT(hz_text_get(&text[1]), hz_text_get(&text[0]));
    hz_text_free(&text[0]);
    hz_text_free(&text[1]);
    remove(path);
}

TEST(contents_nest_and_point_at_the_headings)
{
    hz_html *page = new_page(HZ_DANISH, "T");
    hz_text text = { 0 };
    hz_html_heading(page, 2, "På Nørrebro");
    hz_html_heading(page, 3, "Under");
    hz_html_heading(page, 3, "Under");
    hz_html_heading(page, 2, "Slut");
    text_of(page, &text);
    CHECK_HOLDS(&text, "<nav aria-label=\"Indhold\">\n<p>Indhold</p>\n<ol>\n"
                       "<li><a href=\"#s1-paa-noerrebro\">På Nørrebro</a>\n<ol>\n"
                       "<li><a href=\"#s2-under\">Under</a></li>\n"
                       "<li><a href=\"#s3-under\">Under</a></li>\n</ol>\n</li>\n"
                       "<li><a href=\"#s4-slut\">Slut</a></li>\n</ol>\n</nav>\n");
    CHECK_HOLDS(&text, "<h2 id=\"s1-paa-noerrebro\">På Nørrebro</h2>\n"
                       "<h3 id=\"s2-under\">Under</h3>\n<h3 id=\"s3-under\">Under</h3>\n"
                       "<h2 id=\"s4-slut\">Slut</h2>\n");
    hz_text_free(&text);
    hz_html_free(page);
}

TEST(text_is_escaped_whatever_it_holds)
{
    hz_html *page = new_page(HZ_ENGLISH, "T");
    hz_text text = { 0 };
    hz_html_paragraph(page, "<script>alert('x')</script> & \"y\"");
    hz_html_paragraph(page, "bell \a, Latin-1 \xF8, cut \xC3");
    hz_html_paragraph(page, "");
    text_of(page, &text);
    CHECK_HOLDS(&text, "<main id=\"main\">\n<p>&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; "
                       "&quot;y&quot;</p>\n<p>bell \uFFFD, Latin-1 \uFFFD, cut \uFFFD</p>\n"
                       "</main>");
    CHECK(find_fault(hz_text_get(&text)) == NULL);
    hz_text_free(&text);
    hz_html_free(page);
}

/* Garwood for 1877: 1793.0 and 1963.9, over 34.953; for 0: 3.689 per 1,000 residents. */
TEST(zero_hidden_and_missing_are_three_different_cells)
{
    hz_html *page = new_page(HZ_DANISH, "T");
    hz_layer *areas = new_areas(5);
    hz_text text = { 0 };
    hz_error err = { HZ_OK, "" };
    hz_html_table table = { "Rater.", areas, columns, COLUMNS, NULL, 0, NULL, NULL, NULL };
    CHECK_OK(hz_html_add_table(page, &table, &err), err);
    text_of(page, &text);
    CHECK_HOLDS(&text, "<caption id=\"t1\"><span class=\"number\">Tabel" NB
                       "1.</span>Rater.</caption>\n<thead>\n<tr><th scope=\"col\">Område</th>"
                       "<th scope=\"col\" class=\"n\">"
                       "Anmeldelser <span class=\"unit\">antal</span></th>");
    CHECK_HOLDS(&text, "<tr><th scope=\"row\">A &amp; B</th><td class=\"n\">1.877</td>"
                       "<td class=\"n\">53,7</td><td class=\"n\">51,3–56,2</td>"
                       "<td class=\"s\"></td></tr>\n");
    CHECK_HOLDS(&text, "<tr><th scope=\"row\">C</th><td class=\"n\">0</td><td class=\"n\">0,0</td>"
                       "<td class=\"n\">0,0–3,7</td><td class=\"s\">usikker</td></tr>\n");
    CHECK_HOLDS(&text, "<tr><th scope=\"row\">D</th><td class=\"n\"><span class=\"none\">–"
                       "<sup>a</sup></span></td>");
    CHECK_HOLDS(&text, "<tr><th scope=\"row\">E</th><td class=\"n\">12</td><td class=\"n\"><span "
                       "class=\"none\">–<sup>b</sup></span></td>");
    CHECK_HOLDS(&text, "<tr><th scope=\"row\">F</th><td class=\"n\"><span class=\"hidden\">skjult"
                       "</span></td><td class=\"n\"><span class=\"hidden\">skjult</span></td>");
    CHECK_HOLDS(&text, "<span>–<sup>a</sup>" NB "intet tal i kilden.</span> "
                       "<span>–<sup>b</sup>" NB "befolkningen er 0.</span> "
                       "<span><i>skjult</i>: vises ikke, da antallet er lille eller ville røbe et, "
                       "der er.</span>");
    hz_text_free(&text);
    hz_layer_free(areas);
    hz_html_free(page);
}

TEST(heads_of_numbers_are_turned_where_columns_are_many)
{
    enum { MANY = 12 };
    hz_html_column many[MANY] = { { "name", "Område", NULL, 0, HZ_CELL_VALUE, NULL } };
    hz_html *page = new_page(HZ_DANISH, "T");
    hz_layer *areas = new_areas(5);
    hz_text text = { 0 };
    hz_error err = { HZ_OK, "" };
    hz_html_table table = { "T.", areas, many, MANY - 1, NULL, 0, NULL, NULL, NULL };
    for (size_t c = 1; c < MANY; c++)
        many[c] = (hz_html_column){ "events", "Antal", NULL, 0, HZ_CELL_VALUE, NULL };
    CHECK_OK(hz_html_add_table(page, &table, &err), err);
    text_of(page, &text);
    CHECK(!strstr(hz_text_get(&text), "<span class=\"turned\">"));
    table.column_count = MANY;
    CHECK_OK(hz_html_add_table(page, &table, &err), err);
    hz_text_free(&text);
    text_of(page, &text);
    CHECK_HOLDS(&text, "<th scope=\"col\">Område</th>"
                       "<th scope=\"col\" class=\"n\"><span class=\"turned\">Antal</span></th>");
    hz_text_free(&text);
    hz_layer_free(areas);
    hz_html_free(page);
}

TEST(a_table_shows_chosen_rows_and_a_total)
{
    static const size_t order[] = { 1, 0 };
    static const double total[] = { NAN, 1877, NAN, 49.9, NAN }, high[] = { 0, 0, 0, 54.6, 0 };
    hz_html *page = new_page(HZ_ENGLISH, "T");
    hz_layer *areas = new_areas(0);
    hz_text text = { 0 };
    hz_error err = { HZ_OK, "" };
    hz_html_table table = { "Rates.", areas, columns, COLUMNS, order, 2, "All", total, high };
    CHECK_OK(hz_html_add_table(page, &table, &err), err);
    text_of(page, &text);
    CHECK_HOLDS(&text, "<span class=\"number\">Table" NB "1.</span>Rates.</caption>");
    CHECK_HOLDS(&text, "<td class=\"s\">unstable</td></tr>\n<tr><th scope=\"row\">A &amp; B</th>");
    CHECK_HOLDS(&text, "<tr class=\"total\"><th scope=\"row\">All</th><td class=\"n\">1,877</td>"
                       "<td class=\"n\"></td><td class=\"n\">49.9–54.6</td><td></td></tr>\n"
                       "</tbody>");
    CHECK(!strstr(hz_text_get(&text), "<th scope=\"row\">D</th>"));
    hz_text_free(&text);
    hz_layer_free(areas);
    hz_html_free(page);
}

TEST(years_shares_ps_and_dates_are_written_as_such)
{
    static const double year[] = { 2017 }, share[] = { 0.553 }, p[] = { 0.0123 }, q[] = { 1e-9 };
    static const char *const day[] = { "2017-08-03" };
    static const hz_html_column five[] = {
        { "day", "Dag", NULL, 0, HZ_CELL_VALUE, NULL },
        { "year", "År", NULL, 0, HZ_CELL_YEAR, NULL },
        { "share", "Andel", NULL, 1, HZ_CELL_SHARE, NULL },
        { "p", "p", NULL, 0, HZ_CELL_P, NULL },
        { "q", "q", NULL, 0, HZ_CELL_P, NULL },
    };
    hz_html *page = new_page(HZ_DANISH, "T");
    hz_layer *layer = NULL;
    hz_text text = { 0 };
    hz_error err = { HZ_OK, "" };
    size_t bad, first;
    hz_html_table table = { "T.", NULL, five, 5, NULL, 0, NULL, NULL, NULL };
    CHECK_OK(hz_layer_new("x", 1, &layer, &err), err);
    CHECK_OK(hz_layer_add_numbers(layer, "year", year, &err), err);
    CHECK_OK(hz_layer_add_numbers(layer, "share", share, &err), err);
    CHECK_OK(hz_layer_add_numbers(layer, "p", p, &err), err);
    CHECK_OK(hz_layer_add_numbers(layer, "q", q, &err), err);
    CHECK_OK(hz_layer_add_texts(layer, "day", day, &err), err);
    CHECK_OK(hz_layer_read_dates(layer, "day", NULL, &bad, &first, &err), err);
    table.layer = layer;
    CHECK_OK(hz_html_add_table(page, &table, &err), err);
    text_of(page, &text);
    CHECK_HOLDS(&text, "<tr><th scope=\"row\">3.\u00a0august 2017</th><td class=\"n\">2017</td>"
                       "<td class=\"n\">55,3" NB "%</td><td class=\"n\">0,012</td>"
                       "<td class=\"n\">under 0,001</td></tr>");
    hz_text_free(&text);
    hz_layer_free(layer);
    hz_html_free(page);
}

/* WCAG 2.2, 3.1.2: words of another language are marked, wherever they stand. */
TEST(words_of_another_language_are_marked_wherever_they_stand)
{
    static const hz_html_phrase foreign[] = { { "unsafe", HZ_ENGLISH }, { "unsafe at night", HZ_ENGLISH },
                                              { "ærø & sea", HZ_ENGLISH }, { "utryg", HZ_DANISH } };
    hz_html_front front = { .language = HZ_DANISH, .title = "Unsafe", .foreign = foreign,
                            .foreign_count = 4 };
    hz_error err = { HZ_OK, "" };
    hz_text text = { 0 };
    hz_html *page = NULL;
    CHECK_OK(hz_html_new(&front, &page, &err), err);
    hz_html_paragraph(page, "Andel unsafe at night: unsafely, unsafe. Ærø & sea, utryg");
    text_of(page, &text);
    CHECK_HOLDS(&text, "<title>Unsafe</title>");
    CHECK_HOLDS(&text, "<h1><span lang=\"en\">Unsafe</span></h1>");
    CHECK_HOLDS(&text, "<p>Andel <span lang=\"en\">unsafe at night</span>: unsafely, "
                       "<span lang=\"en\">unsafe</span>. <span lang=\"en\">Ærø &amp; sea</span>, utryg</p>");
    hz_text_free(&text);
    hz_html_free(page);
}

/* A table's texts hold times as hz_date_format writes them; ids that only look alike stay. */
TEST(a_text_that_is_a_time_is_written_in_the_words_of_the_page)
{
    static const char *const texts[] = { "2017-06-16 15:00", "2017-06-16", "bha-2017-07-20",
                                         "2017-06-16-a", "2017-06-31", "2017" };
    static const char *const words[2][6] = {
        { "16\u00a0June 2017 15:00", "16\u00a0June 2017", "bha-2017-07-20", "2017-06-16-a",
          "2017-06-31", "2017" },
        { "16.\u00a0juni 2017 kl.\u00a015.00", "16.\u00a0juni 2017", "bha-2017-07-20", "2017-06-16-a",
          "2017-06-31", "2017" },
    };
    static const hz_html_column one[] = { { "from", "Fra", NULL, 0, HZ_CELL_VALUE, NULL } };
    for (hz_language l = HZ_ENGLISH; l <= HZ_DANISH; l++) {
        hz_html *page = new_page(l, "T");
        hz_layer *layer = NULL;
        hz_text text = { 0 };
        hz_error err = { HZ_OK, "" };
        hz_html_table table = { "T.", NULL, one, 1, NULL, 0, NULL, NULL, NULL };
        CHECK_OK(hz_layer_new("x", 6, &layer, &err), err);
        CHECK_OK(hz_layer_add_texts(layer, "from", texts, &err), err);
        table.layer = layer;
        CHECK_OK(hz_html_add_table(page, &table, &err), err);
        text_of(page, &text);
        for (size_t i = 0; i < 6; i++) {
            char want[100];
            snprintf(want, sizeof want, "<tr><th scope=\"row\">%s</th></tr>", words[l][i]);
            CHECK_HOLDS(&text, want);
        }
        hz_text_free(&text);
        hz_layer_free(layer);
        hz_html_free(page);
    }
}

/* RFC 4648, section 10: "foobar" is Zm9vYmFy, "fooba" Zm9vYmE=, "foob" Zm9vYg==. */
TEST(a_picture_is_inside_the_page_with_its_words)
{
    static const char *const ends[][2] = { { "<svg/>foobar", "PHN2Zy8+Zm9vYmFy" },
                                           { "<svg/>fooba", "PHN2Zy8+Zm9vYmE=" },
                                           { "<svg/>foob", "PHN2Zy8+Zm9vYg==" } };
    for (size_t i = 0; i < 3; i++) {
        char path[64], want[400];
        hz_error err = { HZ_OK, "" };
        hz_text text = { 0 };
        hz_html *page = new_page(HZ_DANISH, "T");
        put_picture(path, ends[i][0], strlen(ends[i][0]));
        hz_html_figure figure = { path, "Kort & \"alt\"", NULL, "Tekst.", 84.5, NULL };
        CHECK_OK(hz_html_add_figure(page, &figure, &err), err);
        text_of(page, &text);
        snprintf(want, sizeof want,
                 "<figure>\n<img src=\"data:image/svg+xml;base64,%s\" alt=\"Kort &amp; "
                 "&quot;alt&quot;\" style=\"width:84.5mm\"/>\n<figcaption><p><span "
                 "class=\"number\">Figur" NB "1.</span>Tekst.</p></figcaption>\n</figure>\n",
                 ends[i][1]);
        CHECK_HOLDS(&text, want);
        remove(path);
        hz_text_free(&text);
        hz_html_free(page);
    }
}

/* A PNG's sides are bytes 16 to 23, big-endian; an SVG's are taken in tenths of a millimetre. */
TEST(a_picture_s_place_is_kept_until_it_is_drawn)
{
    static const char png[] = "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\1\x90\0\0\0\x0a";
    static const struct { const char *data; size_t n; const char *want; } pictures[] = {
        { png, sizeof png - 1, "\" loading=\"lazy\" width=\"400\" height=\"10\" style" },
        { "<svg width=\"170mm\" height=\"84.56mm\"/>", 0,
          "\" loading=\"lazy\" width=\"1700\" height=\"846\" style" },
        { "<svg width=\"170\" height=\"84mm\"/>", 0, " alt=\"Kort\" style" },
        { "<svg width=\"1e9mm\" height=\"84mm\"/>", 0, " alt=\"Kort\" style" },
        { "<svg><a width=\"9mm\" height=\"9mm\"/>", 0, " alt=\"Kort\" style" },
        { png, 20, " alt=\"Kort\" style" },
    };
    for (size_t i = 0; i < sizeof pictures / sizeof *pictures; i++) {
        char path[64];
        hz_error err = { HZ_OK, "" };
        hz_text text = { 0 };
        hz_html *page = new_page(HZ_DANISH, "T");
        /* a text has no length of its own */
        put_picture(path, pictures[i].data, pictures[i].n ? pictures[i].n : strlen(pictures[i].data));
        hz_html_figure figure = { path, "Kort", NULL, NULL, 0, NULL };
        CHECK_OK(hz_html_add_figure(page, &figure, &err), err);
        text_of(page, &text);
        CHECK_HOLDS(&text, pictures[i].want);
        remove(path);
        hz_text_free(&text);
        hz_html_free(page);
    }
}

TEST(a_figure_without_picture_or_words_is_refused)
{
    char path[64];
    hz_error err = { HZ_OK, "" };
    hz_html *page = new_page(HZ_DANISH, "T");
    hz_html_figure figure = { NULL, "Kort", NULL, NULL, 0, NULL };
    put_picture(path, "hello", 5);
    figure.path = path;
    CHECK_FAILS(hz_html_add_figure(page, &figure, &err), HZ_EFORMAT, err, "neither SVG nor PNG");
    figure.alt = "";
    CHECK_FAILS(hz_html_add_figure(page, &figure, &err), HZ_EUSAGE, err, "alternative text");
    figure.alt = "Kort";
    figure.path = "/nowhere/x.svg";
    CHECK_FAILS(hz_html_add_figure(page, &figure, &err), HZ_EIO, err, "/nowhere/x.svg");
    remove(path);
    hz_html_free(page);
}

TEST(a_table_of_what_is_not_there_is_refused)
{
    static const size_t order[] = { 5 };
    static const hz_html_column wrong[] = { { "nme", "X", NULL, 0, HZ_CELL_VALUE, NULL } };
    static const hz_html_column words[] = { { "name", "X", NULL, 0, HZ_CELL_SHARE, NULL } };
    hz_html *page = new_page(HZ_DANISH, "T");
    hz_layer *areas = new_areas(0);
    hz_error err = { HZ_OK, "" };
    hz_text before = { 0 }, after = { 0 };
    hz_html_table table = { "T", areas, wrong, 1, NULL, 0, NULL, NULL, NULL };
    text_of(page, &before);
    CHECK_FAILS(hz_html_add_table(page, &table, &err), HZ_EUSAGE, err, "no column 'nme' in areas");
    table.columns = words;
    CHECK_FAILS(hz_html_add_table(page, &table, &err), HZ_EUSAGE, err, "holds no numbers");
    table.columns = columns;
    table.column_count = COLUMNS;
    table.order = order;
    table.order_count = 1;
    CHECK_FAILS(hz_html_add_table(page, &table, &err), HZ_EUSAGE, err,
                "row 5, expected one under 5");
    text_of(page, &after);
    CHECK_TEXT(hz_text_get(&after), hz_text_get(&before));
    hz_text_free(&before);
    hz_text_free(&after);
    hz_layer_free(areas);
    hz_html_free(page);
}

TEST(the_same_calls_give_the_page_as_markdown)
{
    char path[64];
    hz_error err = { HZ_OK, "" };
    hz_text text = { 0 };
    hz_html *page = new_page(HZ_DANISH, "Titel & <mere>");
    hz_layer *areas = new_areas(5);
    put_picture(path, svg, sizeof svg - 1);
    CHECK_OK(add_all(page, areas, path, &err), err);
    CHECK_OK(hz_html_marked(page, &text, &err), err);
    CHECK_TEXT(hz_text_get(&text),
               "# Titel \\& \\<mere\\>\n\n"
               "## F\u00f8rste \\<afsnit\\>\n\nTekst \\& mere.\n\n"
               "### Under\n\nNote.\n\n### Under\n\n> **Husk**\n\n> dette\n\n"
               "- et \\< to\n- \"to\"\n\n"
               "**Fakta**\n\n- **CRS**: EPSG:25832\n- **\\<b\\>**: \\&amp;\n\n"
               "## Sidste\n\n"
               "![Kort \"A\"](maps/kort%201.png)\\\n**Figur" NB "1.** **Titel.** "
               "Tekst \\<i\\>\n\n"
               "**Tabel" NB "1.** Rater \\& antal.\n\n"
               "| Omr\u00e5de | Anmeldelser, antal | Rate, pr. 1.000 | Interval | Note |\n"
               "|:------|-----------:|------:|---------:|:---------|\n"
               "| A \\& B | 1.877 | 53,7 | 51,3\u201356,2 |  |\n"
               "| C | 0 | 0,0 | 0,0\u20133,7 | usikker |\n"
               "| D | \u2013\u1d43 | \u2013\u1d43 | \u2013\u1d43 | intet tal |\n"
               "| E | 12 | \u2013\u1d47 | \u2013\u1d47 | intet tal |\n"
               "| F | *skjult* | *skjult* | *skjult* | skjult |\n"
               "| **Alle** | **1.891** | **37,4** | **35,7\u201339,1** |  |\n\n"
               "\u2013\u1d43" NB "intet tal i kilden. \u2013\u1d47" NB "befolkningen er 0. "
               "*skjult*: vises ikke, da antallet er lille eller ville r\u00f8be et, der er.\n\n");
    remove(path);
    hz_text_free(&text);
    hz_layer_free(areas);
    hz_html_free(page);
}

TEST(the_glossary_has_the_terms_that_the_page_uses_and_no_others)
{
    hz_error err = { HZ_OK, "" };
    hz_text text = { 0 };
    hz_html *page = new_page(HZ_ENGLISH, "T");
    hz_html_glossary(page);
    hz_html_paragraph(page, "The concentration is high (p" NB "=" NB "0.01), and unstable.");
    CHECK_OK(hz_html_marked(page, &text, &err), err);
    CHECK(!strstr(hz_text_get(&text), "Glossary"));
    hz_html_glossary(page);
    hz_text_free(&text);
    CHECK_OK(hz_html_marked(page, &text, &err), err);
    CHECK_HOLDS(&text, "## Glossary");
    CHECK_HOLDS(&text, "- **p**: ");
    CHECK_HOLDS(&text, "- **Unstable**: ");
    CHECK(!strstr(hz_text_get(&text), "**Ratio**"));
    hz_text_free(&text);
    hz_html_free(page);
}

/* What would begin a list, a heading or a cell, and what no page may hold. */
TEST(no_text_is_taken_for_a_mark_of_markdown)
{
    hz_error err = { HZ_OK, "" };
    hz_text text = { 0 };
    hz_html *page = new_page(HZ_ENGLISH, "T");
    hz_html_paragraph(page, "2017. A year");
    hz_html_paragraph(page, "2.017 years");
    hz_html_paragraph(page, "- a|b\n# c\001");
    hz_html_paragraph(page, "*_`[x](y)~^$@");
    CHECK_OK(hz_html_marked(page, &text, &err), err);
    CHECK_TEXT(hz_text_get(&text), "# T\n\n2017\\. A year\n\n2.017 years\n\n"
                                   "\\- a\\|b \\# c\uFFFD\n\n"
                                   "\\*\\_\\`\\[x\\](y)\\~\\^\\$\\@\n\n");
    hz_text_free(&text);
    hz_html_free(page);
}

/* Whichever allocation fails, a page is reported as failed or is the whole one. */
TEST(without_memory_no_page_is_written_that_lacks_something)
{
    char path[64];
    hz_error err = { HZ_OK, "" };
    hz_layer *areas = new_areas(5);
    hz_text whole = { 0 };
    hz_status st = HZ_EMEMORY;
    long n = 0;
    hz_html *page = new_page(HZ_DANISH, "T");
    put_picture(path, svg, sizeof svg - 1);
    CHECK_OK(add_all(page, areas, path, &err), err);
    text_of(page, &whole);
    hz_html_free(page);
    while (st) {
        hz_html_front front = { .language = HZ_DANISH, .title = "T", .contents = true };
        hz_text text = { 0 }, marked = { 0 };
        page = NULL;
        hz_mem_fail_at(++n);
        st = hz_html_new(&front, &page, &err);
        if (!st)
            st = add_all(page, areas, path, &err);
        if (!st)
            st = hz_html_text(page, &text, &err);
        if (!st)
            st = hz_html_marked(page, &marked, &err);
        hz_mem_fail_at(0);
        CHECK(st == HZ_OK || st == HZ_EMEMORY);
        if (!st)
            CHECK_TEXT(hz_text_get(&text), hz_text_get(&whole));
        hz_text_free(&text);
        hz_text_free(&marked);
        hz_html_free(page);
    }
    CHECK(n > 10);
    remove(path);
    hz_text_free(&whole);
    hz_layer_free(areas);
}

RUN_TESTS(T(a_page_with_everything_in_it_is_well_formed_and_fetches_nothing),
          T(the_same_calls_give_the_same_bytes), T(contents_nest_and_point_at_the_headings),
          T(text_is_escaped_whatever_it_holds),
          T(zero_hidden_and_missing_are_three_different_cells),
          T(heads_of_numbers_are_turned_where_columns_are_many),
          T(a_table_shows_chosen_rows_and_a_total), T(years_shares_ps_and_dates_are_written_as_such),
          T(a_text_that_is_a_time_is_written_in_the_words_of_the_page),
          T(words_of_another_language_are_marked_wherever_they_stand),
          T(a_picture_is_inside_the_page_with_its_words),
          T(a_picture_s_place_is_kept_until_it_is_drawn),
          T(a_figure_without_picture_or_words_is_refused),
          T(a_table_of_what_is_not_there_is_refused),
          T(the_same_calls_give_the_page_as_markdown),
          T(the_glossary_has_the_terms_that_the_page_uses_and_no_others),
          T(no_text_is_taken_for_a_mark_of_markdown),
          T(without_memory_no_page_is_written_that_lacks_something))
