/* hotzone verify: do I get the same again? */
#include <stdio.h>

#include "cli/opt.h"
#include "hotzone/verify.h"

typedef struct {
    const char *manifest, *recipe, *key, *style;
    opt_list previous;
} args;

static const args defaults = { 0 };

#define AT(member) offsetof(args, member)
static const opt options[] = {
    { 0, "manifest", "MANIFEST", OPT_OPERAND, AT(manifest), "manifest.json of a run" },
    { 0, "recipe", "FILE", OPT_TEXT, AT(recipe), "the project file, if it is not where it was" },
    { 0, "style", "FILE", OPT_TEXT, AT(style), "the style file that the run was given" },
    { 0, "key", "FILE", OPT_TEXT, AT(key), "of the hashes of sensitive inputs" },
    { 0, "previous", "DIR", OPT_LIST, AT(previous),
      "an earlier release that the run was given; may be given again" },
    { 0, NULL, NULL, OPT_FLAG, 0, NULL }
};

static void hush(hz_notice_kind kind, const char *text, void *user)
{
    (void)kind;
    (void)text;
    (void)user;
}

static hz_status run(void *arguments, const session *s, hz_error *err)
{
    const args *a = arguments;
    const hz_verify_opts opts = { a->recipe, a->key, a->style, a->previous.item,
                                  a->previous.count };
    const hz_notice quiet = { hush, NULL };
    hz_verify_found found = { 0 };
    hz_text report = { 0 };
    /* what the run says was said when it was made */
    hz_status st = hz_verify(a->manifest, &opts, &report, &found, s->verbose ? s->notice : &quiet,
                             err);
    if (!st) {
        fputs(hz_text_get(&report), stdout);
        if (!s->quiet) {
            printf("%zu inputs checked, %zu outputs made again: %zu difference%s\n", found.inputs,
                   found.outputs, found.differences, found.differences == 1 ? "" : "s");
            if (found.unchecked)
                printf("%zu inputs have no hash that could be checked (services, or sensitive "
                       "ones without --key)\n", found.unchecked);
        }
        fflush(stdout);
        if (found.differences)
            st = hz_fail(err, HZ_EDATA, "%s: %zu difference%s, expected none", a->manifest,
                         found.differences, found.differences == 1 ? "" : "s");
    }
    hz_text_free(&report);
    return st;
}

const command cmd_verify = {
    "verify", "Do I get the same again?  Checks a run's inputs, makes it again, compares.",
    "hotzone verify output/copenhagen-2017/manifest.json", options, sizeof(args), &defaults, run
};
