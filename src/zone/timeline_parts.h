/* A timeline from inside: zones as arrays, and the steps of its making. */
#ifndef ZONE_TIMELINE_PARTS_H
#define ZONE_TIMELINE_PARTS_H

#include "hotzone/timeline.h"
#include "hotzone/validity.h"

typedef enum {
    ZONE_OK = 0,
    ZONE_NO_POLYGON,  /* in force, but nowhere */
    ZONE_BAD_START,   /* these three are never in force */
    ZONE_BAD_END,
    ZONE_REVERSED
} zone_state;

/* A column of times: which are moments, which are days, which are none. */
enum { MOMENT_OK = 0, MOMENT_EMPTY, MOMENT_BAD };
typedef struct {
    hz_time *when;
    unsigned char *whole_day, *state; /* state: MOMENT_... */
} moments;

/** Free with moments_free, after a failure too. */
hz_status moments_read(const hz_layer *layer, int column, const char *format, moments *m,
                       hz_error *err);
void moments_free(moments *m);
/** Columns of start and end, -1 where there is none; both have to be there if `needed`. */
hz_status timeline_validity_columns(const hz_layer *layer, const char *from, const char *until,
                                    bool needed, int *start, int *end, hz_error *err);
/** HZ_EUSAGE that names the nearest column there is. */
hz_status timeline_no_column(const hz_layer *layer, const char *name, hz_error *err);

#define ZONE_NONE ((size_t)-1)

typedef struct {
    size_t row;             /* of the source */
    zone_state state;
    hz_time from, until;    /* local; HZ_TIME_NONE: open */
    int64_t starts, ends;   /* UTC; INT64_MIN and INT64_MAX: open */
    double m2;              /* NaN without a polygon */
    double days_observed;   /* NaN without a window */
    double events, part;    /* NaN where there can be none */
    int64_t last_before;    /* UTC of the last event inside before the start, or INT64_MIN */
    size_t renews;          /* number of the zone before, or ZONE_NONE */
    double iou, shared_m2;  /* with it */
    const char *id, *name;  /* lent; id is `number` where `numbered` */
    bool numbered;
    char number[32];
} zone_time;

typedef struct {
    const hz_layer *layer;
    const hz_timeline_opts *opts;
    size_t n;
    zone_time *zone;        /* by start, unusable ones last */
    const double *residents;/* rows of the source, or NULL */
    hz_shapes *shapes;      /* metres, features as the source's rows */
} zone_times;

/** Columns and dates of the zones, their areas, in order of start.  Free with zone_times_free. */
hz_status zone_times_read(const hz_layer *zones, const hz_timeline_opts *opts, zone_times *out,
                          size_t *unusable, const hz_notice *notice, hz_error *err);
void zone_times_free(zone_times *z);
static inline bool zone_in_force(const zone_time *z)
{
    return z->state <= ZONE_NO_POLYGON;
}

/** Events to zones: fills events, part and last_before of the zones, the fates and the window. */
hz_status timeline_match(zone_times *z, const hz_layer *events, hz_timeline *out, hz_error *err);
/** Which zone each one renews, and how far the two overlap. */
hz_status timeline_chain(zone_times *z, hz_error *err);
/** The table of spans. */
hz_status timeline_steps(const zone_times *z, hz_layer **out, hz_error *err);

/** "2017-06-14 12:00", always with the time of day; "" for HZ_TIME_NONE. */
char *timeline_time(char *buf, size_t size, hz_time when);

#endif
