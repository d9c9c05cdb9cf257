/* Plays a scene to a file, in the format that the file's name asks for. */
#include "map/ink.h"

#include <string.h>
#include <strings.h>

#include "hotzone/file.h"

static const char *extension(const char *path)
{
    const char *slash = strrchr(path, '/'), *dot = strrchr(slash ? slash : path, '.');
    return dot ? dot : "";
}

hz_status hz_ink_write(const hz_scene *scene, hz_fonts *fonts, const char *path,
                       const hz_ink_opts *opts, hz_error *err)
{
    const char *format = extension(path);
    double dpi = opts && opts->dpi != 0 ? opts->dpi : 300;
    const hz_ink_frame *frame = opts ? opts->frame : NULL;
    hz_text bytes = { 0 };
    bool png = strcasecmp(format, ".png") == 0;
    hz_status st;

    st = hz_scene_check(scene, err);
    if (!st)
        st = hz_fonts_check(fonts, err); /* a sheet laid out by lost measures is no sheet */
    if (st) goto done;
    if (png)
        st = hz_ink_png(scene, fonts, path, dpi, &bytes, err);
    else if (strcasecmp(format, ".pdf") == 0)
        st = hz_ink_pdf(scene, fonts, path, &bytes, err);
    else if (strcasecmp(format, ".svg") == 0)
        st = hz_ink_svg(scene, fonts, path, &bytes, err);
    else
        st = hz_fail(err, HZ_EUSAGE, "%s: expected a name that ends in .png, .pdf or .svg", path);
    if (!st)
        st = hz_file_write(path, bytes.data, bytes.length, err);
    if (!st && png && frame)
        st = hz_ink_place(path, dpi, frame, err);
done:
    hz_text_free(&bytes);
    return st;
}

const char *hz_ink_version(void)
{
    return cairo_version_string();
}
