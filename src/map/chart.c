/* What every chart has: scales, axes, keys, words, and a page as high as its contents. */
#include <math.h>

#include "hotzone/mem.h"
#include "map/chart_parts.h"

#define TICK_MM 0.8

static const hz_chart_wording english = {
    .outside_95 = "Outside the 95% limits", .outside_998 = "Outside the 99.8% limits",
    .inside = "Within the limits", .limit_95 = "95%", .limit_998 = "99.8%",
    .not_zero = "The rate's axis does not begin at 0.",
    .no_target = "Without a common rate, or with fewer than two areas, there are no limits.",
    .interval = "With %s interval", .not_whole = "Not a whole period",
    .hidden = "Hidden", .hidden_fewer = "Hidden: fewer than %s, or telling of them",
    .no_figure = "No figure", .mean = "All periods together",
    .mean_known = "Periods with figures together",
    .month = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov",
               "Dec" },
    .quarter = "Q%s",
    .observed = "Observed", .by_chance = "Mean by chance alone",
    .band_95 = "95% of maps by chance alone", .even = "Even spread",
    .narrow = "%s: hardly wider than the line",
};

static const hz_chart_wording danish = {
    .outside_95 = "Uden for 95\u00a0%-grænserne", .outside_998 = "Uden for 99,8\u00a0%-grænserne",
    .inside = "Inden for grænserne", .limit_95 = "95\u00a0%", .limit_998 = "99,8\u00a0%",
    .not_zero = "Ratens akse begynder ikke ved 0.",
    .no_target = "Uden en fælles rate, eller med færre end to områder, er der ingen grænser.",
    .interval = "Med %s-interval", .not_whole = "Ikke en hel periode",
    .hidden = "Skjult", .hidden_fewer = "Skjult: færre end %s, eller hvad der røber dem",
    .no_figure = "Intet tal", .mean = "Alle perioder tilsammen",
    .mean_known = "Perioder med tal tilsammen",
    .month = { "jan.", "feb.", "mar.", "apr.", "maj", "jun.", "jul.", "aug.", "sep.", "okt.",
               "nov.", "dec." },
    .quarter = "%s. kv.",
    .observed = "Observeret", .by_chance = "Gennemsnit ved tilfældet alene",
    .band_95 = "95\u00a0% af tilfældige kort", .even = "Jævn fordeling",
    .narrow = "%s: næppe bredere end linjen",
};

const hz_chart_wording *hz_chart_say(hz_language language)
{
    return language == HZ_DANISH ? &danish : &english;
}

char *hz_chart_number(const hz_chart *c, double value, int decimals, char *buf, size_t size)
{
    return hz_number_format(buf, size, value, decimals, c->s.look->language);
}

/* ------------------------------------------------------------------ scales */

double hz_chart_step(double span, int most)
{
    if (!(span > 0) || isinf(span))
        return 1;
    double power = pow(10, floor(log10(span / most)));
    static const double digits[] = { 1, 2, 5, 10 };
    for (size_t i = 0; i < 4; i++)
        if (span <= digits[i] * power * most * (1 + 1e-9))
            return digits[i] * power;
    return 10 * power;
}

hz_scale hz_chart_scale(double low, double high, int most)
{
    hz_scale s = { .low = low, .high = high > low ? high : low + 1 };
    s.step = hz_chart_step(s.high - s.low, most);
    s.decimals = (int)fmax(0, -floor(log10(s.step) + 1e-9));
    return s;
}

double hz_plot_x(const hz_plot *p, double value)
{
    return p->room.x + p->room.w * (value - p->x.low) / (p->x.high - p->x.low);
}

double hz_plot_y(const hz_plot *p, double value)
{
    return p->room.y + p->room.h * (1 - (value - p->y.low) / (p->y.high - p->y.low));
}

/* The i-th multiple of the step that is on the axis; false beyond its end. */
static bool tick(const hz_scale *s, int i, double *at)
{
    *at = (ceil(s->low / s->step - 1e-9) + i) * s->step;
    return *at <= s->high + 1e-9 * s->step;
}

double hz_chart_y_width(hz_chart *c, const hz_scale *y)
{
    hz_type_style type = hz_type(HZ_CHART_SMALL_PT, 400);
    double widest = 0, at;
    char text[64];
    for (int i = 0; tick(y, i, &at); i++)
        widest = fmax(widest, hz_type_width(&c->s, hz_chart_number(c, at, y->decimals, text,
                                                                   sizeof text), &type));
    return widest + TICK_MM + 0.6;
}

void hz_chart_y_axis(hz_chart *c, const hz_plot *p)
{
    const hz_ink_style grid = { .stroke_pt = 0.35, .stroke_colour = HZ_CHART_GRID };
    hz_type_style type = hz_type(HZ_CHART_SMALL_PT, 400);
    char text[64];
    double at;
    type.align = HZ_RIGHT;
    for (int i = 0; tick(&p->y, i, &at); i++) {
        double y = hz_plot_y(p, at);
        hz_scene_line(c->s.scene, "grid", p->room.x, y, p->room.x + p->room.w, y, &grid);
        hz_scene_text(c->s.scene, "tick-y", p->room.x - TICK_MM - 0.4,
                      y + 0.357 * type.size_pt * HZ_MM_PER_PT,
                      hz_chart_number(c, at, p->y.decimals, text, sizeof text), &type);
    }
    const hz_ink_style line = { .stroke_pt = 0.5, .stroke_colour = HZ_CHART_LINE };
    double foot = p->room.y + p->room.h;
    hz_scene_line(c->s.scene, "axis", p->room.x, foot, p->room.x + p->room.w, foot, &line);
}

void hz_chart_x_axis(hz_chart *c, const hz_plot *p)
{
    const hz_ink_style mark = { .stroke_pt = 0.5, .stroke_colour = HZ_CHART_LINE };
    hz_type_style type = hz_type(HZ_CHART_SMALL_PT, 400);
    double foot = p->room.y + p->room.h, line = hz_type_line_mm(&type), at, free_from = -1e9;
    char text[64];
    type.align = HZ_CENTRE;
    for (int i = 0; tick(&p->x, i, &at); i++) {
        double x = hz_plot_x(p, at);
        hz_chart_number(c, at, p->x.decimals, text, sizeof text);
        double half = hz_type_width(&c->s, text, &type) / 2;
        hz_scene_line(c->s.scene, "tick", x, foot, x, foot + TICK_MM, &mark);
        if (x - half < free_from) /* numbers too near one another: the mark alone */
            continue;
        free_from = x + half + 1.5;
        hz_scene_text(c->s.scene, "tick-x", x, foot + TICK_MM + 0.78 * line, text, &type);
    }
}

/* ------------------------------------------------------------------ keys */

hz_chart_keys hz_chart_keys_begin(double x, double y, double w, bool draw)
{
    hz_type_style type = hz_type(HZ_CHART_SMALL_PT, 400);
    return (hz_chart_keys){ .x = x, .y = y, .w = w, .at_x = x, .at_y = y, .draw = draw,
                            .line = fmax(4, hz_type_line_mm(&type)) };
}

void hz_chart_key(hz_chart *c, hz_chart_keys *k, double symbol_w, hz_chart_symbol symbol,
                  const char *text)
{
    hz_type_style type = hz_type(HZ_CHART_SMALL_PT, 400);
    double width = symbol_w + 1 + hz_type_width(&c->s, text, &type);
    if (k->any && k->at_x + width > k->x + k->w) {
        k->at_x = k->x;
        k->at_y += k->line + 0.4;
    }
    if (k->draw) {
        double middle = k->at_y + k->line / 2;
        symbol(c, k->at_x + symbol_w / 2, middle);
        hz_scene_text(c->s.scene, "key", k->at_x + symbol_w + 1,
                      middle + 0.357 * type.size_pt * HZ_MM_PER_PT, text, &type);
    }
    k->at_x += width + 4;
    k->any = true;
}

double hz_chart_keys_end(const hz_chart_keys *k)
{
    return k->any ? k->at_y + k->line - k->y + 1 : 0;
}

/* ------------------------------------------------------------------ the page */

/* The two colours of the palette that stand out most from the paper. */
static hz_status find_colours(hz_chart *c, hz_error *err)
{
    hz_colour all[5];
    size_t n = c->s.look->own_colours && c->s.look->own_colours < 5 ? c->s.look->own_colours : 5;
    hz_status st = hz_look_colours(c->s.look, n, all, err);
    if (st)
        return st;
    c->dark = c->middle = HZ_TEXT_COLOUR;
    double first = 0, second = 0;
    for (size_t i = 0; i < n; i++) {
        double contrast = hz_colour_contrast(all[i], HZ_PAPER);
        if (contrast > first) {
            second = first;
            c->middle = c->dark;
            first = contrast;
            c->dark = all[i];
        } else if (contrast > second) {
            second = contrast;
            c->middle = all[i];
        }
    }
    if (first < 4.5) /* too light to write with */
        c->dark = HZ_TEXT_COLOUR;
    if (second < 3)
        c->middle = HZ_CHART_LINE;
    return HZ_OK;
}

void hz_chart_add_note(hz_chart *c, const char *text)
{
    if (c->words.note_count < HZ_CHART_NOTES)
        c->notes[c->words.note_count++] = text;
}

hz_status hz_chart_start(hz_chart *c, const hz_sheet_words *words, const hz_look *look,
                         hz_fonts *fonts, hz_error *err)
{
    c->words = *words;
    c->words.notes = c->notes;
    c->words.note_count = 0;
    for (size_t i = 0; i < words->note_count; i++)
        hz_chart_add_note(c, words->notes[i]);
    c->s.words = &c->words;
    c->s.look = look;
    c->s.fonts = fonts;
    c->s.say = hz_sheet_wording(look->language);
    c->s.width = look->width_mm;
    c->say = hz_chart_say(look->language);
    return find_colours(c, err);
}

/* Title, chart and notes one below the other; returns the height of the page. */
static double lay_out(hz_chart *c, bool draw)
{
    double x = c->s.look->margin_mm, y = x, w = c->s.width - 2 * x;
    double title = hz_furniture_title(&c->s, x, y, w, draw);
    y += title > 0 ? title + 2 : 0;
    y += c->body(c, x, y, w, draw) + 2;
    y += hz_furniture_notes(&c->s, x, y, w, draw);
    return y + x;
}

static hz_status set_about(hz_chart *c, hz_error *err)
{
    const hz_sheet_words *words = c->s.words;
    const char *title = hz_sheet_title(&c->s);
    hz_scene_about about = {
        .title = title && *title ? title : words->quantity, .description = words->alt,
        .subject = words->quantity, .keywords = words->made_up,
        .language = c->s.look->language, .date = words->date,
    };
    return hz_scene_set_about(c->s.scene, &about, err);
}

static hz_status draw(hz_chart *c, hz_error *err)
{
    c->s.height = lay_out(c, false);
    hz_status st = hz_scene_new(c->s.width, c->s.height, &c->s.scene, err);
    if (st)
        return st;
    const hz_ink_style paper = { .fill = true, .fill_colour = HZ_PAPER };
    hz_scene_rect(c->s.scene, "paper", 0, 0, c->s.width, c->s.height, &paper);
    lay_out(c, true);
    st = set_about(c, err);
    return st ? st : hz_scene_check(c->s.scene, err);
}

hz_status hz_chart_compose(hz_chart *c, const hz_notice *notice, hz_scene **out,
                           hz_chart_facts *facts, hz_error *err)
{
    hz_error lost;
    hz_status st = draw(c, err);
    /* a text that was not measured for want of memory may have led to any other complaint */
    if (hz_fonts_check(c->s.fonts, &lost) || c->s.out_of_memory)
        st = hz_mem_fail(err, "chart");
    if (!st && c->facts.dropped_count && c->s.look->label_show == HZ_LABELS_ALL)
        st = hz_fail(err, HZ_EUSAGE, "chart: no room for %zu names (%s), but labels.show is all: "
                     "expected a larger page, shorter names or show: auto",
                     c->facts.dropped_count, c->facts.dropped);
    if (st)
        return st;
    if (c->facts.dropped_count)
        hz_warn(notice, "chart: no room for %zu name%s: %s", c->facts.dropped_count,
                c->facts.dropped_count == 1 ? "" : "s", c->facts.dropped);
    if (c->s.missing)
        hz_warn(notice, "chart: %d characters are in none of the fonts", c->s.missing);
    *out = c->s.scene;
    c->s.scene = NULL;
    if (facts)
        *facts = c->facts;
    return HZ_OK;
}

void hz_chart_clear(hz_chart *c)
{
    hz_scene_free(c->s.scene);
    hz_mem_free(c->scratch);
}
