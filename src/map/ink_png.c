/* A scene as a PNG with its resolution, colour space and words. */
#include <math.h>
#include <png.h>
#include <setjmp.h>
#include <stdint.h>
#include <string.h>

#include "hotzone/file.h"
#include "hotzone/mem.h"
#include "map/ink.h"

static const double most_pixels = 100e6; /* 400 MB of memory; A4 at about 1000 dpi */
static const double most_side = 32767;   /* cairo's */

/* libpng's calls and the place it jumps back to when one of them fails. */
typedef struct {
    jmp_buf back;
    hz_text *out;
    char words[200];
    bool no_memory;
} sink;

static void on_error(png_structp png, png_const_charp words)
{
    sink *s = png_get_error_ptr(png);
    strncpy(s->words, words, sizeof s->words - 1);
    longjmp(s->back, 1);
}

static void on_warning(png_structp png, png_const_charp words)
{
    (void)png;
    (void)words;
}

static png_voidp take(png_structp png, png_alloc_size_t size)
{
    sink *s = png_get_mem_ptr(png);
    void *block = hz_mem_new(size, 1);
    if (!block)
        s->no_memory = true;
    return block;
}

static void give_back(png_structp png, png_voidp block)
{
    (void)png;
    hz_mem_free(block);
}

static void put(png_structp png, png_bytep data, size_t n)
{
    sink *s = png_get_io_ptr(png);
    hz_text_add_n(s->out, (const char *)data, n);
    if (s->out->failed) {
        s->no_memory = true;
        png_error(png, "no memory");
    }
}

static void flush(png_structp png)
{
    (void)png;
}

/* Title, description and so on, with the language they are in. */
static void put_words(png_structp png, png_infop info, const hz_scene_about *about)
{
    char language[] = "en";
    const char *const words[][2] = { { "Title", about->title }, { "Author", about->author },
                                     { "Description", about->description },
                                     { "Software", HZ_MAKER } };
    if (about->language == HZ_DANISH)
        memcpy(language, "da", 2);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        png_text text = { .compression = PNG_ITXT_COMPRESSION_NONE };
        char none[] = "";
        if (!words[i][1])
            continue;
        /* libpng copies all of these, though its fields are not const */
        text.key = (png_charp)(uintptr_t)words[i][0];
        text.text = (png_charp)(uintptr_t)words[i][1];
        text.itxt_length = strlen(words[i][1]);
        text.lang = language;
        text.lang_key = none;
        png_set_text(png, info, &text, 1);
    }
}

static void put_picture(png_structp png, png_infop info, cairo_surface_t *picture, double dpi,
                        const hz_scene_about *about)
{
    png_uint_32 width = (png_uint_32)cairo_image_surface_get_width(picture);
    png_uint_32 height = (png_uint_32)cairo_image_surface_get_height(picture);
    png_uint_32 per_metre = (png_uint_32)lround(dpi / 0.0254);
    unsigned char *rows = cairo_image_surface_get_data(picture);
    size_t stride = (size_t)cairo_image_surface_get_stride(picture);
    const uint16_t little = 1;

    png_set_IHDR(png, info, width, height, 8, PNG_COLOR_TYPE_RGB, PNG_INTERLACE_NONE,
                 PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    png_set_compression_level(png, 6);
    /* flat inks pack best as they are: a quarter less than after filters */
    png_set_filter(png, PNG_FILTER_TYPE_BASE, PNG_FILTER_NONE);
    png_set_pHYs(png, info, per_metre, per_metre, PNG_RESOLUTION_METER);
    png_set_sRGB(png, info, PNG_sRGB_INTENT_PERCEPTUAL);
    put_words(png, info, about);
    png_write_info(png, info);
    /* cairo's pixel is the number xRGB in the machine's own byte order */
    bool low_first = *(const unsigned char *)&little;
    if (low_first)
        png_set_bgr(png);
    png_set_filler(png, 0, low_first ? PNG_FILLER_AFTER : PNG_FILLER_BEFORE);
    for (png_uint_32 y = 0; y < height; y++)
        png_write_row(png, rows + y * stride);
    png_write_end(png, info);
}

/* Apart from its caller, which holds the sink: what changes after setjmp must live elsewhere. */
static bool encode(sink *s, cairo_surface_t *picture, double dpi, const hz_scene_about *about)
{
    png_structp png = NULL;
    png_infop info = NULL;

    if (setjmp(s->back) != 0)
        return false;
    png = png_create_write_struct_2(PNG_LIBPNG_VER_STRING, s, on_error, on_warning, s, take,
                                    give_back);
    if (png)
        info = png_create_info_struct(png);
    if (!info) {
        png_destroy_write_struct(&png, NULL);
        s->no_memory = true;
        return false;
    }
    png_set_write_fn(png, s, put, flush);
    volatile bool whole = false;
    if (setjmp(s->back) == 0) {
        put_picture(png, info, picture, dpi, about);
        whole = true;
    }
    png_destroy_write_struct(&png, &info);
    return whole;
}

hz_status hz_ink_png(const hz_scene *scene, hz_fonts *fonts, const char *path, double dpi,
                     hz_text *out, hz_error *err)
{
    double w_inch = hz_scene_width(scene) / 25.4, h_inch = hz_scene_height(scene) / 25.4;
    double most_dpi = fmin(sqrt(most_pixels / (w_inch * h_inch)),
                           most_side / fmax(w_inch, h_inch));
    cairo_surface_t *picture = NULL;
    cairo_t *cr = NULL;
    sink s = { .out = out };
    hz_status st;

    if (!(dpi >= 1 && dpi <= most_dpi))
        return hz_fail(err, HZ_EUSAGE,
                       "%s: %g dpi, expected 1 to %.0f for a sheet of %g by %g mm", path, dpi,
                       floor(most_dpi), hz_scene_width(scene), hz_scene_height(scene));
    picture = cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)fmax(1, round(w_inch * dpi)),
                                         (int)fmax(1, round(h_inch * dpi)));
    cr = cairo_create(picture);
    cairo_set_source_rgb(cr, 1, 1, 1);
    cairo_paint(cr);
    st = hz_ink_play(scene, fonts, cr, 25.4 / dpi, true, err);
    if (st) goto done;
    cairo_surface_flush(picture);
    if (encode(&s, picture, dpi, hz_scene_get_about(scene)))
        goto done;
    st = s.no_memory ? hz_mem_fail(err, path)
                     : hz_fail(err, HZ_EIO, "%s: cannot be written: %s", path, s.words);
done:
    cairo_destroy(cr);
    cairo_surface_destroy(picture);
    return st;
}
