/* Ready blocks that put a picture of a run into LaTeX or Typst. */
#ifndef HOTZONE_SNIPPET_H
#define HOTZONE_SNIPPET_H

#include "hotzone/text.h"

#ifdef __cplusplus
extern "C" {
#endif

/** A picture for another document; all lent, all plain UTF-8. */
typedef struct {
    const char *path;     /* as that document finds it */
    const char *alt;      /* alternative text */
    const char *caption;
    const char *label;    /* letters a-z, digits, '-', '_' and '.' */
} hz_snippet;

/**
 * Add a `figure` environment: \includegraphics with the key `alt` (graphicx of 2021 or later),
 * \caption and \label{fig:LABEL}.  Marks of LaTeX are escaped; other characters stand as they
 * are, which LuaLaTeX and XeLaTeX print.  O(n); fails only as a text does.
 */
HZ_API void hz_snippet_latex(const hz_snippet *picture, hz_text *out);
/** Add a `#figure` with `image`, `alt`, `caption` and <fig-LABEL>; texts stand as strings, in which
 *  Typst sees no marks.  O(n). */
HZ_API void hz_snippet_typst(const hz_snippet *picture, hz_text *out);

#ifdef __cplusplus
}
#endif
#endif
