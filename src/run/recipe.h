/* The project file, typed: what to read, what to work out, what to draw. */
#ifndef RUN_RECIPE_H
#define RUN_RECIPE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "hotzone/change.h"
#include "hotzone/cluster.h"
#include "hotzone/date.h"
#include "hotzone/doc.h"
#include "hotzone/evidence.h"
#include "hotzone/flows.h"
#include "hotzone/focus.h"
#include "hotzone/look.h"
#include "hotzone/rates.h"
#include "hotzone/ripley.h"
#include "hotzone/series.h"
#include "hotzone/sheet_periods.h"
#include "hotzone/status.h"
#include "hotzone/survey.h"
#include "hotzone/text.h"
#include "hotzone/units.h"

#define RECIPE_NONE ((size_t)-1)
enum { LANGUAGES = 2, RECIPE_SETS = 32, RECIPE_KINDS = 32, RECIPE_SIZES = 4, RECIPE_SERIES_MOST = 4,
       RECIPE_QUESTIONS = 32, RECIPE_CREDITS = 8, RECIPE_STYLES = 8, RECIPE_SIDES = 4,
       RECIPE_FILES = 64, RECIPE_ONLY = 64,
       RECIPE_LINES = 8, RECIPE_ZONES = 100, RECIPE_NAME = 220, RECIPE_HIDDEN_LEAST = 5 };

/* All texts are lent by the recipe's document. */

/** A text in each language; one that was given once serves for both. */
typedef struct {
    const char *in[LANGUAGES]; /* by hz_language; NULL: not given */
} words;

/** What every source has in common. */
typedef struct {
    const char *name;
    size_t line;               /* where it stands in the recipe */
    const char *source;        /* relative to the recipe */
    const char *x, *y, *crs;
    words title;               /* plural noun: districts, residents, reports */
    words credit;              /* publisher, year (licence) */
    words note;                /* a sentence that readers of its figures need */
    bool sensitive;            /* never leaves as points, small counts are hidden */
    bool made_up;
    bool several;              /* source is the first of several files */
} origin;

typedef struct {
    origin from;
    const char *id, *label;
    bool overlap;
    words place, place_in;     /* "København", "i København" */
} recipe_areas;

typedef struct {
    origin from;
    const char *key, *value, *year;
} recipe_population;

typedef struct {
    origin from;
    const char *also[RECIPE_FILES]; /* further files of the same columns, below the first */
    size_t also_count;
    bool ready_made;           /* counts per area rather than located events */
    const char *time, *time_format, *kind, *precision; /* of events */
    const char *key, *value, *year;                    /* of counts */
    words one;                 /* singular of title */
    bool public_points;        /* may be drawn where they lie */
} recipe_events;

typedef struct {
    origin from;
    const char *label;
} recipe_backdrop;             /* water, streets, outside, zones */

typedef struct {
    const char *name;
    size_t line;
    size_t events;             /* index of recipe_events */
    size_t areas[RECIPE_SETS], area_count;
    size_t population[RECIPE_SETS], population_count; /* first one is mapped */
    const char *kinds[RECIPE_KINDS];
    size_t kind_count;
    const char *period_text;   /* NULL: all time */
    hz_period period;
    int population_year;
    hz_rates_opts rates;
    bool own_per;              /* `per` is its own, not the style's */
    words noun, one;           /* what is counted; not given: the events' title */
    words title, note;
} recipe_analysis;

/** The panels of a map that shows one analysis several times over. */
typedef struct {
    bool on;                   /* else one map, and none of this is read */
    bool by_kind;              /* a panel for each of the analysis's kinds */
    hz_series_by by;           /* else the parts of `period`, unless some are listed */
    const char *period_text;   /* NULL: the analysis's */
    hz_period period;
    const char *text[HZ_SHEET_PERIODS_MOST]; /* listed */
    hz_period part[HZ_SHEET_PERIODS_MOST];
    size_t part_count;         /* 0: none are listed */
} recipe_panels;

typedef struct {
    const char *name;
    size_t line;
    size_t analysis, areas;    /* areas: index within the recipe */
    const char *sizes[RECIPE_SIZES];
    size_t size_count;
    bool draw_water, draw_streets, draw_outside, draw_zones, draw_events;
    recipe_panels panels;
    words title, subtitle, events_label;
    const hz_node *style;      /* NULL: none of its own */
} recipe_map;

typedef struct {
    const char *name;
    size_t line;
    size_t events, areas, population; /* RECIPE_NONE: without */
    const char *kinds[RECIPE_KINDS];
    size_t kind_count;
    const char *before_text, *after_text;
    hz_period before, after;
    const char *assume, *rate_column;
    double rate_per;
    hz_change_opts opts;
    words title, note;
} recipe_change;

typedef struct {
    origin from;
    hz_survey_opts opts;
    struct {
        const char *source;    /* a question as the source has it */
        words shown;
        size_t line;
    } questions[RECIPE_QUESTIONS];
    size_t question_count;
} recipe_survey;

typedef enum { RECIPE_FUNNEL = 0, RECIPE_SERIES, RECIPE_FUNCTION } recipe_chart_kind;

typedef struct {
    const char *name;
    size_t line;
    size_t analysis, areas;    /* areas: index within the recipe */
    recipe_chart_kind kind;
    const char *sizes[RECIPE_SIZES];
    size_t size_count;
    words title, subtitle;
    bool widen;                /* funnel: limits widened for over-dispersion */
    hz_series_by by;           /* series */
    const char *only[RECIPE_SERIES_MOST]; /* series: ids of areas; none: all together */
    size_t only_count;
    const char *period_text;   /* series and function; NULL: the analysis's */
    hz_period period;
    bool even;                 /* function: chance deals events evenly, else by residents */
    hz_edge edge;              /* and all below */
    size_t simulations;
    double reach_m;            /* 0: hz_pattern_opts's */
    const hz_node *style;      /* NULL: none of its own */
} recipe_chart;

/** One layer of the project's style. */
typedef struct {
    hz_doc *doc;               /* a style file of its own; NULL: it stands in the recipe */
    const hz_node *node;
    const char *file;          /* as the recipe names it; NULL: it stands in the recipe */
    size_t line;               /* of the recipe, that names it */
} recipe_style;

/** Where events cluster beyond chance. */
typedef struct {
    const char *name;
    size_t line;
    size_t events, areas, population; /* events: RECIPE_NONE with `value`; population: without */
    const char *value;         /* a column of the areas; NULL: events are counted */
    words noun;                /* what the column is */
    const char *kinds[RECIPE_KINDS];
    size_t kind_count;
    const char *period_text;   /* NULL: all time */
    hz_period period;
    int population_year;
    double cell;               /* metres; 0: the areas themselves are the units */
    const char *neighbours_text, *standardise; /* as the recipe says them; NULL: by the method */
    hz_neighbours neighbours;
    const char *links_file;    /* of weights, beside the recipe; NULL: none */
    bool gwt;
    hz_cluster_opts opts;
    bool scan, draw;           /* scan statistics too; a map */
    size_t replicates;         /* of the scan and of the concentration */
    double sides[RECIPE_SIDES];/* concentration by cells of these sides, metres */
    size_t side_count;
    recipe_map map;            /* sizes, what is drawn, title, style */
    words title, note;
} recipe_hotspots;

/** Registered people, of whom only figures that give nobody away leave a run. */
typedef struct {
    origin from, towns;        /* source NULL: none */
    const char *town_id, *town_name;
    double below, round;       /* hide 1 .. below-1; or, if not 0, round to multiples of this */
    bool merge_towns;          /* one figure for all towns */
    const char *date;          /* of the register, 2018-06-01; NULL: not told */
} recipe_residents;

/** Is a geographic focus too narrow? */
typedef struct {
    const char *name;
    size_t line;
    bool published;            /* two figures alone: nothing below but words and opts */
    double inside, total;
    size_t events, areas, population; /* population: RECIPE_NONE: without */
    const char *kinds[RECIPE_KINDS];
    size_t kind_count;
    const char *only[RECIPE_ONLY];    /* ids or names of its areas; none: polygons */
    size_t only_count;
    origin edge;               /* its polygons; source NULL: areas */
    const char *period_text, *earlier_text; /* NULL: all time; the first half */
    hz_period period, earlier;
    int population_year;
    const char *precision;     /* column; NULL: the events' own */
    bool by_given;
    hz_series_by by;
    hz_focus_opts opts;
    double per;                /* residents that the map's rates are given for */
    recipe_residents residents;
    bool draw;                 /* a map */
    recipe_map map;            /* sizes, what is drawn, title, style */
    words title, note, noun, one, label;
} recipe_focus;

/** Where people live and where their events are; all sources but towns are sensitive. */
typedef struct {
    bool given;
    const char *name;
    size_t line, areas;
    origin residents, events, pairs, towns; /* source NULL: none */
    const char *key, *event_key, *time, *time_format, *kind, *from, *to, *count; /* columns */
    const char *focus[RECIPE_ONLY], *kinds[RECIPE_KINDS];
    size_t focus_count, kind_count;
    const char *period_text;   /* NULL: all time */
    hz_period period;
    double band_m[HZ_FLOWS_BANDS_MOST];
    size_t band_count;
    double below, round, level; /* as of hz_flows_input */
    words title, note, noun, one;
} recipe_flows;

/** Polygons of zones, or their lists of streets; source NULL: none. */
typedef struct {
    origin from;
    const char *id, *label, *list, *valid_from, *valid_to; /* columns */
} recipe_zone_source;

typedef struct {
    const char *like;          /* id of a zone; NULL: no proposal */
    const char *earlier_text, *later_text;
    hz_period earlier, later;
    double cell;               /* metres; 0: blocks of streets */
    hz_budget_kind measure;    /* what it may have no more of than the zone it is like */
} recipe_proposal;

typedef struct {
    const char *name;
    size_t line;
    recipe_zone_source zones, boundaries, drawn;
    origin network;            /* streets that lists are of; source NULL: the recipe's own */
    const char *name_field;
    origin lines[RECIPE_LINES];
    const char *match[RECIPE_KINDS];
    size_t line_count, match_count;
    double gap;
    bool allow_gaps;
    const char *only[RECIPE_ZONES], *cards[RECIPE_ZONES]; /* ids */
    size_t only_count, card_count;
    bool all_cards;            /* not said which */
    const char *in_force_text;
    hz_period in_force;
    size_t events, areas[RECIPE_SETS], area_count, population, searches; /* RECIPE_NONE: without */
    const char *kinds[RECIPE_KINDS], *clock, *found;
    size_t kind_count;
    origin hot;                /* hotspots given; source NULL: looked for */
    origin zone_searches;      /* a table by zone, in place of `searches`; source NULL: none */
    const char *searches_zone, *searches_count, *searches_finds, *searches_date; /* its columns */
    bool while_in_force;       /* events count only while the zone was in force */
    const char *period_text[2];
    hz_period period[2];
    size_t periods;
    int population_year;
    double null, cell;
    uint64_t seed;
    bool timeline, compare, draw;
    recipe_proposal proposal;
    recipe_map map;            /* sizes, what is drawn, title, style */
    words title, note;
} recipe_zones;

typedef struct {
    hz_doc *doc;
    const char *path, *name;
    words title, subtitle, author, note;
    hz_language languages[LANGUAGES];
    size_t language_count;
    const char *crs, *date;
    recipe_areas areas[RECIPE_SETS];
    recipe_population population[RECIPE_SETS];
    recipe_events events[RECIPE_SETS];
    recipe_analysis analyses[RECIPE_SETS];
    recipe_map maps[RECIPE_SETS];
    recipe_chart charts[RECIPE_SETS];
    recipe_change changes[RECIPE_SETS];
    recipe_survey surveys[RECIPE_SETS];
    recipe_hotspots hotspots[RECIPE_SETS];
    recipe_focus focuses[RECIPE_SETS];
    recipe_flows flows;
    recipe_zones zone_cards[RECIPE_SETS];
    size_t area_count, population_count, event_count, analysis_count, map_count, chart_count,
        change_count, survey_count, hotspot_count, focus_count, zone_card_count;
    recipe_backdrop water, streets, outside, zones;   /* source NULL: none */
    recipe_style styles[RECIPE_STYLES];  /* one over the other, below a picture's own */
    size_t style_count;
    double hide_below;                   /* of the styles: for all tables; 0: none */
    size_t same[RECIPE_SETS];            /* of events: the first set that is of the same rows */
    double hide[RECIPE_SETS];            /* of events: counts of 1 .. under this are hidden; 0: none */
    recipe_style last;                   /* of the command line, over all; node NULL: none */
} recipe;

/**
 * Read a project file.  All its faults are reported at once, one per line, as HZ_EFORMAT, unless a
 * style file has any: then its own.
 * A recipe without `analyses` gets one per set of events; one without `maps` a map for each.
 *
 * @param style  a style file over all others, or NULL
 */
hz_status recipe_read(const char *path, const char *style, recipe **out, hz_error *err);
/** Lay the styles of a recipe over a look, with a picture's own (or NULL) before the last one; fails
 *  with their faults.  The look is fit for hz_look_clear in any case.  (styles.c) */
hz_status recipe_look(const recipe *r, const hz_node *own, hz_look *look, hz_error *err);
void recipe_free(recipe *r);
/** The k-th file of a set of events: 0 is its source, then the others. */
const char *recipe_file(const recipe_events *e, size_t k);
/** Do two sources read the same file, by whatever path? */
bool recipe_is_one_file(const recipe *r, const char *a, const char *b);
/** Are small counts of these events hidden, by whichever of their tables asks for it? */
bool recipe_hides(const recipe *r, size_t events); /* recipe_hiding.c */
/** Does one audit over all their tables decide what is hidden?  (Not of ready-made counts.) */
bool recipe_audits(const recipe *r, size_t events);
/** Is any source of an analysis by these areas made up?  Then all that shows it must say so. */
bool recipe_is_made_up(const recipe *r, size_t analysis, size_t areas);
bool recipe_change_is_made_up(const recipe *r, const recipe_change *c);
/** Which of a map's sizes the report shows. */
size_t recipe_report_size(const recipe_map *m);
bool recipe_hotspots_are_made_up(const recipe *r, const recipe_hotspots *h);
/** Of its events, areas or population: its residents say so by themselves. */
bool recipe_focus_is_made_up(const recipe *r, const recipe_focus *f);
bool recipe_zones_are_made_up(const recipe *r, const recipe_zones *z);
/** NAME, with "-synthetic" after it if its data are made up and it does not say so itself.
 *  Returns buf. */
char *recipe_file_name(char *buf, size_t size, const char *name, bool made_up);
/** Of the table of an analysis by its k-th set of areas: the analysis, and the areas unless the
 *  first.  Returns buf. */
char *recipe_result_name(const recipe *r, size_t analysis, size_t k, char *buf, size_t size);
/** The text in a language, else in the other one, else `fallback`. */
const char *words_in(const words *w, hz_language language, const char *fallback);

#endif
