/* The zones of a project under way: their sources, cards, pictures and sections. */
#ifndef RUN_ZONES_H
#define RUN_ZONES_H

#include "hotzone/caption_zones.h"
#include "hotzone/trace.h"
#include "hotzone/zoning.h"
#include "run/project.h"

/** Sources that zones alone have: polygons or lists, drawn polygons, streets, further lines. */
enum { ZONE_LINES = 3, ZONE_HOT = ZONE_LINES + RECIPE_LINES, ZONE_SEARCHES, ZONE_SOURCES };

/** A card's sheet, one picture per language. */
typedef struct {
    size_t card;
    drawing page[LANGUAGES];
} zone_page;

/** One `zone-cards` of the recipe. */
typedef struct zoned {
    hz_layer *source[ZONE_SOURCES]; /* as read: table or polygons, drawn, network, lines, hotspots,
                                       searches by zone */
    hz_layer *zones;                /* id name how valid_from valid_to border_m bridged_m */
    hz_text missing;                /* ids of zones that there is no polygon of */
    size_t missing_count;
    hz_zoning found;
    hz_layer *distinct;             /* a zone per card, in their order */
    hz_layer *proposal;             /* NULL: none */
    hz_layer *areas;                /* of the study area, for maps */
    hz_keys keys;                   /* of those; lent by them */
    bool *dashed;                   /* per card: the border is not wholly known */
    const char **ids, **how;        /* per card; lent by found.zones */
    hz_text period[LANGUAGES], later[LANGUAGES]; /* in words, by hz_language */
    hz_style_class looks[4];
    hz_vector_style style;
    char *name, *proposal_name;     /* of the layers */
    drawing sheet[LANGUAGES];       /* all compared; in the order of the recipe's languages */
    drawing proposed[LANGUAGES];    /* the proposal beside the zone given */
    zone_page *pages;
    size_t page_count;
} zoned;

/** Column of the polygons as read that says which were repaired, if any was: "yes" or "". */
#define ZONE_REPAIRED "repaired on reading"

/** The sources that zones alone have, once all others are read.  (zones_read.c) */
hz_status project_zones_read(project *p, hz_error *err);
/** The k-th of them, of ZONE_SOURCES, or NULL. */
const origin *project_zones_source(const project *p, size_t i, size_t k, const hz_layer **layer);
/** Polygons of lists and drawings, as z->zones, unless they are built already.  (zones_build.c) */
hz_status project_zones_build(project *p, size_t i, hz_error *err);
/** What an audit of the run decided of its counts; lent.  False: small counts of neither its events nor
 *  its searches are hidden.  (release_zones.c) */
bool project_decided_zones(const project *p, size_t zones, hz_zoning_hidden *out);
/** Cards, tables and pictures of all.  (zones.c) */
hz_status project_zones(project *p, hz_error *err);
void project_zones_free(project *p);
/** Name in files and layers. */
char *project_zones_name(const project *p, size_t i, char *buf, size_t size);
/** Add the layers, styled: zones, and a proposal. */
hz_status project_zones_items(project *p, size_t i, hz_vector_item *items, size_t *n, hz_error *err);
/** "zones: 6 polygons of 14 zones ...": a line of the summary. */
void project_zones_headline(const project *p, size_t i, hz_text *out);
/** What sentences about the zones are made from; lends from p. */
void project_zones_facts(const project *p, size_t i, hz_language language, hz_caption_zones *facts);
/** Blocks for other programs of its pictures, as of all others. */
hz_status project_zones_snippets(project *p, hz_error *err);
hz_status project_zones_pictures(project *p, size_t i, hz_error *err); /* zones_draw.c */
/** The fewest and the most that any zone holds, for a report's top. */
hz_status project_zones_short(const project *p, size_t i, hz_language l, hz_text *out,
                              hz_error *err);
/** The sections of a report about zones.  (zones_report.c) */
hz_status project_report_zones(const project *p, hz_language l, hz_html *page, hz_error *err);

#endif
