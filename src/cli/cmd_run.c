/* hotzone run: a project file to tables, maps, layers and reports. */
#include <stdio.h>

#include "cli/opt.h"
#include "cli/stop.h"
#include "hotzone/run.h"

typedef struct {
    const char *recipe, *output, *key, *style;
    opt_list previous;
} args;

static const args defaults = { 0 };

static const opt options[] = {
    { 0, "project", "PROJECT.yaml", OPT_OPERAND, offsetof(args, recipe), "the project file" },
    { 'o', "output", "DIR", OPT_TEXT, offsetof(args, output), "directory to write to" },
    { 0, "style", "FILE", OPT_TEXT, offsetof(args, style), "style file over those of the project" },
    { 0, "key", "FILE", OPT_TEXT, offsetof(args, key), "keys the hashes of sensitive inputs" },
    { 0, "previous", "DIR", OPT_LIST, offsetof(args, previous),
      "an earlier release about the same events, audited with this one; may be given again" },
    { 0, NULL, NULL, OPT_FLAG, 0, NULL }
};

static hz_status run(void *arguments, const session *s, hz_error *err)
{
    const args *a = arguments;
    const hz_run_opts opts = { .key_file = a->key, .style = a->style,
                               .previous = a->previous.item, .previous_count = a->previous.count,
                               .stop = stop_asked };
    hz_text summary = { 0 };
    hz_status st;

    if (!a->output || !*a->output)
        return hz_fail(err, HZ_EUSAGE, "run: expected -o DIR, a directory to write to");
    st = stop_guard(hz_run_clear, a->output, err);
    if (!st)
        st = hz_run(a->recipe, a->output, &opts, &summary, s->notice, err);
    if (!st && !s->quiet)
        fputs(hz_text_get(&summary), stdout);
    hz_text_free(&summary);
    return st;
}

const command cmd_run = {
    "run", "The whole job: tables, maps, layers and reports from a project file.",
    "hotzone run geodata/copenhagen/2017.yaml -o output/copenhagen-2017",
    options, sizeof(args), &defaults, run
};
