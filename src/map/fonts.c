/* Type that comes out the same on every machine: our own choice of files, no hinting. */
#include "map/fonts.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include FT_MODULE_H
#include FT_TRUETYPE_TABLES_H

#include "hotzone/mem.h"
#include "map/font_files.h"

/* Faces are found and shaped with FreeType and HarfBuzz themselves.  Pango 1.50 would start a
 * thread that reads the machine's font configuration, unasked and with complaints on standard
 * error, and would choose glyphs by the process's locale. */

static const char reserve[] = "DejaVu Sans"; /* for characters the chosen family lacks */

static void *take(FT_Memory memory, long size)
{
    (void)memory;
    return hz_mem_new((size_t)size, 1);
}

static void give_back(FT_Memory memory, void *block)
{
    (void)memory;
    hz_mem_free(block);
}

static void *change(FT_Memory memory, long old_size, long size, void *block)
{
    (void)memory;
    (void)old_size;
    return hz_mem_resize(block, (size_t)size, 1);
}

/* Unlike FT_Init_FreeType this reads no environment, and the library can be shared with cairo. */
static FT_Library new_library(void)
{
    static struct FT_MemoryRec_ door = { NULL, take, give_back, change };
    FT_Library library;
    if (FT_New_Library(&door, &library) != 0)
        return NULL;
    FT_Add_Default_Modules(library);
    /* which says nothing of modules it had no memory for */
    static const char *const needed[] = { "truetype", "cff", "sfnt", "psaux", "psnames",
                                          "pshinter", "smooth" };
    for (size_t i = 0; i < sizeof needed / sizeof *needed; i++) {
        if (!FT_Get_Module(library, needed[i])) {
            FT_Done_Library(library);
            return NULL;
        }
    }
    return library;
}

/* cairo keeps faces in caches of its own: the file must stay open for as long as it likes. */
static void let_go(void *data)
{
    FT_Face file = data;
    FT_Library library = file->generic.data;
    FT_Done_Face(file);
    FT_Done_Library(library);
}

static hz_status open_ink(FT_Library library, const char *path, hz_face *face, hz_error *err)
{
    static const cairo_user_data_key_t key;
    FT_Face file;
    FT_Error bad = FT_New_Face(library, path, 0, &file);
    if (bad == FT_Err_Out_Of_Memory)
        return hz_mem_fail(err, path);
    if (bad)
        return hz_fail(err, HZ_EIO, "%s: not readable as a font (FreeType error %d)", path, bad);
    const TT_OS2 *os2 = FT_Get_Sfnt_Table(file, FT_SFNT_OS2);
    file->generic.data = library;
    face->file = file;
    face->weight = os2 && os2->usWeightClass ? os2->usWeightClass
                   : file->style_flags & FT_STYLE_FLAG_BOLD ? 700 : 400;
    face->italic = file->style_flags & FT_STYLE_FLAG_ITALIC;
    face->units_per_em = file->units_per_EM ? file->units_per_EM : 1000;
    face->ink = cairo_ft_font_face_create_for_ft_face(file, FT_LOAD_NO_HINTING);
    FT_Reference_Library(library);
    if (cairo_font_face_set_user_data(face->ink, &key, file, let_go) != CAIRO_STATUS_SUCCESS) {
        cairo_font_face_destroy(face->ink);
        face->ink = NULL;
        let_go(file);
        return hz_mem_fail(err, path);
    }
    return HZ_OK;
}

static hz_status open_shape(const char *path, hz_face *face, hz_error *err)
{
    hb_blob_t *blob = hb_blob_create_from_file_or_fail(path);
    if (!blob)
        return hz_fail(err, HZ_EIO, "%s: cannot be read", path);
    hb_face_t *shapes = hb_face_create(blob, 0);
    face->shape = hb_font_create(shapes); /* scale: font units */
    hb_face_destroy(shapes);
    hb_blob_destroy(blob);
    return face->shape == hb_font_get_empty() ? hz_mem_fail(err, path) : HZ_OK;
}

/* Open the files of a family behind the faces there are. */
static hz_status add_family(hz_fonts *fonts, const char *family, const char *directory,
                            hz_error *err)
{
    hz_font_files files = { 0 };
    hz_status st = hz_font_files_find(fonts->library, family, directory, &files, err);
    if (st) goto done;
    hz_face *faces = hz_mem_resize(fonts->faces, fonts->count + files.count, sizeof *faces);
    if (!faces) {
        st = hz_mem_fail(err, "fonts");
        goto done;
    }
    fonts->faces = faces;
    for (size_t i = 0; !st && i < files.count; i++) {
        hz_face *face = &faces[fonts->count++];
        *face = (hz_face){ 0 };
        st = open_ink(fonts->library, files.path[i], face, err);
        if (!st)
            st = open_shape(files.path[i], face, err);
    }
done:
    hz_font_files_free(&files);
    return st;
}

hz_status hz_fonts_new(const char *family, const char *directory, hz_fonts **out, hz_error *err)
{
    hz_fonts *fonts = hz_mem_new(1, sizeof *fonts);
    hz_status st = HZ_OK;
    if (!fonts)
        return hz_mem_fail(err, "fonts");
    fonts->library = new_library();
    if (!fonts->library) {
        st = hz_mem_fail(err, "fonts");
        goto done;
    }
    st = add_family(fonts, family && *family ? family : "Noto Sans", directory, err);
    if (st) goto done;
    fonts->chosen = fonts->count;
    st = add_family(fonts, reserve, directory, err);
    if (st) goto done;
    fonts->buffer = hb_buffer_create();
    if (!hb_buffer_allocation_successful(fonts->buffer)) {
        st = hz_mem_fail(err, "fonts");
        goto done;
    }
    *out = fonts;
    fonts = NULL;
done:
    hz_fonts_free(fonts);
    return st;
}

void hz_fonts_free(hz_fonts *fonts)
{
    if (!fonts)
        return;
    for (size_t i = 0; i < fonts->count; i++) {
        hb_font_destroy(fonts->faces[i].shape);
        cairo_font_face_destroy(fonts->faces[i].ink);
    }
    hb_buffer_destroy(fonts->buffer);
    if (fonts->library)
        FT_Done_Library(fonts->library); /* gone when cairo has let go of the last face */
    hz_setting_free(&fonts->setting);
    hz_mem_free(fonts->faces);
    hz_mem_free(fonts);
}

const hz_face *hz_fonts_face(const hz_fonts *fonts, bool of_reserve, int weight, bool italic)
{
    size_t first = of_reserve ? fonts->chosen : 0;
    size_t last = of_reserve ? fonts->count : fonts->chosen;
    const hz_face *best = NULL;
    int least = 0;
    for (size_t i = first; i < last; i++) {
        const hz_face *face = &fonts->faces[i];
        /* the slant counts most; of two weights as far off, the heavier */
        int off = 2 * abs(face->weight - weight) + (face->weight < weight);
        if (face->italic != italic)
            off += 10000;
        if (!best || off < least) {
            best = face;
            least = off;
        }
    }
    return best;
}
