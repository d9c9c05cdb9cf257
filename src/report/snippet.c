/* Writes the blocks that put a picture into LaTeX or Typst. */
#include "hotzone/snippet.h"

#include <string.h>

/* No text may begin or end a block of its own: breaks and other control characters are blanks. */
static bool is_blank(char c)
{
    return (unsigned char)c < 0x20 || c == 0x7F;
}

static void add_latex(hz_text *out, const char *text)
{
    for (const char *p = text; *p; p++) {
        switch (*p) {
        case '\\': hz_text_add(out, "\\textbackslash{}"); break;
        case '~': hz_text_add(out, "\\textasciitilde{}"); break;
        case '^': hz_text_add(out, "\\textasciicircum{}"); break;
        case '#': case '$': case '%': case '&': case '_': case '{': case '}':
            hz_text_addf(out, "\\%c", *p);
            break;
        default:
            hz_text_add_n(out, is_blank(*p) ? " " : p, 1);
        }
    }
}

static void add_string(hz_text *out, const char *text)
{
    hz_text_add(out, "\"");
    for (const char *p = text; *p; p++) {
        if (*p == '"' || *p == '\\')
            hz_text_add(out, "\\");
        hz_text_add_n(out, is_blank(*p) ? " " : p, 1);
    }
    hz_text_add(out, "\"");
}

void hz_snippet_latex(const hz_snippet *picture, hz_text *out)
{
    hz_text_add(out, "\\begin{figure}\n  \\centering\n  \\includegraphics[width=\\linewidth,\n"
                     "    alt={");
    add_latex(out, picture->alt);
    hz_text_addf(out, "}]{%s}\n  \\caption{", picture->path);
    add_latex(out, picture->caption);
    hz_text_addf(out, "}\n  \\label{fig:%s}\n\\end{figure}\n", picture->label);
}

void hz_snippet_typst(const hz_snippet *picture, hz_text *out)
{
    hz_text_add(out, "#figure(\n  image(");
    add_string(out, picture->path);
    hz_text_add(out, ", width: 100%,\n    alt: ");
    add_string(out, picture->alt);
    hz_text_add(out, "),\n  caption: ");
    add_string(out, picture->caption);
    hz_text_addf(out, ",\n) <fig-%s>\n", picture->label);
}
