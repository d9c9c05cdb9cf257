/* hotzone verify: do I get the same again? */
#include <stdio.h>

#include "cli/opt.h"
#include "cli/stop.h"
#include "hotzone/file.h"
#include "hotzone/mem.h"
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

static void report_findings(const hz_verify_found *found, const hz_text *report, bool quiet)
{
    fputs(hz_text_get(report), stdout);
    if (!quiet) {
        printf("%zu inputs checked, %zu outputs made again: %zu difference%s\n", found->inputs,
               found->outputs, found->differences, found->differences == 1 ? "" : "s");
        if (found->unchecked)
            printf("%zu input%s no hash that could be checked (services, or sensitive ones "
                   "without --key)\n", found->unchecked, found->unchecked == 1 ? " has" : "s have");
    }
    fflush(stdout);
}

static hz_status run(void *arguments, const session *s, hz_error *err)
{
    const args *a = arguments;
    const hz_notice quiet = { hush, NULL };
    hz_verify_opts opts = { .recipe = a->recipe, .key_file = a->key, .style = a->style,
                            .previous = a->previous.item, .previous_count = a->previous.count,
                            .stop = stop_asked };
    hz_verify_found found = { 0 };
    hz_text report = { 0 };
    char *place = NULL;
    hz_status st = hz_verify_place(&place, err);

    if (!st) {
        opts.place = place;
        st = stop_guard(hz_file_remove_dir, place, err);
    }
    if (!st) /* what the run says was said when it was made */
        st = hz_verify(a->manifest, &opts, &report, &found, s->verbose ? s->notice : &quiet, err);
    if (!st) {
        report_findings(&found, &report, s->quiet);
        if (found.differences)
            st = hz_fail(err, HZ_EDATA, "%s: %zu difference%s, expected none", a->manifest,
                         found.differences, found.differences == 1 ? "" : "s");
    }
    if (place)
        hz_file_remove_dir(place);
    hz_text_free(&report);
    hz_mem_free(place);
    return st;
}

const command cmd_verify = {
    "verify", "Do I get the same again?  Checks a run's inputs, makes it again, compares.",
    "hotzone verify output/copenhagen-2017/manifest.json", options, sizeof(args), &defaults, run
};
