/* Makes the synthetic city's files in geodata/copenhagen.
 *
 *   synthetic SEED AREAS POPULATION WATER OUTDIR
 *
 * writes events-synthetic.csv, residents-synthetic.csv, truth-synthetic.json and flows-*-synthetic.csv
 * to OUTDIR. */
#include "city.h"

#include <stdio.h>
#include <string.h>

#include "hotzone/file.h"
#include "hotzone/mem.h"

static const struct {
    const char *name;
    void (*add)(const city *made, hz_text *out);
} files[] = {
    { "events-synthetic.csv", city_events_csv },
    { "residents-synthetic.csv", city_residents_csv },
    { "truth-synthetic.json", city_truth_json },
    { "flows-homes-synthetic.csv", city_homes_csv },
    { "flows-events-synthetic.csv", city_solved_csv },
};

static hz_status write_files(const city *made, const char *dir, hz_error *err)
{
    hz_status st = HZ_OK;
    for (size_t i = 0; i < sizeof files / sizeof files[0] && !st; i++) {
        hz_text path = { 0 }, text = { 0 };
        hz_text_addf(&path, "%s/%s", dir, files[i].name);
        files[i].add(made, &text);
        if (path.failed || text.failed)
            st = hz_mem_fail(err, files[i].name);
        else
            st = hz_file_write(path.data, text.data, text.length, err);
        hz_text_free(&path);
        hz_text_free(&text);
    }
    return st;
}

int main(int argc, char **argv)
{
    hz_error err = { 0 };
    city *made = NULL;
    double seed;
    if (argc != 6 || !hz_number_parse(argv[1], strlen(argv[1]), '.', &seed) || seed < 0 ||
        seed > 0x1p53) {
        fputs("usage: synthetic SEED AREAS POPULATION WATER OUTDIR\n", stderr);
        return 2;
    }
    hz_status st = city_make((uint64_t)seed, argv[2], argv[3], argv[4], &made, &err);
    if (!st)
        st = write_files(made, argv[5], &err);
    if (st)
        fprintf(stderr, "synthetic: %s\n", err.text);
    city_free(made);
    return st ? 1 : 0;
}
