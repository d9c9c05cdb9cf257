/* Opens whatever a user names: a CSV by our own scanner, the rest by GDAL. */
#ifndef HOTZONE_SOURCE_H
#define HOTZONE_SOURCE_H

#include <stdbool.h>
#include <stddef.h>

#include "hotzone/layer.h"
#include "hotzone/notice.h"
#include "hotzone/status.h"

#ifdef __cplusplus
extern "C" {
#endif

/** How to read a source; all zero is right for most. */
typedef struct {
    const char *x, *y;     /* coordinate columns of a table; NULL: by the usual names */
    const char *crs;       /* NULL: as the source says; lon/lat names mean EPSG:4326 */
    bool override_crs;     /* take `crs` even where the source names another */
    bool no_shapes;        /* read a table as a table: no coordinates wanted */
    char delimiter;        /* 0: found out */
    char decimal;          /* 0: found out */
    const char *encoding;  /* NULL: UTF-8, else Latin-1 with a warning; or "UTF-8", "ISO-8859-1" */
    const char *const *only; /* names of the columns wanted, or NULL: all */
    size_t only_count;
    bool only_if_there;    /* names of `only` that the source lacks are passed over */
} hz_source_opts;

/** A source string as QGIS writes it, taken apart: `PATH|layername=A|subset=year = 2017`
 *  (also `|layerid=N`).  Texts are ours; free with hz_source_free. */
typedef struct {
    char *path;
    char *layer;  /* NULL: the only one */
    int layer_id; /* -1: not given */
    char *subset; /* SQL where clause, or NULL */
} hz_source;

/**
 * Take a source string apart.  Keys are read whatever their case, each at most once.  A subset
 * may hold `|` itself: it ends at the next `|` only where a known key and `=` follow.  The path
 * may be anything GDAL knows (`PG:`, `WFS:`, `OAPIF:`, `/vsizip/`).
 *
 * @return HZ_EUSAGE for an unknown key (nearest suggested), an empty path or value, or a
 *         layer named twice; HZ_EMEMORY
 */
HZ_API hz_status hz_source_parse(const char *text, hz_source *out, hz_error *err);
/** Free the texts; the struct is then empty.  NULL is allowed. */
HZ_API void hz_source_free(hz_source *source);
/** Is it read by our CSV scanner (.csv .tsv .txt in any case, no /vsi and no `XY:` before it)? */
HZ_API bool hz_source_is_csv(const hz_source *source);

/**
 * Read a source into a layer.  A CSV gets points from its coordinate columns if it has any (rows
 * without coordinates are kept, with NaN points); other sources get what they are.
 *
 * @return HZ_EIO if it cannot be opened (with the layers it has, where the layer is at
 *         fault), HZ_EFORMAT if it is not what it claims, HZ_EUSAGE for a bad source
 *         string or column name (nearest suggested), HZ_EMEMORY
 */
HZ_API hz_status hz_source_read(const char *text, const hz_source_opts *opts, hz_layer **out,
                                const hz_notice *notice, hz_error *err);

/** As above, but HZ_EFORMAT unless all shapes are of this kind, naming feature and kind found.
 *  Polygons are mended. */
HZ_API hz_status hz_source_read_kind(const char *text, const hz_source_opts *opts,
                                     hz_shape_kind kind, hz_layer **out,
                                     const hz_notice *notice, hz_error *err);

/** HZ_EFORMAT unless the shapes of a layer are of this kind. */
HZ_API hz_status hz_source_need_kind(const hz_layer *layer, hz_shape_kind kind, hz_error *err);

/** Repair polygons whose rings cross themselves, which would count events wrongly, and warn of
 *  them; other shapes and layers without any stay as they are.  HZ_EDATA if GEOS gives up. */
HZ_API hz_status hz_source_mend(hz_layer *layer, const hz_notice *notice, hz_error *err);
/** As above; sets which[row] to 1 for those repaired, of a flag per row that was 0 before. */
HZ_API hz_status hz_source_mend_told(hz_layer *layer, unsigned char *which,
                                     const hz_notice *notice, hz_error *err);

#ifdef __cplusplus
}
#endif
#endif
