/* Where the blocks of a page stand: title, map frame, legend, notes; and the legend drawn there. */
#include <math.h>
#include <string.h>

#include "map/sheet_parts.h"

#define PANEL_MM 50.0        /* legend beside the map */
#define GUTTER_MM 4.0
#define TITLE_GAP_MM 2.5     /* below a title */
#define NOTE_GAP_MM 2.5
#define LEGEND_GAP_MM 3.0    /* map to a legend below it */
#define FRAME_LEAST_MM 36.0  /* a smaller map shows nothing at print size */
#define FIGURE_MOST_MM 240.0 /* to which a figure may grow: what fits a page of text */

typedef double (*part_fn)(hz_sheet *s, double x, double y, double w, bool draw);

static const struct {
    part_fn part;
    double gap;              /* to what stands above, mm */
} parts[] = {
    { hz_legend_classes, 0 },    { hz_legend_states, 1.6 },    { hz_legend_events, 2.4 },
    { hz_legend_zones, 2.4 },    { hz_legend_focus, 2.4 },     { hz_furniture_strip, 4 },    { hz_furniture_scalebar, 4 },
};
enum { PARTS = sizeof parts / sizeof *parts };

/* The parts of a set (bit i: part i) below one another. */
static double stack(hz_sheet *s, unsigned set, double x, double y, double w, bool draw)
{
    double used = 0;
    for (size_t i = 0; i < PARTS; i++) {
        double h = set >> i & 1 ? parts[i].part(s, x, y, w, false) : 0;
        if (h <= 0)
            continue;
        if (used > 0)
            used += parts[i].gap;
        if (draw)
            parts[i].part(s, x, y + used, w, true);
        used += h;
    }
    return used;
}

#define COLUMNS_MOST 3

static double column_width(const hz_sheet *s, double w)
{
    return (w - GUTTER_MM * (double)(s->columns - 1)) / (double)s->columns;
}

/* Share the parts out over the columns at the least height; of equal ways the one that comes
 * first keeps early parts left. */
static double share_out(hz_sheet *s, double w, unsigned set[COLUMNS_MOST])
{
    double h[PARTS], least = INFINITY;
    unsigned ways = 1;
    for (size_t i = 0; i < PARTS; i++) {
        h[i] = parts[i].part(s, 0, 0, column_width(s, w), false);
        ways *= (unsigned)s->columns;
    }
    for (unsigned way = 0; way < ways; way++) {
        double used[COLUMNS_MOST] = { 0 }, most = 0;
        unsigned in[COLUMNS_MOST] = { 0 }, left = way;
        for (size_t i = PARTS; i-- > 0; left /= (unsigned)s->columns)
            in[left % s->columns] |= 1u << i;
        for (size_t c = 0; c < s->columns; c++) {
            for (size_t i = 0; i < PARTS; i++)
                if (in[c] >> i & 1 && h[i] > 0)
                    used[c] += h[i] + (used[c] > 0 ? parts[i].gap : 0);
            most = fmax(most, used[c]);
        }
        if (most < least - 0.01) {
            least = most;
            memcpy(set, in, sizeof in);
        }
    }
    return least;
}

double hz_sheet_legend_below(hz_sheet *s, double x, double y, double w, bool draw)
{
    unsigned set[COLUMNS_MOST] = { 0 };
    double top = hz_legend_title(s, x, y, w, draw), cw = column_width(s, w);
    double h = share_out(s, w, set);
    for (size_t c = 0; draw && c < s->columns; c++)
        stack(s, set[c], x + (double)c * (cw + GUTTER_MM), y + top, cw, true);
    return top + h;
}

static double legend_beside(hz_sheet *s, hz_rect room, bool draw)
{
    double top = hz_legend_title(s, room.x, room.y, room.w, draw);
    return top + stack(s, (1u << PARTS) - 1, room.x, room.y + top, room.w, draw);
}

void hz_sheet_draw_legend(hz_sheet *s)
{
    if (s->below)
        hz_sheet_legend_below(s, s->panel.x, s->panel.y, s->panel.w, true);
    else
        legend_beside(s, s->panel, true);
}

/* Ground units per millimetre if the areas fill this frame; infinite if there is no room. */
static double scale_in(const hz_sheet *s, hz_rect frame)
{
    double w = frame.w - 2 * HZ_MAP_PAD_MM, h = frame.h - 2 * HZ_MAP_PAD_MM;
    if (w <= 0 || h <= 0)
        return INFINITY;
    return fmax((s->ground.xmax - s->ground.xmin) / w, (s->ground.ymax - s->ground.ymin) / h);
}

/* A frame need not be taller than its map fills. */
static double natural_height(const hz_sheet *s, double w)
{
    double inner = w - 2 * HZ_MAP_PAD_MM, wide = s->ground.xmax - s->ground.xmin;
    double tall = s->ground.ymax - s->ground.ymin;
    return wide > 0 && inner > 0
               ? fmax(inner * tall / wide + 2 * HZ_MAP_PAD_MM, FRAME_LEAST_MM) : INFINITY;
}

/* Heights that are the same for both arrangements. */
typedef struct {
    double title, notes, legend;
    hz_rect content;
} need;

/* A figure stands in a text and may be as tall as it needs; a sheet of paper may not. */
static bool is_figure(const hz_sheet *s)
{
    return strcmp(s->look->page_name, "text") == 0 || strcmp(s->look->page_name, "column") == 0;
}

static void plan_beside(hz_sheet *s, need *n)
{
    hz_rect c = n->content;
    s->below = false;
    s->frame = (hz_rect){ c.x, c.y, c.w - PANEL_MM - GUTTER_MM, c.h - n->notes };
    s->panel = (hz_rect){ c.x + c.w - PANEL_MM, c.y, PANEL_MM, s->frame.h };
    n->legend = legend_beside(s, s->panel, false);
    if (strcmp(s->look->page_name, "text") != 0) {
        s->frame.h = fmin(s->frame.h, fmax(natural_height(s, s->frame.w), n->legend));
        s->panel.h = s->frame.h;
    }
}

static void plan_below(hz_sheet *s, need *n)
{
    const double frame_of_column = 65;
    hz_rect c = n->content;
    s->below = true;
    s->columns = c.w < 150 ? 2 : 3;
    n->legend = hz_sheet_legend_below(s, 0, 0, c.w, false);
    s->frame = (hz_rect){ c.x, c.y, c.w, c.h - n->notes - n->legend - LEGEND_GAP_MM };
    s->frame.h = fmin(s->frame.h, strcmp(s->look->page_name, "column") == 0
                                      ? frame_of_column : natural_height(s, c.w));
    s->panel = (hz_rect){ c.x, c.y + s->frame.h + LEGEND_GAP_MM, c.w, n->legend };
}

static void measure(hz_sheet *s, need *n, double grown)
{
    const hz_look *look = s->look;
    double w = look->width_mm - 2 * look->margin_mm;

    n->title = hz_furniture_title(s, 0, 0, w, false);
    if (n->title > 0)
        n->title += TITLE_GAP_MM;
    s->width = look->width_mm;
    s->height = look->height_mm + (is_figure(s) ? n->title + grown : 0);
    n->notes = hz_furniture_notes(s, 0, 0, w, false);
    if (n->notes > 0)
        n->notes += NOTE_GAP_MM;
    if (strcmp(look->page_name, "text") == 0)
        n->notes = fmax(n->notes, 10); /* keeps the map at 108 x 112 mm */
    s->title_room = (hz_rect){ look->margin_mm, look->margin_mm, w, n->title };
    n->content = (hz_rect){ look->margin_mm, look->margin_mm + n->title, w,
                            s->height - 2 * look->margin_mm - n->title };
}

static void choose(hz_sheet *s, need *n)
{
    const char *page = s->look->page_name;
    int side = (int)s->look->legend_side;
    if (side == HZ_LEGEND_AUTO && strcmp(page, "text") == 0)
        side = HZ_LEGEND_RIGHT;
    if (side == HZ_LEGEND_AUTO && strcmp(page, "column") == 0)
        side = HZ_LEGEND_BELOW;
    if (side == HZ_LEGEND_AUTO) {
        plan_below(s, n);
        double below = scale_in(s, s->frame);
        plan_beside(s, n);
        bool fits = n->legend <= s->panel.h && s->frame.w >= FRAME_LEAST_MM;
        side = fits && scale_in(s, s->frame) <= below ? HZ_LEGEND_RIGHT : HZ_LEGEND_BELOW;
    }
    if (side == HZ_LEGEND_BELOW)
        plan_below(s, n);
    else
        plan_beside(s, n);
}

/* What a figure lacks in height for a map of good size and its whole legend, mm. */
static double missing_height(const hz_sheet *s, const need *n)
{
    double good = strcmp(s->look->page_name, "text") == 0 ? 90 : 55;
    double lack = fmin(good, natural_height(s, s->frame.w)) - s->frame.h;
    return fmax(0, s->below ? lack : fmax(lack, n->legend - s->panel.h));
}

hz_status hz_sheet_plan(hz_sheet *s, hz_error *err)
{
    need n = { 0 };
    measure(s, &n, 0);
    choose(s, &n);
    if (is_figure(s) && missing_height(s, &n) > 0) {
        double grown = fmin(missing_height(s, &n), fmax(FIGURE_MOST_MM - s->height, 0));
        measure(s, &n, grown);
        choose(s, &n);
    }
    s->facts.width_mm = s->width;
    s->facts.height_mm = s->height;

    double bottom = s->below ? s->panel.y + s->panel.h : s->frame.y + s->frame.h;
    s->note_room = (hz_rect){ n.content.x, bottom + NOTE_GAP_MM, n.content.w,
                              fmax(n.notes - NOTE_GAP_MM, 0) };
    if (is_figure(s)) /* notes stand at the foot of a figure */
        s->note_room.y = s->height - s->look->margin_mm -
                         hz_furniture_notes(s, 0, 0, n.content.w, false);

    if (s->frame.h < FRAME_LEAST_MM)
        return hz_fail(err, HZ_EUSAGE,
                       "sheet: title (%.1f mm), %snotes (%.1f mm) leave the map %.1f mm of the "
                       "page's height, expected at least %.0f: shorten them by %.1f mm",
                       n.title, s->below ? "legend and " : "",
                       n.notes + (s->below ? n.legend : 0), fmax(s->frame.h, 0), FRAME_LEAST_MM,
                       FRAME_LEAST_MM - s->frame.h);
    if (s->frame.w < FRAME_LEAST_MM)
        return hz_fail(err, HZ_EUSAGE,
                       "sheet: a legend at the side leaves the map %.1f mm of the page's width, "
                       "expected at least %.0f: put the legend below",
                       fmax(s->frame.w, 0), FRAME_LEAST_MM);
    if (!s->below && n.legend > s->panel.h + 1e-9)
        return hz_fail(err, HZ_EUSAGE,
                       "sheet: the legend needs %.1f mm, the page has %.1f mm: %.1f mm too tall",
                       n.legend, s->panel.h, n.legend - s->panel.h);
    return HZ_OK;
}
