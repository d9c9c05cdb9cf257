/* Tables of a report: numbers in the page's language, and marks that cannot be taken for them. */
#include <math.h>
#include <string.h>

#include "report/html_parts.h"
#include "report/say.h"

enum { ROWS_ON_ONE_PAGE = 24 }; /* a table up to this long is not broken in print */

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

static void add_cell_text(const hz_html *page, const hz_layer *layer,
                          const hz_html_column *column, size_t row, footnotes *notes,
                          hz_text *out)
{
    hz_mark mark = mark_of(layer, column, row);
    const double *values = hz_layer_numbers(layer, column->column);
    const double *highs =
        column->kind == HZ_CELL_INTERVAL ? hz_layer_numbers(layer, column->high) : NULL;

    if (column->kind == HZ_CELL_STATE) {
        hz_html_escape(out, state_word(page, hz_layer_text(layer, column->column, row)));
    } else if (mark == HZ_HIDDEN) {
        notes->hidden = true;
        hz_text_addf(out, "<span class=\"hidden\">%s</span>",
                     hz_html_pick(page, "hidden", "skjult"));
    } else if (mark != HZ_KNOWN) {
        hz_text_addf(out, "<span class=\"none\">\u2013<sup>%c</sup></span>",
                     letter_of(notes, mark));
    } else if (values) {
        add_number(page, column, values[row], highs ? highs[row] : NAN, out);
    } else {
        char buf[64] = "";
        const char *text = hz_layer_text(layer, column->column, row);
        int at = hz_layer_find(layer, column->column);
        if (hz_layer_times(layer, column->column)) {
            text = buf;
            out->failed |= hz_layer_value_text(layer, (size_t)at, row, buf, sizeof buf) != HZ_OK;
        }
        hz_html_escape(out, text);
    }
}

static void add_header(hz_html *page, const hz_html_table *table)
{
    hz_text *out = &page->body;
    hz_text_add(out, "<thead>\n<tr>");
    for (size_t c = 0; c < table->column_count; c++) {
        const hz_html_column *column = &table->columns[c];
        hz_text_addf(out, "<th scope=\"col\"%s>",
                     is_numeric(table->layer, column) ? " class=\"n\"" : "");
        hz_html_escape(out, column->header);
        if (column->unit && *column->unit) {
            hz_text_add(out, " <span class=\"unit\">");
            hz_html_escape(out, column->unit);
            hz_text_add(out, "</span>");
        }
        hz_text_add(out, "</th>");
    }
    hz_text_add(out, "</tr>\n</thead>\n");
}

static void add_row(hz_html *page, const hz_html_table *table, size_t row, footnotes *notes)
{
    hz_text *out = &page->body;
    hz_text_add(out, "<tr>");
    for (size_t c = 0; c < table->column_count; c++) {
        const hz_html_column *column = &table->columns[c];
        const char *class = is_numeric(table->layer, column) ? " class=\"n\""
                            : column->kind == HZ_CELL_STATE   ? " class=\"s\""
                                                              : "";
        if (c == 0)
            hz_text_addf(out, "<th scope=\"row\"%s>", class);
        else
            hz_text_addf(out, "<td%s>", class);
        add_cell_text(page, table->layer, column, row, notes, out);
        hz_text_add(out, c == 0 ? "</th>" : "</td>");
    }
    hz_text_add(out, "</tr>\n");
}

static void add_total(hz_html *page, const hz_html_table *table)
{
    hz_text *out = &page->body;
    hz_text_add(out, "<tr class=\"total\"><th scope=\"row\">");
    hz_html_escape(out, table->total_label);
    hz_text_add(out, "</th>");
    for (size_t c = 1; c < table->column_count; c++) {
        const hz_html_column *column = &table->columns[c];
        bool numeric = is_numeric(table->layer, column);
        hz_text_addf(out, "<td%s>", numeric ? " class=\"n\"" : "");
        if (numeric && table->total && !isnan(table->total[c]))
            add_number(page, column, table->total[c],
                       table->total_high ? table->total_high[c] : NAN, out);
        hz_text_add(out, "</td>");
    }
    hz_text_add(out, "</tr>\n");
}

static void add_footnotes(hz_html *page, const footnotes *notes)
{
    hz_text *out = &page->body;
    if (notes->count == 0 && !notes->hidden)
        return;
    hz_text_add(out, "<p class=\"table-note\">");
    for (size_t i = 0; i < notes->count; i++)
        hz_text_addf(out, "<span>\u2013<sup>%c</sup>\u00a0%s.</span> ", (char)('a' + (int)i),
                     reason(page, notes->marks[i]));
    if (notes->hidden)
        hz_text_add(out, hz_html_pick(page,
            "<span><i>hidden</i>: not shown, since the count is small or would give a small one "
            "away.</span>",
            "<span><i>skjult</i>: vises ikke, da antallet er lille eller ville røbe et, der er."
            "</span>"));
    hz_text_add(out, "</p>\n");
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
             column->kind == HZ_CELL_YEAR) && !hz_layer_numbers(table->layer, column->column))
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
    hz_text_addf(out, "<div class=\"table%s\">\n<div class=\"scroll\" role=\"region\" "
                      "aria-labelledby=\"t%zu\" tabindex=\"0\">\n<table>\n<caption id=\"t%zu\">"
                      "<span class=\"number\">%s\u00a0%zu.</span>",
                 rows <= ROWS_ON_ONE_PAGE ? " short" : "", number, number,
                 hz_html_pick(page, "Table", "Tabel"), number);
    hz_html_escape(out, table->caption);
    hz_text_add(out, "</caption>\n");
    add_header(page, table);
    hz_text_add(out, "<tbody>\n");
    for (size_t i = 0; i < rows; i++)
        add_row(page, table, table->order ? table->order[i] : i, &notes);
    if (table->total_label)
        add_total(page, table);
    hz_text_add(out, "</tbody>\n</table>\n</div>\n");
    add_footnotes(page, &notes);
    hz_text_add(out, "</div>\n");
    return HZ_OK;
}
