/* Finds what earlier releases told of residents. */
#include <string.h>
#include <sys/stat.h>

#include "hotzone/file.h"
#include "hotzone/focusing.h"
#include "hotzone/manifest.h"
#include "hotzone/mem.h"
#include "hotzone/residents_file.h"
#include "hotzone/text.h"

void hz_residents_earlier_clear(hz_residents_earlier *earlier)
{
    for (size_t i = 0; i < earlier->n; i++)
        hz_residents_release_clear(&earlier->item[i]);
    hz_mem_free(earlier->item);
    memset(earlier, 0, sizeof *earlier);
}

/* @param found  as hz_residents_release_read */
static hz_status add_file(hz_residents_earlier *earlier, const char *path, bool *found, hz_error *err)
{
    hz_residents_release *more = hz_mem_resize(earlier->item, earlier->n + 1, sizeof *more);
    if (!more)
        return hz_mem_fail(err, path);
    earlier->item = more;
    more[earlier->n] = (hz_residents_release){ 0 };
    hz_status st = hz_residents_release_read(path, &more[earlier->n], found, err);
    if (!st && (!found || *found))
        earlier->n++;
    return st;
}

static bool is_table(const char *path)
{
    size_t n = strlen(path);
    return strncmp(path, "tables/", 7) == 0 && n > 5 && strcmp(path + n - 5, ".json") == 0;
}

static hz_status add_output(hz_residents_earlier *earlier, const char *manifest,
                            const hz_manifest_file *out, hz_error *err)
{
    bool found;
    char *full = hz_file_beside(manifest, out->path);
    hz_status st = full ? hz_manifest_check_output(full, out, err) : hz_mem_fail(err, manifest);
    if (!st)
        st = add_file(earlier, full, &found, err);
    hz_mem_free(full);
    return st;
}

static hz_status add_directory(hz_residents_earlier *earlier, const char *path, hz_error *err)
{
    hz_manifest_facts facts = { 0 };
    hz_text name = { 0 };
    hz_text_addf(&name, "%s/manifest.json", path);
    hz_status st = name.failed ? hz_mem_fail(err, path)
                               : hz_manifest_read(hz_text_get(&name), &facts, err);
    for (size_t i = 0; !st && i < facts.output_count; i++)
        if (is_table(facts.outputs[i].path))
            st = add_output(earlier, hz_text_get(&name), &facts.outputs[i], err);
    if (facts.tree)
        hz_manifest_facts_free(&facts);
    hz_text_free(&name);
    return st;
}

hz_status hz_residents_earlier_add(hz_residents_earlier *earlier, const char *path, hz_error *err)
{
    struct stat info;
    bool directory = stat(path, &info) == 0 && S_ISDIR(info.st_mode);
    return directory ? add_directory(earlier, path, err) : add_file(earlier, path, NULL, err);
}
