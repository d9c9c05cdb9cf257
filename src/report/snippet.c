/* Writes the blocks that put a picture into LaTeX or Typst. */
#include "hotzone/snippet.h"

#include <string.h>

/* No text may begin or end a block of its own: breaks and other control characters are blanks. */
static bool is_blank(char c)
{
    return (unsigned char)c < 0x20 || c == 0x7F;
}

/* Characters of our captions that pdfLaTeX has no letter for. */
static const struct {
    const char *from, *to;
} signs[] = {
    { "\u2264", "\\leq" }, { "\u2265", "\\geq" }, { "\u2212", "-" }, { "\u221e", "\\infty" },
    { "\u03c6", "\\varphi" }, { "\u03c7", "\\chi" }, { "<", "<" }, { ">", ">" },
};

/* Bytes of the sign at p, set as mathematics; 0 if there is none. */
static size_t add_sign(hz_text *out, const char *p)
{
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        size_t n = strlen(signs[i].from);
        if (strncmp(p, signs[i].from, n) == 0) {
            hz_text_addf(out, "\\ensuremath{%s}", signs[i].to);
            return n;
        }
    }
    return 0;
}

/* Does c end what TeX's fonts would draw as one other sign with the character before it? */
static bool is_ligature(char before, char c)
{
    return (before == c && strchr("-,'`", c)) || (c == '`' && (before == '!' || before == '?'));
}

/* `set`: for print; an alternative text is only read. */
static void add_latex(hz_text *out, const char *text, bool set)
{
    for (const char *p = text; *p; p++) {
        size_t sign = set ? add_sign(out, p) : 0;
        if (sign) {
            p += sign - 1;
            continue;
        }
        switch (*p) {
        case '\\': hz_text_add(out, "\\textbackslash{}"); break;
        case '~': hz_text_add(out, "\\textasciitilde{}"); break;
        case '^': hz_text_add(out, "\\textasciicircum{}"); break;
        case '#': case '$': case '%': case '&': case '_': case '{': case '}':
            hz_text_addf(out, "\\%c", *p);
            break;
        default:
            if (set && p > text && is_ligature(p[-1], *p))
                hz_text_add(out, "{}");
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
    add_latex(out, picture->alt, false);
    hz_text_addf(out, "}]{%s}\n  \\caption{", picture->path);
    add_latex(out, picture->caption, true);
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
