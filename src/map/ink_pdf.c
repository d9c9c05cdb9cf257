/* A scene as a PDF that can be searched, read aloud, and made again to the byte. */
#include <cairo-pdf.h>
#include <qpdf/qpdf-c.h>
#include <string.h>

#include "hotzone/mem.h"
#include "map/ink.h"

/* 2018-06-01T12:00:00+02:00 as PDF says it: D:20180601120000+02'00' */
static void add_date(hz_text *out, const char *date)
{
    hz_text_add(out, "D:");
    for (size_t i = 0; date[i]; i++) {
        if (i > 19 && date[i] == ':')
            hz_text_add(out, "'");
        else if (i >= 19 || (date[i] != '-' && date[i] != ':' && date[i] != 'T'))
            hz_text_add_n(out, date + i, 1);
    }
    size_t n = strlen(date);
    hz_text_add(out, n == 10 ? "000000Z" : n == 19 ? "Z" : n > 20 ? "'" : "");
}

/* Without dates of ours cairo would look at the clock; finish() writes the right ones. */
static void describe(cairo_surface_t *pdf, const hz_scene_about *about)
{
    static const char any_date[] = "2000-01-01T00:00:00Z";
    const struct {
        cairo_pdf_metadata_t what;
        const char *text;
    } words[] = {
        { CAIRO_PDF_METADATA_TITLE, about->title },
        { CAIRO_PDF_METADATA_AUTHOR, about->author },
        { CAIRO_PDF_METADATA_SUBJECT, about->subject },
        { CAIRO_PDF_METADATA_KEYWORDS, about->keywords },
        { CAIRO_PDF_METADATA_CREATOR, HZ_MAKER },
        { CAIRO_PDF_METADATA_CREATE_DATE, any_date },
        { CAIRO_PDF_METADATA_MOD_DATE, any_date },
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (words[i].text)
            cairo_pdf_surface_set_metadata(pdf, words[i].what, words[i].text);
}

static hz_status draw(const hz_scene *scene, hz_fonts *fonts, hz_text *out, hz_error *err)
{
    double unit_mm = 25.4 / 72;
    cairo_surface_t *pdf = cairo_pdf_surface_create_for_stream(
        hz_ink_collect, out, hz_scene_width(scene) / unit_mm, hz_scene_height(scene) / unit_mm);
    cairo_pdf_surface_restrict_to_version(pdf, CAIRO_PDF_VERSION_1_5);
    describe(pdf, hz_scene_get_about(scene));
    cairo_t *cr = cairo_create(pdf);
    cairo_tag_begin(cr, "Document", NULL);
    cairo_tag_begin(cr, "Figure", NULL);
    hz_status st = hz_ink_play(scene, fonts, cr, unit_mm, false, err);
    if (!st) {
        cairo_tag_end(cr, "Figure");
        cairo_tag_end(cr, "Document");
        cairo_show_page(cr);
        st = hz_ink_status(cairo_status(cr), err);
    }
    cairo_destroy(cr);
    cairo_surface_finish(pdf);
    if (!st)
        st = out->failed ? hz_mem_fail(err, "sheet")
                         : hz_ink_status(cairo_surface_status(pdf), err);
    cairo_surface_destroy(pdf);
    return st;
}

/* The first structure element of a kind at or below this one; uninitialised if there is none. */
static qpdf_oh find_element(qpdf_data pdf, qpdf_oh at, const char *kind, int depth)
{
    qpdf_oh none = qpdf_oh_new_uninitialized(pdf);
    if (depth == 0)
        return none;
    if (qpdf_oh_is_array(pdf, at)) {
        for (int i = 0; i < qpdf_oh_get_array_n_items(pdf, at); i++) {
            qpdf_oh item = qpdf_oh_get_array_item(pdf, at, i);
            qpdf_oh found = find_element(pdf, item, kind, depth - 1);
            if (qpdf_oh_is_initialized(pdf, found))
                return found;
        }
        return none;
    }
    if (!qpdf_oh_is_dictionary(pdf, at))
        return none;
    if (qpdf_oh_is_name_and_equals(pdf, qpdf_oh_get_key(pdf, at, "/S"), kind))
        return at;
    return find_element(pdf, qpdf_oh_get_key(pdf, at, "/K"), kind, depth - 1);
}

/* Add what cairo 1.16 cannot write: language, alternative text, and that the title is shown. */
static void finish_catalog(qpdf_data pdf, const hz_scene_about *about)
{
    qpdf_oh root = qpdf_get_root(pdf);
    qpdf_oh show = qpdf_oh_new_dictionary(pdf), marked = qpdf_oh_new_dictionary(pdf);
    const char *language = about->language == HZ_DANISH ? "da" : "en";

    qpdf_oh_replace_key(pdf, root, "/Lang", qpdf_oh_new_unicode_string(pdf, language));
    qpdf_oh_replace_key(pdf, show, "/DisplayDocTitle", qpdf_oh_new_bool(pdf, QPDF_TRUE));
    qpdf_oh_replace_key(pdf, root, "/ViewerPreferences", show);
    qpdf_oh_replace_key(pdf, marked, "/Marked", qpdf_oh_new_bool(pdf, QPDF_TRUE));
    qpdf_oh_replace_key(pdf, root, "/MarkInfo", marked);

    qpdf_oh tree = qpdf_oh_get_key(pdf, root, "/StructTreeRoot");
    qpdf_oh figure = find_element(pdf, qpdf_oh_get_key_if_dict(pdf, tree, "/K"), "/Figure", 8);
    if (about->description && qpdf_oh_is_initialized(pdf, figure))
        qpdf_oh_replace_key(pdf, figure, "/Alt",
                            qpdf_oh_new_unicode_string(pdf, about->description));
}

static hz_status fail(qpdf_data pdf, const char *path, hz_error *err)
{
    const char *words = "unknown failure";
    if (qpdf_has_error(pdf)) {
        qpdf_error bad = qpdf_get_error(pdf);
        words = qpdf_get_error_full_text(pdf, bad);
    }
    return hz_fail(err, HZ_EIO, "%s: cannot be finished as PDF: %s", path, words);
}

static hz_status finish(const char *path, const hz_text *raw, const hz_scene_about *about,
                        hz_text *out, hz_error *err)
{
    qpdf_data pdf = qpdf_init();
    hz_text date = { 0 };
    hz_status st = HZ_OK;

    add_date(&date, about->date ? about->date : "2000-01-01");
    qpdf_silence_errors(pdf);
    qpdf_set_suppress_warnings(pdf, QPDF_TRUE);
    if (qpdf_read_memory(pdf, path, raw->data, raw->length, NULL) & QPDF_ERRORS) {
        st = fail(pdf, path, err);
        goto done;
    }
    finish_catalog(pdf, about);
    qpdf_set_info_key(pdf, "/CreationDate", hz_text_get(&date));
    qpdf_set_info_key(pdf, "/ModDate", hz_text_get(&date));
    if (qpdf_has_error(pdf) || qpdf_init_write_memory(pdf) & QPDF_ERRORS) {
        st = fail(pdf, path, err);
        goto done;
    }
    qpdf_set_deterministic_ID(pdf, QPDF_TRUE);
    qpdf_set_object_stream_mode(pdf, qpdf_o_generate);
    if (qpdf_write(pdf) & QPDF_ERRORS) {
        st = fail(pdf, path, err);
        goto done;
    }
    hz_text_add_n(out, (const char *)qpdf_get_buffer(pdf), qpdf_get_buffer_length(pdf));
    if (out->failed || date.failed)
        st = hz_mem_fail(err, path);
done:
    hz_text_free(&date);
    qpdf_cleanup(&pdf);
    return st;
}

hz_status hz_ink_pdf(const hz_scene *scene, hz_fonts *fonts, const char *path, hz_text *out,
                     hz_error *err)
{
    hz_text raw = { 0 };
    hz_status st = draw(scene, fonts, &raw, err);
    if (!st)
        st = finish(path, &raw, hz_scene_get_about(scene), out, err);
    hz_text_free(&raw);
    return st;
}
