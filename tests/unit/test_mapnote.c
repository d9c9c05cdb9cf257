/* The facts beside a map: what a note holds, and what it withholds where areas are hidden. */
#include "check.h"

#include <unistd.h>

#include "hotzone/file.h"
#include "hotzone/mapnote.h"
#include "hotzone/mem.h"

static hz_error err;

/* The text of the note; free with hz_mem_free. */
static char *note_of(const hz_sheet_facts *facts, const hz_fate *fate, bool made_up)
{
    char path[64], *text = NULL;
    size_t n = 0;
    hz_look look;
    hz_look_default(&look);
    hz_mapnote note = { .name = "rates", .analysis = "burglary", .crs = "EPSG:25832",
                        .facts = facts, .look = &look, .fate = fate, .made_up = made_up };
    snprintf(path, sizeof path, "/tmp/hotzone-note-%ld.json", (long)getpid());
    if (!hz_mapnote_write(&note, path, &err))
        hz_file_read(path, 1 << 20, &text, &n, &err);
    unlink(path);
    hz_look_clear(&look);
    return text;
}

TEST(a_note_names_map_analysis_limits_and_fate)
{
    const hz_fate fate = { .read = 31, .placed = 27, .outside = 4 };
    const hz_sheet_facts facts = { .breaks = { 2, { 12.5 }, 3.25, 53.75, { 4, 7 }, 0.9, 1 },
                                   .scale = 150000, .dropped = "Husum", .dropped_count = 1 };
    char *text = note_of(&facts, &fate, true);
    CHECK(text);
    CHECK(strstr(text, "\"map\": \"rates\"") && strstr(text, "\"analysis\": \"burglary\""));
    CHECK(strstr(text, "\"made_up\": true") && strstr(text, "EPSG:25832"));
    CHECK(strstr(text, "12.5") && strstr(text, "53.75") && strstr(text, "Husum"));
    CHECK(strstr(text, "\"read\": 31") && strstr(text, "\"outside\": 4"));
    hz_mem_free(text);
    text = note_of(&facts, NULL, false);
    CHECK(text && strstr(text, "\"events\": null") && strstr(text, "\"made_up\": false"));
    hz_mem_free(text);
}

TEST(what_hidden_areas_could_be_told_by_is_withheld)
{
    const hz_fate fate = { .read = 31, .placed = 27, .outside = 4 };
    const hz_sheet_facts facts = { .breaks = { 2, { 12.5 }, 3.25, 53.75, { 4, 7 }, 0.9, 1 },
                                   .scale = 150000, .hidden = 1 };
    char *text = note_of(&facts, &fate, false);
    CHECK(text);
    CHECK(!strstr(text, "53.75") && !strstr(text, "3.25") && !strstr(text, "27"));
    CHECK(strstr(text, "\"placed\": null"));
    hz_mem_free(text);
}

RUN_TESTS(T(a_note_names_map_analysis_limits_and_fate),
          T(what_hidden_areas_could_be_told_by_is_withheld))
