/* How labels are set: their ink and halo, their lines, and the marks they leave. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "map/label.h"

#define HALO_PT 0.8
#define MASK_MM 0.3          /* beyond the letters; lines of a block then join */
#define DOT_MM 0.4
#define HOLLOW_MM 0.5
#define LEADER_PT 0.35
#define CONTRAST 4.5         /* least of text to its halo */

hz_label_voice hz_label_voice_on(const char *role, hz_colour fill, bool hatched)
{
    hz_label_voice v = { role, hz_type_ink_on(fill), fill, HALO_PT, hatched, fill };
    hz_colour away = v.ink == HZ_PAPER ? 0 : 0xff;
    while (hz_colour_contrast(v.ink, v.halo) < CONTRAST) {
        hz_colour next = 0;
        for (int shift = 0; shift <= 16; shift += 8) {
            hz_colour part = (v.halo >> shift) & 0xff;
            next |= (part + (away > part ? (away - part + 31) / 32
                                         : (hz_colour)(0 - (part - away + 31) / 32))) << shift;
        }
        if (next == v.halo)
            break;
        v.halo = next;
    }
    return v;
}

void hz_label_add_line(hz_sheet *s, hz_label_block *b, const char *text, size_t n, int weight)
{
    hz_type_style type = hz_type(b->size_pt, weight);
    snprintf(b->text[b->lines], sizeof b->text[0], "%.*s", (int)(n < 95 ? n : 95), text);
    b->weight[b->lines] = weight;
    b->width[b->lines] = hz_type_width(s, b->text[b->lines], &type);
    b->lines++;
}

/* Where a name may be broken: at a blank, or after a hyphen.  The cut and where the rest begins. */
static bool is_break(const char *name, size_t i, size_t *head, size_t *tail)
{
    if (i == 0 || !name[i + 1] || (name[i] != ' ' && name[i] != '-'))
        return false;
    *head = name[i] == '-' ? i + 1 : i;
    *tail = i + 1;
    return true;
}

bool hz_label_add_name(hz_sheet *s, hz_label_block *b, const char *name, int lines, int weight)
{
    hz_label_block best = *b;
    double least = INFINITY;
    size_t head, tail;
    if (lines == 1) {
        hz_label_add_line(s, b, name, strlen(name), weight);
        return true;
    }
    for (size_t i = 0; name[i]; i++) {
        hz_label_block now = *b;
        double widest = 0;
        if (!is_break(name, i, &head, &tail))
            continue;
        hz_label_add_line(s, &now, name, head, weight);
        if (!hz_label_add_name(s, &now, name + tail, lines - 1, weight))
            continue;
        for (size_t l = b->lines; l < now.lines; l++)
            widest = fmax(widest, now.width[l]);
        if (widest < least) {
            least = widest;
            best = now;
        }
    }
    *b = best;
    return isfinite(least);
}

void hz_label_draw(hz_sheet *s, const hz_label_block *block, const hz_label_spot *spot,
                   hz_label_voice voice)
{
    if (spot->leader) {
        const hz_ink_style line = { .stroke_pt = LEADER_PT, .stroke_colour = HZ_TEXT_COLOUR,
                                    .casing_pt = LEADER_PT + 0.8, .casing_colour = HZ_PAPER };
        hz_scene_line(s->scene, "leader", spot->from_x, spot->from_y, spot->to_x, spot->to_y,
                      &line);
        /* an end that is easily found, hollow where a full one would be taken for an event */
        bool hollow = s->spot_count > 0;
        const hz_ink_style dot = { .fill = true, .fill_colour = hollow ? HZ_PAPER : HZ_TEXT_COLOUR,
                                   .stroke_pt = hollow ? 0.6 : 0.35,
                                   .stroke_colour = hollow ? HZ_TEXT_COLOUR : HZ_PAPER };
        hz_scene_circle(s->scene, "leader-end", spot->from_x, spot->from_y,
                        hollow ? HOLLOW_MM : DOT_MM, &dot);
    }
    for (size_t i = 0; voice.masked && i < block->lines; i++) {
        const hz_ink_style mask = { .fill = true, .fill_colour = voice.fill };
        hz_label_box b = hz_label_line_box(block, i, spot->x, spot->y, NULL);
        hz_scene_rect(s->scene, "label-mask", b.x0 - MASK_MM, b.y0 - MASK_MM,
                      b.x1 - b.x0 + 2 * MASK_MM, b.y1 - b.y0 + 2 * MASK_MM, &mask);
    }
    for (size_t i = 0; i < block->lines; i++) {
        double baseline;
        hz_type_style type = hz_type(block->size_pt, block->weight[i]);
        hz_label_line_box(block, i, spot->x, spot->y, &baseline);
        type.colour = voice.ink;
        type.halo_pt = voice.halo_pt;
        type.halo_colour = voice.halo;
        type.align = HZ_CENTRE;
        hz_scene_text(s->scene, voice.role, spot->x, baseline, block->text[i], &type);
    }
}
