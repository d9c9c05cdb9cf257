/* Sets a text in type: faces, shapes, lines.  Measuring and drawing both start here. */
#include <math.h>
#include <string.h>

#include "hotzone/mem.h"
#include "map/array.h"
#include "map/fonts.h"

void hz_setting_free(hz_setting *setting)
{
    hz_mem_free(setting->text);
    hz_mem_free(setting->letters);
    hz_mem_free(setting->glyphs);
    hz_mem_free(setting->lines);
    *setting = (hz_setting){ 0 };
}

/* The character at p and its length; a byte that is no UTF-8 is U+FFFD, of length 1. */
static size_t decode(const char *p, size_t n, hb_codepoint_t *character)
{
    unsigned char lead = (unsigned char)*p;
    size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    if (length > n || !hz_text_is_utf8(p, length)) {
        *character = 0xFFFD;
        return 1;
    }
    hb_codepoint_t c = length == 1 ? lead : lead & (0x7Fu >> length);
    for (size_t i = 1; i < length; i++)
        c = c << 6 | ((unsigned char)p[i] & 0x3F);
    *character = c;
    return length;
}

/* U+FFFF and its like are valid UTF-8 but no characters; cairo takes no text with one. */
static bool is_no_character(hb_codepoint_t c)
{
    return (c >= 0xFDD0 && c <= 0xFDEF) || (c & 0xFFFE) == 0xFFFE;
}

/* Copy the text as valid UTF-8; what is neither letter nor line break becomes a blank. */
static bool mend(hz_setting *set, const char *text)
{
    size_t n = strlen(text);
    set->bytes = 0;
    /* a bad byte grows to the three of U+FFFD */
    char *out = hz_array_room(set->text, 3, 0, &set->text_room, n + 1);
    if (!out)
        return false;
    set->text = out;
    for (size_t i = 0; i < n;) {
        hb_codepoint_t c;
        size_t length = decode(text + i, n - i, &c);
        if ((c == 0xFFFD && length == 1) || is_no_character(c)) {
            memcpy(out + set->bytes, "\xEF\xBF\xBD", 3);
            set->bytes += 3;
        } else if (c < ' ' && c != '\n') {
            if (c != '\r')
                out[set->bytes++] = ' ';
        } else {
            memcpy(out + set->bytes, text + i, length);
            set->bytes += length;
        }
        i += length;
    }
    out[set->bytes] = '\0';
    return true;
}

static bool has_glyph(const hz_face *face, hb_codepoint_t character)
{
    hb_codepoint_t glyph;
    return hb_font_get_nominal_glyph(face->shape, character, &glyph);
}

/* The end of the run from `from` that one face can set; the face; characters that none has. */
static size_t find_run(const hz_face *const faces[2], const hz_setting *set, size_t from,
                       size_t to, const hz_face **face, int *missing)
{
    const hz_face *now = NULL;
    size_t i = from;
    while (i < to) {
        hb_codepoint_t c;
        size_t length = decode(set->text + i, to - i, &c);
        bool first = has_glyph(faces[0], c), second = !first && has_glyph(faces[1], c);
        const hz_face *best = second ? faces[1] : faces[0];
        /* accents stay with their letter where its face has them */
        if (now && hb_unicode_combining_class(hb_unicode_funcs_get_default(), c) &&
            has_glyph(now, c))
            best = now;
        if (now && best != now)
            break;
        now = best;
        *missing += !first && !second;
        i += length;
    }
    *face = now;
    return i;
}

static void add_ink(hz_letter *letter, const hz_face *face, hb_codepoint_t glyph, double x,
                    double y, double scale)
{
    hb_glyph_extents_t box;
    if (!hb_font_get_glyph_extents(face->shape, glyph, &box) || box.width == 0)
        return;
    letter->left = fmin(letter->left, x + box.x_bearing * scale);
    letter->right = fmax(letter->right, x + (box.x_bearing + box.width) * scale);
    letter->top = fmin(letter->top, y - box.y_bearing * scale);
    letter->bottom = fmax(letter->bottom, y - (box.y_bearing + box.height) * scale);
}

/* Shape bytes [from, to) with one face and add the letters. */
static bool shape_run(hb_buffer_t *buffer, hz_setting *set, size_t from, size_t to,
                      const hz_face *face, double size_pt)
{
    /* ligatures save nothing on a map, and some readers copy them as one odd character */
    static const hb_feature_t plain[] = {
        { HB_TAG('l', 'i', 'g', 'a'), 0, 0, (unsigned)-1 },
        { HB_TAG('c', 'l', 'i', 'g'), 0, 0, (unsigned)-1 },
    };
    unsigned n = 0, n_positions = 0;
    hb_buffer_reset(buffer);
    hb_buffer_add_utf8(buffer, set->text, (int)set->bytes, (unsigned)from, (int)(to - from));
    hb_buffer_set_direction(buffer, HB_DIRECTION_LTR);
    hb_buffer_set_language(buffer, hb_language_from_string("da", -1));
    hb_buffer_guess_segment_properties(buffer);
    hb_shape(face->shape, buffer, plain, sizeof plain / sizeof *plain);
    if (!hb_buffer_allocation_successful(buffer))
        return false;
    const hb_glyph_info_t *info = hb_buffer_get_glyph_infos(buffer, &n);
    const hb_glyph_position_t *at = hb_buffer_get_glyph_positions(buffer, &n_positions);
    hz_glyph *glyphs = hz_array_room(set->glyphs, sizeof *glyphs, set->glyph_count,
                                     &set->glyph_room, n);
    if (glyphs)
        set->glyphs = glyphs;
    hz_letter *letters = hz_array_room(set->letters, sizeof *letters, set->letter_count,
                                       &set->letter_room, n);
    if (letters)
        set->letters = letters;
    if (!glyphs || !letters)
        return false;

    double scale = size_pt / face->units_per_em;
    hz_letter *letter = NULL;
    for (unsigned i = 0; i < n; i++) {
        if (!letter || info[i].cluster != letter->byte_at) {
            if (letter)
                letter->bytes = info[i].cluster - letter->byte_at;
            letter = &letters[set->letter_count++];
            *letter = (hz_letter){ .byte_at = info[i].cluster, .face = face,
                                   .bytes = to - info[i].cluster,
                                   .glyph_at = set->glyph_count,
                                   .left = HUGE_VAL, .right = -HUGE_VAL,
                                   .top = HUGE_VAL, .bottom = -HUGE_VAL };
        }
        double x = letter->advance + at[i].x_offset * scale, y = -at[i].y_offset * scale;
        glyphs[set->glyph_count++] = (hz_glyph){ info[i].codepoint, x, y };
        letter->glyphs++;
        add_ink(letter, face, info[i].codepoint, x, y, scale);
        letter->advance += at[i].x_advance * scale;
    }
    return true;
}

static bool is_blank(const hz_setting *set, size_t letter)
{
    return set->text[set->letters[letter].byte_at] == ' ';
}

static bool is_letter_or_more(const hz_setting *set, size_t letter)
{
    unsigned char c = (unsigned char)set->text[set->letters[letter].byte_at];
    return c >= 'A' && !(c > 'Z' && c < 'a') && !(c > 'z' && c < 0x80);
}

/* A number that belongs to the word before it: "pr. 1.000", "per 1,000". */
static bool is_bound(const hz_setting *set, size_t letter)
{
    size_t at = set->letters[letter].byte_at;
    const char *p = set->text + at;
    return at >= 4 && *p >= '0' && *p <= '9' &&
           (strncmp(p - 4, "pr. ", 4) == 0 || strncmp(p - 4, "per ", 4) == 0);
}

/* May a line begin with this letter?  After a blank, and inside Vesterbro-Kongens, not in -5. */
static bool may_begin(const hz_setting *set, size_t first, size_t letter)
{
    if (is_blank(set, letter))
        return false;
    if (is_blank(set, letter - 1))
        return !is_bound(set, letter);
    return letter - first >= 2 && set->text[set->letters[letter - 1].byte_at] == '-' &&
           is_letter_or_more(set, letter) && is_letter_or_more(set, letter - 2);
}

static bool add_line(hz_setting *set, size_t first, size_t last)
{
    hz_line *lines = hz_array_room(set->lines, sizeof *lines, set->line_count, &set->line_room, 1);
    if (!lines)
        return false;
    set->lines = lines;
    while (last > first && is_blank(set, last - 1))
        last--;
    double width = 0;
    for (size_t i = first; i < last; i++)
        width += set->letters[i].advance;
    lines[set->line_count++] = (hz_line){ .first = first, .last = last, .width = width };
    return true;
}

/* Fill lines greedily with letters [first, last) of a paragraph. */
static bool break_lines(hz_setting *set, size_t first, size_t last, double limit_pt)
{
    const double slack_pt = 1e-6; /* a text wrapped at its own measured width stays on one line */
    double width = 0;
    size_t begin = 0; /* the last place a new line might begin; 0: none in this line */
    for (size_t i = first; i < last; i++) {
        if (i > first && may_begin(set, first, i))
            begin = i;
        width += set->letters[i].advance;
        if (width <= limit_pt + slack_pt || is_blank(set, i) || i == first)
            continue;
        /* a word longer than the line is broken at any letter */
        size_t next = begin > first ? begin : i;
        if (!add_line(set, first, next))
            return false;
        first = next;
        i = next - 1;
        begin = 0;
        width = 0;
    }
    return add_line(set, first, last);
}

static void place_lines(hz_setting *set, const hz_type_style *style)
{
    double box = style->width_mm > 0 ? style->width_mm * HZ_PT_PER_MM : 0;
    double step = style->size_pt * (style->line_spacing > 0 ? style->line_spacing : 1.2);
    for (size_t i = 0; i < set->line_count; i++) {
        hz_line *line = &set->lines[i];
        double spare = box - line->width;
        line->x = style->align == HZ_LEFT ? 0 : style->align == HZ_CENTRE ? spare / 2 : spare;
        line->y = (double)i * step;
    }
}

static bool set_paragraphs(hz_fonts *fonts, const hz_type_style *style)
{
    hz_setting *set = &fonts->setting;
    int weight = style->weight > 0 ? style->weight : 400;
    const hz_face *const faces[2] = { hz_fonts_face(fonts, false, weight, style->italic),
                                      hz_fonts_face(fonts, true, weight, style->italic) };
    double limit_pt = style->width_mm > 0 ? style->width_mm * HZ_PT_PER_MM : HUGE_VAL;

    for (size_t from = 0; from <= set->bytes;) {
        const char *end = memchr(set->text + from, '\n', set->bytes - from);
        size_t to = end ? (size_t)(end - set->text) : set->bytes, first = set->letter_count;
        while (from < to) {
            const hz_face *face;
            size_t stop = find_run(faces, set, from, to, &face, &set->missing);
            if (!shape_run(fonts->buffer, set, from, stop, face, style->size_pt))
                return false;
            from = stop;
        }
        if (!break_lines(set, first, set->letter_count, limit_pt))
            return false;
        from = to + 1;
    }
    place_lines(set, style);
    return true;
}

hz_status hz_fonts_set(hz_fonts *fonts, const char *text, const hz_type_style *style,
                       hz_error *err)
{
    hz_setting *set = &fonts->setting;
    set->letter_count = set->glyph_count = set->line_count = 0;
    set->missing = 0;
    if (!text || !*text || !(style->size_pt > 0 && style->size_pt < 1e4))
        return HZ_OK;
    if (!mend(set, text) || !set_paragraphs(fonts, style))
        return hz_mem_fail(err, "text");
    return HZ_OK;
}

/* How far Danish letters reach above and below the line, in em: from ring to tail. */
static void reach(const hz_face *face, double *up, double *down)
{
    hb_codepoint_t glyph;
    hb_glyph_extents_t box;
    *up = 1;
    *down = 0.25;
    if (hb_font_get_nominal_glyph(face->shape, 0xC5, &glyph) &&
        hb_font_get_glyph_extents(face->shape, glyph, &box))
        *up = box.y_bearing / face->units_per_em;
    if (hb_font_get_nominal_glyph(face->shape, 'g', &glyph) &&
        hb_font_get_glyph_extents(face->shape, glyph, &box))
        *down = -(box.y_bearing + box.height) / face->units_per_em;
}

/* Widen a box, in points, by a line's ink. */
static void add_line_ink(const hz_setting *set, const hz_line *line, hz_text_size *box)
{
    double pen = line->x;
    for (size_t i = line->first; i < line->last; i++) {
        const hz_letter *letter = &set->letters[i];
        if (letter->left <= letter->right) {
            box->left = fmin(box->left, pen + letter->left);
            box->right = fmax(box->right, pen + letter->right);
            box->top = fmin(box->top, line->y + letter->top);
            box->bottom = fmax(box->bottom, line->y + letter->bottom);
        }
        pen += letter->advance;
    }
}

hz_text_size hz_fonts_measure(hz_fonts *fonts, const char *text, const hz_type_style *style)
{
    const hz_setting *set = &fonts->setting;
    hz_text_size size = { .left = HUGE_VAL, .right = -HUGE_VAL, .top = HUGE_VAL,
                          .bottom = -HUGE_VAL };
    if (hz_fonts_set(fonts, text, style, NULL) != HZ_OK) {
        fonts->failed = true;
        return (hz_text_size){ 0 };
    }
    if (set->line_count == 0)
        return (hz_text_size){ 0 };
    for (size_t i = 0; i < set->line_count; i++) {
        size.width = fmax(size.width, set->lines[i].width);
        add_line_ink(set, &set->lines[i], &size);
    }
    if (size.left > size.right)
        size.left = size.right = size.top = size.bottom = 0;
    double halo = style->halo_pt > 0 ? style->halo_pt : 0, up, down;
    reach(hz_fonts_face(fonts, false, style->weight > 0 ? style->weight : 400, style->italic),
          &up, &down);
    size.lines = set->line_count;
    size.missing = set->missing;
    size.ascent = up * style->size_pt / HZ_PT_PER_MM;
    size.descent = down * style->size_pt / HZ_PT_PER_MM;
    size.height = size.ascent + size.descent + set->lines[size.lines - 1].y / HZ_PT_PER_MM;
    size.width /= HZ_PT_PER_MM;
    size.left = (size.left - halo) / HZ_PT_PER_MM;
    size.top = (size.top - halo) / HZ_PT_PER_MM;
    size.right = (size.right + halo) / HZ_PT_PER_MM;
    size.bottom = (size.bottom + halo) / HZ_PT_PER_MM;
    return size;
}

hz_status hz_fonts_check(hz_fonts *fonts, hz_error *err)
{
    bool failed = fonts->failed;
    fonts->failed = false;
    return failed ? hz_mem_fail(err, "text") : HZ_OK;
}
