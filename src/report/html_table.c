/* Tables of a report: numbers in the page's language, and marks that cannot be taken for them. */
#include <math.h>
#include <string.h>

#include "hotzone/caption.h"
#include "report/html_parts.h"
#include "report/say.h"

enum {
    ROWS_ON_ONE_PAGE = 24, /* a table up to this long is not broken in print */
    COLUMNS_UPRIGHT = 11   /* over these many, heads are turned, or a sheet of paper is too narrow */
};

/* Reasons in the order in which they are met; the first gets "a". */
typedef struct {
    hz_mark marks[HZ_HIDDEN + 1];
    size_t count;
    bool hidden;
} footnotes;

static char letter_of(footnotes *notes, hz_mark mark)
{
    size_t i = 0;
    while (i < notes->count && notes->marks[i] != mark)
        i++;
    if (i == notes->count)
        notes->marks[notes->count++] = mark;
    return (char)('a' + (int)i);
}

static const char *reason(const hz_html *page, hz_mark mark)
{
    switch (mark) {
    case HZ_UNDEFINED_MISSING:
        return hz_html_pick(page, "no figure in the source", "intet tal i kilden");
    case HZ_UNDEFINED_NO_BASE:
        return hz_html_pick(page, "no population is given", "befolkningstal mangler");
    case HZ_UNDEFINED_ZERO_BASE:
        return hz_html_pick(page, "the population is 0", "befolkningen er 0");
    case HZ_UNDEFINED_NO_RESULT:
        return hz_html_pick(page, "cannot be worked out from these figures",
                            "kan ikke beregnes af disse tal");
    case HZ_KNOWN:
    case HZ_HIDDEN:
        break;
    }
    return "";
}

static bool is_numeric(const hz_layer *layer, const hz_html_column *column)
{
    return column->kind != HZ_CELL_STATE && hz_layer_numbers(layer, column->column);
}

static void add_number(const hz_html *page, const hz_html_column *column, double value,
                       double high, hz_text *out)
{
    switch (column->kind) {
    case HZ_CELL_YEAR:
        hz_text_addf(out, "%.0f", value);
        break;
    case HZ_CELL_SHARE:
        hz_say_share(out, page->language, value, column->decimals);
        break;
    case HZ_CELL_INTERVAL:
        hz_say_interval(out, page->language, value, high, column->decimals);
        break;
    case HZ_CELL_P:
        hz_say_p(out, page->language, value);
        break;
    case HZ_CELL_VALUE:
    case HZ_CELL_STATE:
        hz_say_number(out, page->language, value, column->decimals);
    }
}

static const char *state_word(const hz_html *page, const char *state)
{
    if (strcmp(state, "ok") == 0)
        return "";
    if (strcmp(state, "unstable") == 0)
        return hz_html_pick(page, "unstable", "usikker");
    if (strcmp(state, "hidden") == 0)
        return hz_html_pick(page, "hidden", "skjult");
    return strcmp(state, "undefined") == 0 ? hz_html_pick(page, "no figure", "intet tal") : state;
}

/* The mark of a cell: that of either end of an interval. */
static hz_mark mark_of(const hz_layer *layer, const hz_html_column *column, size_t row)
{
    hz_mark mark = hz_layer_mark(layer, column->column, row);
    if (mark == HZ_KNOWN && column->kind == HZ_CELL_INTERVAL)
        mark = hz_layer_mark(layer, column->high, row);
    return mark;
}

/* Raised a, b, c ... for Markdown, which has no mark for them. */
static const char *const raised[HZ_HIDDEN + 1] = { "\u1d43", "\u1d47", "\u1d9c", "\u1d48",
                                                   "\u1d49" };

/* How a cell is set, beside its words. */
typedef enum { LOOK_PLAIN = 0, LOOK_STATE, LOOK_HIDDEN, LOOK_NONE, LOOK_HEAD } cell_look;

typedef struct {
    hz_text text; /* plain; empty where there is no figure */
    cell_look look;
    char letter;  /* of the footnote, with LOOK_NONE */
} cell;

/* "2017-06-16" or "2017-06-16 15:00", as tables write a time. */
static bool is_moment(const char *text)
{
    static const char form[] = "dddd-dd-dd dd:dd";
    size_t n = 0;
    while (form[n] && (form[n] == 'd' ? text[n] >= '0' && text[n] <= '9' : text[n] == form[n]))
        n++;
    return !text[n] && (!form[n] || n == strlen("dddd-dd-dd"));
}

/* A text as it is, a time in the page's words. */
static void add_text(const hz_html *page, const hz_layer *layer, const hz_html_column *column,
                     size_t row, hz_text *out)
{
    const hz_time *times = hz_layer_times(layer, column->column);
    const char *text = times ? "" : hz_layer_text(layer, column->column, row);
    hz_time when;
    if (times)
        hz_caption_moment(times[row], page->language, out);
    else if (is_moment(text) && hz_date_parse(text, strlen(text), NULL, &when))
        hz_caption_moment(when, page->language, out);
    else
        hz_text_add(out, text);
}

static void fill_cell(const hz_html *page, const hz_layer *layer, const hz_html_column *column,
                      size_t row, footnotes *notes, cell *out)
{
    hz_mark mark = mark_of(layer, column, row);
    const double *values = hz_layer_numbers(layer, column->column);
    const double *highs =
        column->kind == HZ_CELL_INTERVAL ? hz_layer_numbers(layer, column->high) : NULL;

    if (column->kind == HZ_CELL_STATE) {
        out->look = LOOK_STATE;
        hz_text_add(&out->text, state_word(page, hz_layer_text(layer, column->column, row)));
    } else if (mark == HZ_HIDDEN) {
        notes->hidden = true;
        out->look = LOOK_HIDDEN;
        hz_text_add(&out->text, hz_html_pick(page, "hidden", "skjult"));
    } else if (mark != HZ_KNOWN) {
        out->look = LOOK_NONE;
        out->letter = letter_of(notes, mark);
    } else if (values) {
        add_number(page, column, values[row], highs ? highs[row] : NAN, &out->text);
    } else {
        add_text(page, layer, column, row, &out->text);
    }
}

/* A cell in both forms; it is used up. */
static void show_cell(hz_html *page, cell *c)
{
    hz_text *out = &page->body, *marked = &page->marked;
    const char *text = hz_text_get(&c->text);
    const char *around = !*text ? "" : c->look == LOOK_HIDDEN ? "*" : c->look == LOOK_HEAD ? "**"
                                                                                        : "";
    if (c->look == LOOK_NONE) {
        hz_text_addf(out, "<span class=\"none\">\u2013<sup>%c</sup></span>", c->letter);
        hz_text_addf(marked, "\u2013%s", raised[c->letter - 'a']);
    } else if (c->look == LOOK_HIDDEN) {
        hz_text_addf(out, "<span class=\"hidden\">%s</span>", text);
    } else {
        hz_html_put(page, out, text);
    }
    hz_text_add(marked, around);
    hz_marked_escape(marked, text);
    hz_text_addf(marked, "%s |", around);
    out->failed |= c->text.failed;
    hz_text_free(&c->text);
}

/* Characters of UTF-8. */
static size_t length_of(const char *text)
{
    size_t n = 0;
    for (; *text; text++)
        n += ((unsigned char)*text & 0xC0) != 0x80;
    return n;
}

static size_t longest_word(const char *text)
{
    size_t most = 0;
    while (text && *text) {
        size_t n = strcspn(text, " "), characters = 0;
        for (size_t i = 0; i < n; i++)
            characters += ((unsigned char)text[i] & 0xC0) != 0x80;
        most = characters > most ? characters : most;
        text += n + strspn(text + n, " ");
    }
    return most;
}

/* Room of a column by what stands in it, in characters: Pandoc shares a page's width out by the
 * dashes below the heads.  A head may break between words, a long text anywhere. */
static size_t width_of(const hz_html *page, const hz_html_table *table, size_t c, bool *failed)
{
    enum { LEAST = 3, MOST = 36 };
    const hz_html_column *column = &table->columns[c];
    size_t rows = table->order ? table->order_count : hz_layer_rows(table->layer);
    size_t head = longest_word(column->header), unit = longest_word(column->unit);
    size_t most = head > unit ? head : unit;
    footnotes notes = { 0 };
    for (size_t i = 0; i < rows; i++) {
        cell one = { .text = { 0 } };
        fill_cell(page, table->layer, column, table->order ? table->order[i] : i, &notes, &one);
        size_t n = length_of(hz_text_get(&one.text));
        most = n > most ? n : most;
        *failed |= one.text.failed;
        hz_text_free(&one.text);
    }
    return most < LEAST ? LEAST : most > MOST ? MOST : most;
}

/* The heads of the columns, and the line that sets numbers flush right. */
static void add_marked_header(hz_html *page, const hz_html_table *table)
{
    hz_text *out = &page->marked;
    hz_text_add(out, "|");
    for (size_t c = 0; c < table->column_count; c++) {
        const hz_html_column *column = &table->columns[c];
        hz_text_add(out, " ");
        hz_marked_escape(out, column->header);
        if (column->unit && *column->unit) {
            hz_text_add(out, ", ");
            hz_marked_escape(out, column->unit);
        }
        hz_text_add(out, " |");
    }
    hz_text_add(out, "\n|");
    for (size_t c = 0; c < table->column_count; c++) {
        bool numeric = is_numeric(table->layer, &table->columns[c]), failed = false;
        size_t dashes = width_of(page, table, c, &failed);
        hz_text_add(out, numeric ? "" : ":");
        for (size_t k = 0; k < dashes; k++)
            hz_text_add(out, "-");
        hz_text_add(out, numeric ? ":|" : "|");
        out->failed |= failed;
    }
    hz_text_add(out, "\n");
}

static void add_header(hz_html *page, const hz_html_table *table)
{
    hz_text *out = &page->body;
    bool wide = table->column_count > COLUMNS_UPRIGHT;
    hz_text_add(out, "<thead>\n<tr>");
    for (size_t c = 0; c < table->column_count; c++) {
        const hz_html_column *column = &table->columns[c];
        bool numeric = is_numeric(table->layer, column), turned = wide && numeric;
        hz_text_addf(out, "<th scope=\"col\"%s>", numeric ? " class=\"n\"" : "");
        if (turned)
            hz_text_add(out, "<span class=\"turned\">");
        hz_html_put(page, out, column->header);
        if (column->unit && *column->unit) {
            hz_text_add(out, " <span class=\"unit\">");
            hz_html_put(page, out, column->unit);
            hz_text_add(out, "</span>");
        }
        hz_text_add(out, turned ? "</span></th>" : "</th>");
    }
    hz_text_add(out, "</tr>\n</thead>\n");
    add_marked_header(page, table);
}

static void add_row(hz_html *page, const hz_html_table *table, size_t row, footnotes *notes)
{
    hz_text *out = &page->body;
    hz_text_add(out, "<tr>");
    hz_text_add(&page->marked, "|");
    for (size_t c = 0; c < table->column_count; c++) {
        const hz_html_column *column = &table->columns[c];
        const char *class = is_numeric(table->layer, column) ? " class=\"n\""
                            : column->kind == HZ_CELL_STATE   ? " class=\"s\""
                                                              : "";
        if (c == 0)
            hz_text_addf(out, "<th scope=\"row\"%s>", class);
        else
            hz_text_addf(out, "<td%s>", class);
        cell one = { .text = { 0 } };
        fill_cell(page, table->layer, column, row, notes, &one);
        hz_text_add(&page->marked, " ");
        show_cell(page, &one);
        hz_text_add(out, c == 0 ? "</th>" : "</td>");
    }
    hz_text_add(out, "</tr>\n");
    hz_text_add(&page->marked, "\n");
}

static void add_total(hz_html *page, const hz_html_table *table)
{
    hz_text *out = &page->body;
    hz_text_add(out, "<tr class=\"total\">");
    hz_text_add(&page->marked, "|");
    for (size_t c = 0; c < table->column_count; c++) {
        const hz_html_column *column = &table->columns[c];
        bool numeric = is_numeric(table->layer, column);
        cell one = { .look = LOOK_HEAD };
        if (c == 0)
            hz_text_add(out, "<th scope=\"row\">");
        else
            hz_text_addf(out, "<td%s>", numeric ? " class=\"n\"" : "");
        if (c == 0)
            hz_text_add(&one.text, table->total_label);
        else if (numeric && table->total && !isnan(table->total[c]))
            add_number(page, column, table->total[c],
                       table->total_high ? table->total_high[c] : NAN, &one.text);
        hz_text_add(&page->marked, " ");
        show_cell(page, &one);
        hz_text_add(out, c == 0 ? "</th>" : "</td>");
    }
    hz_text_add(out, "</tr>\n");
    hz_text_add(&page->marked, "\n");
}

static void add_footnotes(hz_html *page, const footnotes *notes)
{
    const char *word = hz_html_pick(page, "hidden", "skjult");
    const char *why = hz_html_pick(page,
        "not shown, since the count is small or would give a small one away",
        "vises ikke, da antallet er lille eller ville røbe et, der er");
    hz_text *out = &page->body;
    if (notes->count == 0 && !notes->hidden)
        return;
    hz_text_add(out, "<p class=\"table-note\">");
    for (size_t i = 0; i < notes->count; i++) {
        hz_text_addf(out, "<span>\u2013<sup>%c</sup>\u00a0%s.</span> ", (char)('a' + (int)i),
                     reason(page, notes->marks[i]));
        hz_text_addf(&page->marked, "%s\u2013%s\u00a0%s.", i ? " " : "", raised[i],
                     reason(page, notes->marks[i]));
    }
    if (notes->hidden) {
        hz_text_addf(out, "<span><i>%s</i>: %s.</span>", word, why);
        hz_text_addf(&page->marked, "%s*%s*: %s.", notes->count ? " " : "", word, why);
    }
    hz_text_add(out, "</p>\n");
    hz_text_add(&page->marked, "\n\n");
}

static hz_status check(const hz_html_table *table, hz_error *err)
{
    size_t rows = hz_layer_rows(table->layer);
    for (size_t c = 0; c < table->column_count; c++) {
        const hz_html_column *column = &table->columns[c];
        const char *missing = hz_layer_find(table->layer, column->column) < 0 ? column->column
                                                                               : NULL;
        if (!missing && column->kind == HZ_CELL_INTERVAL &&
            (!column->high || !hz_layer_numbers(table->layer, column->high)))
            missing = column->high ? column->high : "(upper end)";
        if (missing)
            return hz_fail(err, HZ_EUSAGE, "table '%s': no column '%s' in %s", table->caption,
                           missing, hz_layer_name(table->layer));
        if ((column->kind == HZ_CELL_INTERVAL || column->kind == HZ_CELL_SHARE ||
             column->kind == HZ_CELL_YEAR || column->kind == HZ_CELL_P) && !hz_layer_numbers(table->layer, column->column))
            return hz_fail(err, HZ_EUSAGE, "table '%s': column '%s' holds no numbers, expected "
                                           "them", table->caption, column->column);
    }
    for (size_t i = 0; table->order && i < table->order_count; i++)
        if (table->order[i] >= rows)
            return hz_fail(err, HZ_EUSAGE, "table '%s': row %zu, expected one under %zu",
                           table->caption, table->order[i], rows);
    return HZ_OK;
}

hz_status hz_html_add_table(hz_html *page, const hz_html_table *table, hz_error *err)
{
    hz_text *out = &page->body;
    footnotes notes = { 0 };
    hz_status st = check(table, err);
    if (st)
        return st;
    size_t number = ++page->tables;
    size_t rows = table->order ? table->order_count : hz_layer_rows(table->layer);
    /* a wide table scrolls sideways on its own, by keyboard as well */
    hz_text_addf(out, "<div class=\"table%s%s\">\n<div class=\"scroll\" role=\"region\" "
                      "aria-labelledby=\"t%zu\" tabindex=\"0\">\n<table>\n<caption id=\"t%zu\">"
                      "<span class=\"number\">%s\u00a0%zu.</span>",
                 rows <= ROWS_ON_ONE_PAGE ? " short" : "",
                 table->column_count > COLUMNS_UPRIGHT ? " wide" : "", number, number,
                 hz_html_pick(page, "Table", "Tabel"), number);
    hz_html_put(page, out, table->caption);
    hz_text_add(out, "</caption>\n");
    hz_text_addf(&page->marked, "**%s\u00a0%zu.** ", hz_html_pick(page, "Table", "Tabel"), number);
    hz_marked_escape(&page->marked, table->caption);
    hz_text_add(&page->marked, "\n\n");
    add_header(page, table);
    hz_text_add(out, "<tbody>\n");
    for (size_t i = 0; i < rows; i++)
        add_row(page, table, table->order ? table->order[i] : i, &notes);
    if (table->total_label)
        add_total(page, table);
    hz_text_add(out, "</tbody>\n</table>\n</div>\n");
    hz_text_add(&page->marked, "\n");
    add_footnotes(page, &notes);
    hz_text_add(out, "</div>\n");
    return HZ_OK;
}
