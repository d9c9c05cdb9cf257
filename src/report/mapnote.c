/* The facts beside a map, as JSON. */
#include "hotzone/mapnote.h"

#include <math.h>

#include "hotzone/file.h"
#include "hotzone/mem.h"
#include "report/json.h"

static json_t *number(double value)
{
    return isfinite(value) ? json_real(value) : json_null();
}

static json_t *numbers(const double *values, size_t n)
{
    json_t *list = json_array();
    for (size_t i = 0; i < n; i++)
        json_array_append_new(list, number(values[i]));
    return list;
}

static json_t *classes(const hz_mapnote *note)
{
    static const char *const methods[] = { "quantile", "fisher", "equal", "fixed", "reference" };
    const hz_breaks *b = &note->facts->breaks;
    json_t *made = json_object(), *colours = json_array(), *counts = json_array();

    json_object_set_new(made, "method", json_string(methods[note->look->method]));
    json_object_set_new(made, "limits", numbers(b->limits, b->classes ? b->classes - 1 : 0));
    for (size_t c = 0; c < b->classes; c++) {
        json_array_append_new(colours, json_sprintf("#%06x", (unsigned)note->facts->colours[c]));
        json_array_append_new(counts, json_integer((json_int_t)b->count[c]));
    }
    json_object_set_new(made, "colours", colours);
    json_object_set_new(made, "areas", counts);
    /* the extremes and the fit may be those of a hidden area */
    bool open = note->facts->hidden == 0 && b->classes > 0;
    json_object_set_new(made, "least", open ? number(b->low) : json_null());
    json_object_set_new(made, "greatest", open ? number(b->high) : json_null());
    json_object_set_new(made, "fit", open ? number(b->fit) : json_null());
    return made;
}

static json_t *frame(const hz_mapnote *note)
{
    const hz_ink_frame *f = &note->facts->frame;
    json_t *made = json_object();
    json_object_set_new(made, "crs", json_string(note->crs));
    json_object_set_new(made, "west", number(f->east));
    json_object_set_new(made, "north", number(f->north));
    json_object_set_new(made, "east", number(f->east + f->w_mm * f->m_per_mm));
    json_object_set_new(made, "south", number(f->north - f->h_mm * f->m_per_mm));
    json_object_set_new(made, "scale", number(note->facts->scale));
    return made;
}

static json_t *areas(const hz_sheet_facts *f)
{
    json_t *made = json_object();
    json_object_set_new(made, "unstable", json_integer((json_int_t)f->unstable));
    json_object_set_new(made, "hidden", json_integer((json_int_t)f->hidden));
    json_object_set_new(made, "undefined", json_integer((json_int_t)f->undefined));
    json_object_set_new(made, "zero", json_integer((json_int_t)f->zero));
    return made;
}

static json_t *events(const hz_mapnote *note)
{
    const hz_fate *f = note->fate;
    json_t *made = json_object();
    /* with hidden rows a reader could take the shown counts from the number placed */
    bool open = note->facts->hidden == 0;
    json_object_set_new(made, "read", open ? json_integer((json_int_t)f->read) : json_null());
    json_object_set_new(made, "placed", open ? json_integer((json_int_t)f->placed) : json_null());
    json_object_set_new(made, "outside", json_integer((json_int_t)f->outside));
    json_object_set_new(made, "unlocated", json_integer((json_int_t)f->unlocated));
    json_object_set_new(made, "other_period", json_integer((json_int_t)f->other_period));
    json_object_set_new(made, "undated", json_integer((json_int_t)f->undated));
    json_object_set_new(made, "other_kind", json_integer((json_int_t)f->other_kind));
    json_object_set_new(made, "refused", json_integer((json_int_t)f->refused));
    return made;
}

static json_t *style(const hz_look *look, const hz_sheet_facts *facts)
{
    json_t *made = json_object();
    json_object_set_new(made, "page", json_string(look->page_name));
    json_object_set_new(made, "width_mm", number(facts->width_mm));
    json_object_set_new(made, "height_mm", number(facts->height_mm));
    json_object_set_new(made, "palette", json_string(look->palette));
    json_object_set_new(made, "font", json_string(look->family));
    return made;
}

hz_status hz_mapnote_write(const hz_mapnote *note, const char *path, hz_error *err)
{
    json_t *made = json_object();
    hz_text text = { 0 };
    hz_status st;

    json_object_set_new(made, "map", json_string(note->name));
    json_object_set_new(made, "analysis", json_string(note->analysis));
    json_object_set_new(made, "made_up", json_boolean(note->made_up));
    json_object_set_new(made, "style", style(note->look, note->facts));
    json_object_set_new(made, "classes", classes(note));
    json_object_set_new(made, "frame", frame(note));
    json_object_set_new(made, "areas", areas(note->facts));
    json_object_set_new(made, "dropped_labels", json_string(note->facts->dropped));
    json_object_set_new(made, "events", note->fate ? events(note) : json_null());
    if (made)
        hz_json_add(&text, made, 2);
    hz_text_add(&text, "\n");
    st = !made || text.failed ? hz_mem_fail(err, path)
                              : hz_file_write(path, text.data, text.length, err);
    json_decref(made);
    hz_text_free(&text);
    return st;
}
