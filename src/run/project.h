/* A run under way: the recipe, what was read for it, what was worked out, what was written. */
#ifndef RUN_PROJECT_H
#define RUN_PROJECT_H

#include <sys/stat.h>

#include "hotzone/breaks.h"
#include "hotzone/caption.h"
#include "hotzone/caption_hotspots.h"
#include "hotzone/changing.h"
#include "hotzone/clustering.h"
#include "hotzone/caption_flows.h"
#include "hotzone/caption_focus.h"
#include "hotzone/focusing.h"
#include "hotzone/html.h"
#include "hotzone/ink.h"
#include "hotzone/layer.h"
#include "hotzone/manifest.h"
#include "hotzone/notice.h"
#include "hotzone/rating.h"
#include "hotzone/run.h"
#include "hotzone/sheet.h"
#include "hotzone/vector.h"
#include "run/recipe.h"

/** The rates of one analysis by one set of areas. */
typedef struct {
    size_t analysis, areas;
    char *name;                 /* of its table: the analysis, and the areas unless the first */
    hz_rating rating;           /* on the first population */
    hz_rating *others;          /* on the further populations */
    size_t other_count;
    hz_breaks breaks;           /* classes of the rate; 0 classes if nothing is known */
    hz_sheet_facts facts;       /* of its first sheet; without a sheet the classes only */
} result;

/** A sheet that was made, for the report. */
typedef struct {
    size_t map;
    hz_language language;
    char *svg;                  /* path within the output directory; NULL: not asked for */
    char *png;
    char *alt, *caption;
} drawing;
void drawing_clear(drawing *d);
/** What the report says of it. */
hz_status drawing_tell(drawing *d, hz_language language, const hz_text *alt,
                       const hz_text *caption, hz_error *err);

/** A finished picture on the way to its files. */
typedef struct {
    const char *room;           /* "maps" or "charts" */
    const char *name;           /* of its files, before size and language */
    const char *size;           /* after the name; NULL: of the first size */
    hz_language language;
    bool first_language;        /* which the names of pictures leave out */
    const hz_look *look;
    const hz_scene *scene;
    const hz_ink_frame *frame;  /* where a map lies; NULL: a chart */
} picture_files;

/** Where events cluster, and the pictures of it, one per language. */
typedef struct {
    hz_clustering found;
    bool done;
    hz_vector_style style;             /* of its layer */
    hz_style_class classes[8];
    char label[8][80], *title, *name, *name_of_clusters;
    drawing map[LANGUAGES], chart[LANGUAGES]; /* in the order of the recipe's languages */
} clustered;

typedef enum { FOCUS_MAP, FOCUS_BROADENING, FOCUS_SHIFT, FOCUS_RESIDENTS,
               FOCUS_PICTURES } focus_picture;

/** A focus weighed, and the pictures of it, one per language. */
typedef struct {
    hz_layer *polygons, *people, *towns; /* as read; NULL: none */
    recipe_analysis like;              /* the rates of its map as an analysis */
    hz_focusing found;                 /* of published figures `focus` alone */
    hz_rating rating;                  /* of whole areas, for the map */
    hz_layer *edge, *people_map;       /* the focus; areas with people per 1,000; NULL: no map */
    hz_vector_style style;             /* of its layer */
    hz_style_class classes[5];
    char *title, *name;
    drawing picture[FOCUS_PICTURES][LANGUAGES]; /* in the order of the recipe's languages */
} focused;

typedef struct {
    const recipe *r;
    const hz_notice *notice;
    char *key;                  /* keys hashes of sensitive inputs; NULL: none */
    size_t key_size;
    char *staging;              /* directory that is being filled */
    const hz_run_opts *opts;    /* may be NULL */
    hz_manifest *manifest;
    hz_crs *crs;                /* metric */
    hz_look look;               /* of the recipe, before a map's own */
    hz_layer *areas[RECIPE_SETS];      /* as read */
    hz_layer *population[RECIPE_SETS];
    hz_layer *events[RECIPE_SETS];
    hz_layer *water, *streets, *outside, *zones; /* in crs; NULL: none */
    hz_residents_earlier told;         /* of residents, by earlier releases */
    struct release *release;           /* what may be shown of sensitive events; NULL: all */
    result *results;
    size_t result_count;
    hz_changing changes[RECIPE_SETS];
    size_t change_count;               /* of them made */
    hz_layer *surveys[RECIPE_SETS];    /* as read */
    hz_layer *survey_tables[RECIPE_SETS];
    hz_survey_found survey_found[RECIPE_SETS];
    clustered *clusters;               /* one for each `hotspots` of the recipe; NULL before */
    focused *focuses;                  /* one for each `focus` of the recipe; NULL before */
    struct { hz_layer *residents, *events, *pairs, *towns; hz_flows found; } flows;
    struct zoned *zoned;               /* one for each `zone-cards` of the recipe (zones.h) */
    drawing *drawings;
    size_t drawing_count;
    drawing *charts;            /* as drawings; `map` is the number of the chart */
    size_t chart_count;
    struct read_file { dev_t device; ino_t node; } *reads; /* plain files that were read */
    size_t read_count, read_room;
    char **outputs;             /* relative paths, in the order they were written */
    size_t output_count, output_room;
    char **old;                 /* files of an earlier run, to be removed */
    size_t old_count;
} project;

/** HZ_EIO if whoever runs the project wants it stopped. */
hz_status project_go_on(const project *p, hz_error *err);
/** Write a picture in every format that its look asks for; `d`, or NULL, gets the paths. */
hz_status project_pictures(project *p, const picture_files *of, hz_fonts *fonts, drawing *d,
                           hz_error *err);              /* pictures.c */
/** Write NAME.alt.LANGUAGE.txt and NAME.caption.LANGUAGE.md. */
hz_status project_words(project *p, const picture_files *of, const hz_text *alt,
                        const hz_text *caption, hz_error *err);
/** Remember a file that the run reads, so that it is not written over; what is no plain file is let
 *  be.  HZ_EMEMORY */
hz_status project_note_read(project *p, const char *path, hz_error *err); /* reads.c */
bool project_has_read(const project *p, const struct stat *file);
/** HZ_EUSAGE if an output's place in `directory` is a file that was read. */
hz_status project_spare_reads(const project *p, const char *directory, hz_error *err);
hz_status project_read(project *p, hz_error *err);      /* inputs.c */
/** One audit over every count that the run will publish of events whose small counts are hidden. */
hz_status project_release(project *p, hz_error *err);   /* release.c */
void project_release_free(project *p);
/** What it decided of the k-th table of an analysis, of both periods of a change, of a series (all
 *  its periods, series by series, then the sum of each series); lent.  False: it does not decide. */
bool project_decided_rates(const project *p, size_t analysis, size_t k, hz_decided *out);
bool project_decided_change(const project *p, size_t change, hz_decided out[2]);
bool project_decided_series(const project *p, size_t chart, const unsigned char **rows);
bool project_decided_focus(const project *p, size_t focus, hz_focusing_hidden *out);
/** Is a focus of hidden events followed over time?  Only over a period whose ends are given. */
bool project_focus_shifts(const recipe_focus *f);
hz_status project_analyse(project *p, hz_error *err);   /* analyse.c */
hz_status project_change(project *p, hz_error *err);    /* changes.c */
hz_status project_cluster(project *p, hz_error *err);   /* clusters.c */
hz_status project_focus(project *p, hz_error *err);     /* focuses.c */
hz_status project_draw(project *p, hz_error *err);      /* draw.c */
hz_status project_charts(project *p, hz_error *err);    /* charts.c */
hz_status project_report(project *p, hz_error *err);    /* document.c */
hz_status project_snippets(project *p, hz_error *err);  /* snippets.c: after all pictures */
hz_status project_layers(project *p, hz_error *err);    /* layers.c */
/** What decided a result, "NAME.KEY": a text, or a number where there is none.  In record.c. */
hz_status project_note(project *p, const char *name, const char *key, const char *text,
                       double number, hz_error *err);
hz_status project_manifest(project *p, hz_error *err);  /* record.c: after all other outputs */
/** The libraries that results depend on, in order of name. */
enum { LIBRARIES = 4 };
typedef struct { const char *name, *version; } used_library;
void project_libraries(used_library used[LIBRARIES]);

/** What a rating of an analysis by a set of areas reads, but for its population. */
hz_status project_input(const project *p, const recipe_analysis *a, size_t areas,
                        hz_rating_input *in, hz_error *err);
/** The column `origin` that calls every row of made-up events synthetic. */
hz_status project_add_origin(hz_layer *table, hz_error *err);
/** The sections of a report about changes and surveys. */ /* changes_report.c */
hz_status project_report_changes(const project *p, hz_language l, hz_html *page, hz_error *err);
/** What each says in a line or two, for a report's top. */
hz_status project_change_short(const project *p, size_t i, hz_language language, hz_text *out,
                               hz_error *err);
hz_status project_survey_short(const project *p, size_t i, hz_language language, hz_text *out,
                               hz_error *err);
hz_status project_cluster_short(const project *p, size_t i, hz_language language, hz_text *out,
                                hz_error *err);
hz_status project_focus_short(const project *p, size_t i, hz_language language, hz_text *out,
                              hz_error *err);
/** What became of every row of every result's source; in a report. */
hz_status project_report_fates(const project *p, hz_language l, hz_html *page, hz_error *err);
/** The sections of a report about where events cluster. */
hz_status project_report_clusters(const project *p, hz_language l, hz_html *page, hz_error *err);
/** What the sentences about one are made from; `period` holds a text that the facts lend. */
void project_cluster_facts(const project *p, size_t i, hz_language language,
                           const char *names[HZ_CLUSTERING_SPREADS], hz_text *period,
                           hz_caption_hotspots *facts); /* clusters_report.c */
/** Its name in tables, files and layers. */
char *project_cluster_name(const project *p, size_t i, char *buf, size_t size);
/** Add its layers, styled, to items; two at most. */
hz_status project_cluster_items(project *p, size_t i, hz_vector_item *items, size_t *n,
                                hz_error *err);
hz_status project_cluster_pictures(project *p, size_t i, hz_error *err); /* clusters_draw.c */
void project_cluster_free(project *p);
/** The sources that a focus alone has, once all others are read. */
hz_status project_focus_read(project *p, hz_error *err); /* focuses.c */
void project_focus_free(project *p);
/** Its name in tables, files and layers. */
char *project_focus_name(const project *p, size_t i, char *buf, size_t size);
/** Add its layer, styled, to items; one at most. */
hz_status project_focus_items(project *p, size_t i, hz_vector_item *items, size_t *n,
                              hz_error *err);
/** The k-th source that a focus alone has, of FOCUS_SOURCES, or NULL. */
enum { FOCUS_SOURCES = 3 };
const origin *project_focus_source(const project *p, size_t i, size_t k, const hz_layer **layer);
/** Texts that the facts of a focus lend; free with focus_words_free. */
typedef struct {
    char ranked[64], scored[64];
    hz_text period[LANGUAGES];
} focus_words;
/** What the sentences about a focus are made from, in both languages. */
hz_status project_focus_facts(const project *p, size_t i, focus_words *of,
                              hz_caption_focus *facts, hz_error *err); /* focuses_report.c */
void focus_words_free(focus_words *of);
/** Made-up people are called so. */
const char *project_people_made_up(hz_language language);
/** The sections of a report about it. */
hz_status project_report_focuses(const project *p, hz_language l, hz_html *page, hz_error *err);
hz_status project_focus_pictures(project *p, size_t i, hz_error *err); /* focuses_draw.c */
/** People may be read by one part of a project alone: HZ_EFORMAT, naming the other's line. */
hz_status project_keep_apart(const project *p, const origin *people, hz_error *err); /* people.c */
/** Who goes where: sources, tables, the section of a report.  (flows.c, flows_report.c) */
hz_status project_flows_read(project *p, hz_error *err);
hz_status project_flows(project *p, hz_error *err);
void project_flows_free(project *p);
enum { FLOWS_SOURCES = 4 };
const origin *project_flows_source(const project *p, size_t k, const hz_layer **layer);
char *project_flows_name(const project *p, const char *end, char *buf, size_t size);
/** What the sentences are made from; `period` holds texts that the facts lend. */
void project_flows_facts(const project *p, hz_text period[LANGUAGES], hz_caption_flows *facts);
hz_status project_flows_short(const project *p, size_t i, hz_language l, hz_text *out,
                              hz_error *err);
hz_status project_report_flows(const project *p, hz_language l, hz_html *page, hz_error *err);
/** Read a source, and note it in the manifest; kind HZ_NOSHAPE: whatever it is. */
hz_status project_read_layer(project *p, const char *role, const origin *from, hz_shape_kind kind,
                             hz_layer **out, hz_error *err); /* inputs.c */
/** Note in the manifest how many people a source holds, to tens: `told` is what a table shows of it;
 *  NAN: nothing, and then nothing is noted. */
hz_status project_count_people(project *p, const origin *from, const hz_layer *people, double told,
                               hz_error *err);          /* inputs.c */
/** Write some columns of a table, and `origin` if it is made up, to tables/NAME.csv. */
hz_status project_table(project *p, const char *name, bool made_up, hz_layer *table,
                        const char *const *columns, size_t n, hz_error *err); /* pipeline.c */
/** A picture in a report; nothing where there is no file of it. */
hz_status project_add_drawing(const project *p, hz_html *page, const drawing *d, hz_error *err);
/** Blocks that put it into LaTeX and Typst, in snippets/; none where there is no file of it. */
hz_status project_snippet(project *p, const drawing *d, hz_error *err);
/** "STAGING/relative", its directory made, and noted as an output; free with hz_mem_free. */
hz_status project_output(project *p, char **path, hz_error *err, const char *format, ...)
    HZ_PRINTF(4, 5);
/** Everything a sentence about a result is made from, in one language.  `period` and
 *  `note` hold texts that the facts lend; free them after use. */
hz_status project_facts(const project *p, const result *res, hz_language language,
                        hz_caption_facts *facts, hz_text *period, hz_text *note, hz_error *err);
/** The same of areas rated outside the recipe's analyses; no classes. */
hz_status project_facts_of(const project *p, const recipe_analysis *a, size_t area_set,
                           bool made_up, const hz_rating *rating, hz_language language,
                           hz_caption_facts *facts, hz_text *period, hz_text *note, hz_error *err);
/** The k-th population of an analysis, to go with that. */
void project_population(const project *p, const recipe_analysis *a, size_t k, hz_rating_input *in);
/** Built-in, the recipe's, the picture's own style, then size and language; clear it in any case. */
hz_status project_look(const project *p, const hz_node *style, const char *size,
                       hz_language language, hz_look *look, hz_error *err);
/** Write a text and a line break to DIRECTORY/NAME.END. */
hz_status project_text(project *p, const char *directory, const char *name, const char *end,
                       const hz_text *text, hz_error *err);
/** Note as old what an earlier run into this directory wrote, by its manifest, and this one does not;
 *  warn of what stays there: of no run, changed since, or read by this one. */
hz_status project_find_old(project *p, const char *directory, hz_error *err); /* outdated.c */
/** Move the outputs into place, the manifest last, and remove what is old. */
hz_status project_move(const project *p, const char *directory, hz_error *err); /* moving.c */
/** Must these areas be polygons in a known place: are events located or maps drawn by them? */
bool project_needs_polygons(const recipe *r, size_t areas);
const char *language_code(hz_language language);
/** The credits of n sources in a language, each once; `out` has room for RECIPE_CREDITS. */
size_t project_credits(const origin *const *from, size_t n, hz_language language,
                       const char **out);
/** A source as the recipe names it, without the password of a service. */
const char *source_shown(const origin *from, const hz_layer *layer);
/** Whatever a table or map shows of made-up events must say so. */
bool result_is_made_up(const project *p, const result *res);

#endif
