/* A comparison from inside: what was counted, and tables under construction. */
#ifndef ZONE_DISPLACE_PARTS_H
#define ZONE_DISPLACE_PARTS_H

#include "hotzone/displace.h"

enum { AREAS_MOST = HZ_DISPLACE_RINGS_MOST + 3 };

/* What is counted, by period and area. */
typedef struct {
    const hz_layer *areas;
    const hz_displace_opts *opts;
    size_t n, rings;                 /* areas: zone, rings, control, perhaps ring control */
    double count[HZ_DISPLACE_PERIODS][AREAS_MOST];
    const double *km2, *residents;   /* residents: or NULL */
    double days[HZ_DISPLACE_PERIODS], years[HZ_DISPLACE_PERIODS];
} displace_work;

enum { TABLE_COLUMNS = 24, TABLE_ROWS = 64 };

/* A table under construction: columns by name, NaN or "" where nothing is set. */
typedef struct {
    size_t rows, numbers, texts;
    const char *number_name[TABLE_COLUMNS], *text_name[TABLE_COLUMNS];
    double number[TABLE_COLUMNS][TABLE_ROWS];
    char text[TABLE_COLUMNS][TABLE_ROWS][64];
} displace_table;

/** Set a field of the row under construction; what is not finite is blank. */
void displace_set_number(displace_table *t, const char *name, double value);
void displace_set_text(displace_table *t, const char *name, const char *value);
hz_status displace_take_table(const displace_table *t, const char *name, hz_layer **out,
                              hz_error *err);

/** The rows of one comparison, `then` against before. */
void displace_add_effects(const displace_work *w, int then, displace_table *t);

#endif
