/* Reads the option --neighbours and the file that it may name. */
#include "cli/neighbours.h"

#include "hotzone/weights_file.h"

hz_status neighbours_take(const char *text, neighbours_asked *out, hz_error *err)
{
    if (hz_neighbours_parse(text, &out->how, &out->path, &out->gwt, err))
        return hz_fail_within(err, "--neighbours");
    return HZ_OK;
}

hz_status neighbours_standardise(const neighbours_asked *asked, const char *word, bool rows,
                                 hz_weights_use *out, hz_error *err)
{
    if (hz_neighbours_standardise(&asked->how, word, rows, out, err))
        return hz_fail_within(err, "--standardise");
    return HZ_OK;
}

hz_status neighbours_read(neighbours_asked *asked, const hz_layer *areas, const char *id,
                          const hz_notice *notice, hz_error *err)
{
    if (!asked->path)
        return HZ_OK;
    hz_status st = hz_weights_read(asked->path, asked->gwt, areas, id, &asked->links, notice, err);
    asked->how.links = asked->links;
    return st;
}

void neighbours_clear(neighbours_asked *asked)
{
    hz_csr_free(asked->links);
    *asked = (neighbours_asked){ 0 };
}
