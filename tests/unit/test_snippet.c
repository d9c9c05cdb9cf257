/* A picture's block shows the texts it was given, whatever marks they hold. */
#include "check.h"

#include "hotzone/mem.h"
#include "hotzone/snippet.h"

static const hz_snippet picture = { "maps/rates.pdf", "100% of \"A\" & {B}_#$", "~^\\\nx",
                                    "rates" };

TEST(latex_has_alternative_text_caption_and_label)
{
    hz_text text = { 0 };
    hz_snippet_latex(&picture, &text);
    CHECK_TEXT(hz_text_get(&text),
               "\\begin{figure}\n  \\centering\n  \\includegraphics[width=\\linewidth,\n"
               "    alt={100\\% of \"A\" \\& \\{B\\}\\_\\#\\$}]{maps/rates.pdf}\n"
               "  \\caption{\\textasciitilde{}\\textasciicircum{}\\textbackslash{} x}\n"
               "  \\label{fig:rates}\n\\end{figure}\n");
    hz_text_free(&text);
}

/* pdfLaTeX stops at a character that no font of its own has. */
TEST(latex_sets_signs_of_mathematics_as_such_in_captions)
{
    const hz_snippet signs = { "a.pdf", "q \u2264 1", "q \u2264 0,05; \u22122; \u03c7²; a < b", "a" };
    hz_text text = { 0 };
    hz_snippet_latex(&signs, &text);
    CHECK(strstr(text.data, "alt={q \u2264 1}"));
    CHECK(strstr(text.data, "\\caption{q \\ensuremath{\\leq} 0,05; \\ensuremath{-}2; "
                            "\\ensuremath{\\chi}²; a \\ensuremath{<} b}"));
    hz_text_free(&text);
}

/* TeX's fonts make a dash of "--", inverted marks of "?`" and quotes of ",,". */
TEST(latex_draws_no_two_characters_as_one)
{
    const hz_snippet pairs = { "a.pdf", "a -- b", "-- --- '' ?` !` ,, `` a-b ,'", "a" };
    hz_text text = { 0 };
    hz_snippet_latex(&pairs, &text);
    CHECK(strstr(text.data, "alt={a -- b}"));
    CHECK(strstr(text.data, "\\caption{-{}- -{}-{}- '{}' ?{}` !{}` ,{}, `{}` a-b ,'}"));
    hz_text_free(&text);
}

TEST(typst_has_alternative_text_caption_and_label)
{
    hz_text text = { 0 };
    hz_snippet_typst(&picture, &text);
    CHECK_TEXT(hz_text_get(&text),
               "#figure(\n  image(\"maps/rates.pdf\", width: 100%,\n"
               "    alt: \"100% of \\\"A\\\" & {B}_#$\"),\n"
               "  caption: \"~^\\\\ x\",\n) <fig-rates>\n");
    hz_text_free(&text);
}

TEST(without_memory_a_block_is_marked_as_failed)
{
    hz_text text = { 0 };
    hz_mem_fail_at(1);
    hz_snippet_latex(&picture, &text);
    hz_mem_fail_at(0);
    CHECK(text.failed);
    hz_text_free(&text);
}

RUN_TESTS(T(latex_has_alternative_text_caption_and_label),
          T(latex_sets_signs_of_mathematics_as_such_in_captions),
          T(latex_draws_no_two_characters_as_one), T(typst_has_alternative_text_caption_and_label),
          T(without_memory_a_block_is_marked_as_failed))
