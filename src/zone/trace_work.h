/* What is made between a list's text and its ring. */
#ifndef HOTZONE_ZONE_TRACE_WORK_H
#define HOTZONE_ZONE_TRACE_WORK_H

#include "zone/trace_parts.h"

/** Everything on the way from a text to a trace. */
typedef struct {
    const hz_trace_network *net;
    const hz_trace_opts *opts;
    hz_phrases phrases;
    hz_meaning *meaning; /* by item */
    bool *left_out;      /* by item: overruled to be nothing */
    hz_stop *stops;
    size_t stop_count;
    hz_step *steps;
    size_t step_count;
} hz_trace_work;

/** Why there can be no ring, whatever the network: items without a match, or too few. */
void hz_trace_refuse_early(const hz_trace_work *work, const hz_trace *trace, hz_text *refused);
/** Why the ring that was found is not to be taken; adds what has no match to any reason. */
void hz_trace_refuse(const hz_trace_work *work, const hz_trace *trace, hz_text *refused);
/** Measure a ring that was found: items, stretches, polygon and gaps of the trace. */
hz_status hz_trace_draw(const hz_trace_work *work, hz_trace *trace, hz_error *err);
/** The line each item goes by: that of its classes which the ring, if any, follows longest. */
hz_status hz_trace_name_items(const hz_trace_work *work, hz_trace *trace, hz_error *err);

#endif
