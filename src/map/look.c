/* The built-in look, page sizes, and the colours of classes. */
#include "hotzone/look.h"

#include <string.h>

#include "hotzone/mem.h"

static const struct {
    const char *name;
    double width_mm, height_mm, margin_mm;
} pages[] = {
    { "column", 84, 110, 4 },
    { "text", 170, 130, 4 },
    { "a5", 148, 210, 12 },
    { "a4", 210, 297, 15 },
};

bool hz_look_page(hz_look *look, const char *name)
{
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
        if (strcmp(name, pages[i].name) != 0)
            continue;
        strcpy(look->page_name, pages[i].name);
        look->width_mm = pages[i].width_mm;
        look->height_mm = pages[i].height_mm;
        look->margin_mm = pages[i].margin_mm;
        return true;
    }
    return false;
}

void hz_look_default(hz_look *look)
{
    static const hz_colour ylgnbu[] = { 0xffffcc, 0xa1dab4, 0x41b6c4, 0x2c7fb8, 0x253494 };
    *look = (hz_look){
        .language = HZ_ENGLISH, .family = "Noto Sans",
        .title_pt = 11, .subtitle_pt = 9, .label_pt = 7, .legend_pt = 7.5, .note_pt = 6.5,
        .palette = "ylgnbu",
        .water = 0xdfe9f0, .outside = 0xf4f4f4, .streets = 0xd0d0d0, .no_data = 0xe0e0e0,
        .method = HZ_QUANTILE, .classes = 5, .round = true,
        .decimals = 1, .per = 1000,
        .uncertainty = HZ_SHOW_HATCH, .cv = 0.30, .hide_below = 0,
        .zone_line_pt = 1.5, .zone_casing_pt = 3,
        .legend_counts = true, .scalebar = true,
        .png = true, .pdf = true, .svg = true, .dpi = 300,
    };
    memcpy(look->classes_colour, ylgnbu, sizeof ylgnbu);
    hz_look_page(look, "text");
}

static void free_texts(char **texts, size_t n)
{
    for (size_t i = 0; i < n; i++)
        hz_mem_free(texts[i]);
    hz_mem_free(texts);
}

void hz_look_clear(hz_look *look)
{
    free_texts(look->label_only, look->label_only_count);
    free_texts(look->rename_from, look->rename_count);
    free_texts(look->rename_to, look->rename_count);
    free_texts(look->sources, look->source_count);
    hz_mem_free(look->title);
    hz_mem_free(look->subtitle);
    *look = (hz_look){ 0 };
}

/* n of `have` colours, evenly apart.  One class is shown in the middle tone, and two leave out
 * the lightest where they can: beside grey areas without a figure a tone reads as a value. */
static void thin(size_t have, const hz_colour *from, size_t n, hz_colour *out)
{
    size_t low = n <= 2 && have > n ? 1 : 0;
    for (size_t i = 0; i < n; i++)
        out[i] = n == 1 ? from[have / 2] : from[low + i * (have - 1 - low) / (n - 1)];
}

hz_status hz_look_colours(const hz_look *look, size_t n, hz_colour *out, hz_error *err)
{
    hz_colour from[HZ_CLASSES_MAX];
    size_t have = look->own_colours;

    if (n < 1 || n > HZ_CLASSES_MAX)
        return hz_fail(err, HZ_EUSAGE, "style: %zu classes, expected 1 to %d", n,
                       HZ_CLASSES_MAX);
    if (have) {
        if (have < n)
            return hz_fail(err, HZ_EUSAGE, "style: %zu colours for %zu classes, expected as many",
                           have, n);
        memcpy(from, look->classes_colour, have * sizeof *from);
    } else {
        have = n < 3 ? 3 : n;
        hz_status st = hz_palette_named(look->palette, have, from, err);
        if (st)
            return st;
    }
    thin(have, from, n, out);
    for (size_t i = 0; look->reverse && i < n / 2; i++) {
        hz_colour swap = out[i];
        out[i] = out[n - 1 - i];
        out[n - 1 - i] = swap;
    }
    return HZ_OK;
}
