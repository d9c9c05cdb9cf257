/* Writes a finished scene, and the words that stand beside it. */
#include <stdio.h>

#include "hotzone/mem.h"
#include "run/project.h"

void drawing_clear(drawing *d)
{
    hz_mem_free(d->svg);
    hz_mem_free(d->png);
    hz_mem_free(d->alt);
    hz_mem_free(d->caption);
}

static hz_status keep(char **slot, const char *text, hz_error *err)
{
    *slot = hz_mem_text(text);
    return *slot ? HZ_OK : hz_mem_fail(err, text);
}

hz_status drawing_tell(drawing *d, hz_language language, const hz_text *alt,
                       const hz_text *caption, hz_error *err)
{
    d->language = language;
    hz_status st = keep(&d->alt, hz_text_get(alt), err);
    return st ? st : keep(&d->caption, hz_text_get(caption), err);
}

/* "maps/rates", "maps/rates-a4", "maps/rates.en", "maps/rates-a4.en". */
static void add_stem(const picture_files *of, hz_text *out)
{
    hz_text_addf(out, "%s/%s", of->room, of->name);
    if (of->size)
        hz_text_addf(out, "-%s", of->size);
    if (!of->first_language)
        hz_text_addf(out, ".%s", language_code(of->language));
}

/* Where a georeferenced PNG lies: hz_ink_write makes these beside it. */
static hz_status note_place(project *p, const char *stem, hz_error *err)
{
    static const char *const beside[] = { "pgw", "png.aux.xml" };
    hz_status st = HZ_OK;
    for (size_t k = 0; !st && k < sizeof beside / sizeof *beside; k++) {
        char *path = NULL;
        st = project_output(p, &path, err, "%s.%s", stem, beside[k]);
        hz_mem_free(path);
    }
    return st;
}

static hz_status write_one(project *p, const picture_files *of, const char *stem, const char *end,
                           hz_fonts *fonts, char **slot, hz_error *err)
{
    const hz_ink_opts opts = { .dpi = of->look->dpi, .frame = of->frame };
    char *path = NULL;
    hz_text relative = { 0 };
    hz_text_addf(&relative, "%s.%s", stem, end);
    hz_status st = relative.failed ? hz_mem_fail(err, stem)
                                   : project_output(p, &path, err, "%s", relative.data);
    if (!st)
        st = hz_ink_write(of->scene, fonts, path, &opts, err);
    if (!st && slot)
        st = keep(slot, relative.data, err);
    hz_mem_free(path);
    hz_text_free(&relative);
    return st;
}

hz_status project_pictures(project *p, const picture_files *of, hz_fonts *fonts, drawing *d,
                           hz_error *err)
{
    hz_text stem = { 0 };
    add_stem(of, &stem);
    hz_status st = stem.failed ? hz_mem_fail(err, of->name) : HZ_OK;
    if (!st && of->look->png)
        st = write_one(p, of, stem.data, "png", fonts, d ? &d->png : NULL, err);
    if (!st && of->look->png && of->frame)
        st = note_place(p, stem.data, err);
    if (!st && of->look->pdf)
        st = write_one(p, of, stem.data, "pdf", fonts, NULL, err);
    if (!st && of->look->svg)
        st = write_one(p, of, stem.data, "svg", fonts, d ? &d->svg : NULL, err);
    hz_text_free(&stem);
    return st;
}

hz_status project_words(project *p, const picture_files *of, const hz_text *alt,
                        const hz_text *caption, hz_error *err)
{
    char end[40];
    snprintf(end, sizeof end, "alt.%s.txt", language_code(of->language));
    hz_status st = project_text(p, of->room, of->name, end, alt, err);
    snprintf(end, sizeof end, "caption.%s.md", language_code(of->language));
    return st ? st : project_text(p, of->room, of->name, end, caption, err);
}
