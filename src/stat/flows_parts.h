/* What the parts of flows share: journeys, atoms and figures. */
#ifndef STAT_FLOWS_PARTS_H
#define STAT_FLOWS_PARTS_H

#include <stdint.h>

#include "hotzone/flows.h"

/** One event with its person: where from, where to, how far. */
typedef struct {
    uint32_t home, place;  /* of the places */
    uint32_t band;         /* `bands + 1`: no distance */
    uint32_t person;       /* a number of no meaning; journeys stand in its order */
    double count;          /* 1, or a pair's */
} journey;

/** Rows of events by what became of them; they add up to all rows. */
enum { READ_JOURNEY, READ_NO_KEY, READ_NO_PLACE, READ_OTHER, READ_REFUSED, READS };

/** Places after the areas. */
enum { TOWNS, ELSEWHERE, UNKNOWN, BEYOND };

typedef struct {
    const hz_flows_input *in;
    const hz_notice *notice;
    hz_error *err;
    size_t areas, places;
    char **id, **name;        /* of the areas; ours */
    unsigned char *inside;    /* areas of the focus */
    bool has[BEYOND];         /* does the place exist? */
    uint32_t code[BEYOND];    /* its number; none: one that no place has */
    journey *journeys;
    size_t n, persons;
    double read[READS];

    size_t atoms;
    journey *atom;            /* person is not used; home NOT_A_JOURNEY: place is a reading */
    size_t *atom_of;          /* of each journey; SIZE_MAX: counts nothing */
    size_t figures, pairs;    /* pairs come first */
    size_t released;          /* figures but for the number of rows read, the last: it is told only
                               * where it is a sum of what is shown, and then needs no guard */
    size_t *pair_of;          /* places * places: figure, or SIZE_MAX */
    struct figure { int kind; uint32_t a, b; } *figure;
    size_t *first;
    uint32_t *list;
    double *value, *shown;    /* figures; NaN: hidden */
    unsigned char *hidden, *few; /* few: figures, then atoms */
    double deff[HZ_FLOWS_SHARES]; /* design effects */
    double band_deff[HZ_FLOWS_BANDS_MOST + 1];
    hz_flows out;
} flows_work;

#define NOT_A_JOURNEY UINT32_MAX

/** Kinds of figures; `a` and `b` are places, a band or a reading. */
enum { FIGURE_PAIR, FIGURE_FROM, FIGURE_TO, FIGURE_ALL, FIGURE_KNOWN, FIGURE_STAY, FIGURE_LIVING,
       FIGURE_FOCUS_BOTH, FIGURE_FOCUS_TO, FIGURE_FOCUS_FROM, FIGURE_BAND, FIGURE_LOCATED,
       FIGURE_READING, FIGURE_READ };

const char *flows_id(const flows_work *w, uint32_t place);
const char *flows_name(const flows_work *w, uint32_t place);

/** Who went where: from residents and events by key, or from pairs. */
hz_status flows_join(flows_work *w);
hz_status flows_read_pairs(flows_work *w);
/** Pairs without areas: the names in them, sorted, become the areas. */
hz_status flows_name_pairs(flows_work *w);
/** Which places beyond the areas the pairs name. */
hz_status flows_find_beyond(flows_work *w);

/** Add journeys up to atoms and figures, and hide or round. */
hz_status flows_release(flows_work *w);
/** The figure as shown, 0 where it has no atoms. */
double flows_shown(const flows_work *w, int kind, uint32_t a, uint32_t b);
/** Does a figure count this journey? */
bool flows_takes(const flows_work *w, const struct figure *f, const journey *j);

/** The tables and shares of what may be shown. */
hz_status flows_tell(flows_work *w);

#endif
