/* Writes report cards as JSON and CSV. */
#include <stdio.h>
#include <string.h>

#include "hotzone/caption_zone.h"
#include "hotzone/csv.h"
#include "hotzone/mem.h"
#include "report/card_parts.h"
#include "report/json.h"

/* Set a key, nested at its dot; takes the value. */
static bool put(json_t *object, const char *key, json_t *value)
{
    const char *dot = strchr(key, '.');
    char outer[40];
    if (!dot)
        return json_object_set_new(object, key, value) == 0;
    size_t n = (size_t)(dot - key);
    memcpy(outer, key, n);
    outer[n] = '\0';
    json_t *inner = json_object_get(object, outer);
    if (!inner) {
        inner = json_object();
        if (json_object_set_new(object, outer, inner) != 0) {
            json_decref(value);
            return false;
        }
    }
    return json_object_set_new(inner, dot + 1, value) == 0;
}

/* One period's figures; NULL without memory. */
static json_t *column(const hz_card_column *c, const char *period)
{
    json_t *o = json_object(), *why = json_object();
    bool whole = o && why;
    for (int i = 0; whole && i < HZ_CARD_FIGURES; i++) {
        const char *key = hz_card_key((hz_card_figure)i);
        if (c->why[i] == HZ_CARD_KNOWN) {
            whole = put(o, key, hz_json_number(c->value[i]));
        } else {
            whole = put(o, key, json_null()) &&
                    json_object_set_new(why, key,
                                        json_string(hz_card_why_text((hz_card_why)c->why[i]))) == 0;
        }
    }
    whole = whole && put(o, "period", period && *period ? json_string(period) : json_null());
    if (!whole || json_object_set_new(o, "reasons", why) != 0) {
        if (!whole)
            json_decref(why);
        json_decref(o);
        return NULL;
    }
    return o;
}

static bool put_text(json_t *o, const char *key, const char *text)
{
    return put(o, key, text ? json_string(text) : json_null());
}

static bool put_statement(json_t *o, const char *key, const hz_card *card, const hz_card_note *note,
                          hz_language language)
{
    hz_text text = { 0 };
    hz_card_statement(card, note, language, &text);
    bool whole = !text.failed && put(o, key, json_string(hz_text_get(&text)));
    hz_text_free(&text);
    return whole;
}

/* [{"code": ..., "text": ...}, ...]; NULL without memory. */
static json_t *remarks(const hz_card *card, const hz_card_note *note)
{
    json_t *list = json_array();
    for (int k = 0; list && k < HZ_REMARKS; k++) {
        hz_text text = { 0 };
        if (!hz_remark_applies((hz_remark)k, card, note))
            continue;
        hz_remark_say((hz_remark)k, card, note, HZ_ENGLISH, &text);
        json_t *one = text.failed ? NULL
                                  : json_pack("{s:s, s:s}", "code", hz_remark_code((hz_remark)k),
                                              "text", hz_text_get(&text));
        hz_text_free(&text);
        if (json_array_append_new(list, one) != 0) {
            json_decref(list);
            return NULL;
        }
    }
    return list;
}

static bool put_time(json_t *o, const char *key, hz_time when)
{
    char text[40];
    return put(o, key, when == HZ_TIME_NONE ? json_null()
                                            : json_string(hz_card_time(text, sizeof text, when)));
}

char *hz_card_time(char *buf, size_t size, hz_time when)
{
    char text[32];
    hz_date_format(text, sizeof text, when);
    snprintf(buf, size, "%s%s", text, strchr(text, ':') ? "" : " 00:00");
    return buf;
}

/* Say why a key that is no figure is null. */
static bool put_reason(json_t *o, const char *key, const char *why)
{
    return json_object_set_new(json_object_get(o, "reasons"), key, json_string(why)) == 0;
}

/* When the zone is in force, and whether only events of that time count. */
static bool put_validity(json_t *o, const hz_card_note *note)
{
    const hz_validity *v = note->validity;
    return put_time(o, "valid_from", v ? v->from : HZ_TIME_NONE) &&
           put_time(o, "valid_to", v ? v->until : HZ_TIME_NONE) &&
           ((v && v->from != HZ_TIME_NONE) || put_reason(o, "valid_from", "no start is known")) &&
           ((v && v->until != HZ_TIME_NONE) || put_reason(o, "valid_to", "no end is known")) &&
           put(o, "in_force_only", json_boolean(note->in_force));
}

json_t *hz_card_object(const hz_card *card, const hz_card_note *note)
{
    json_t *o = column(&card->now, note->period);
    bool whole = o != NULL;
    whole = whole && put_text(o, "zone", note->name);
    whole = whole && put(o, "number", json_integer((json_int_t)note->number));
    whole = whole && put(o, "level", json_real(note->level));
    whole = whole && put_text(o, "residents_method", note->residents);
    whole = whole && put_text(o, "rate_base", hz_card_rate_base(note));
    whole = whole && put_text(o, "hotspots", note->hotspots);
    whole = whole && (!note->made_up || put_text(o, "origin", "synthetic"));
    whole = whole && put_validity(o, note) && put(o, "remarks", remarks(card, note));
    if (whole && note->later_period)
        whole = put(o, "later", column(&card->later, note->later_period));
    else if (whole)
        whole = put(o, "later", json_null()) &&
                put_reason(o, "later", hz_card_why_text(HZ_CARD_ONE_PERIOD));
    whole = whole && put_statement(o, "statement_da", card, note, HZ_DANISH);
    whole = whole && put_statement(o, "statement_en", card, note, HZ_ENGLISH);
    if (!whole) {
        json_decref(o);
        return NULL;
    }
    return o;
}

hz_status hz_card_json(const hz_card *cards, const hz_card_note *notes, size_t n, hz_text *out,
                       hz_error *err)
{
    json_t *top = NULL;
    if (n == 1) {
        top = hz_card_object(&cards[0], &notes[0]);
    } else {
        json_t *list = json_array();
        top = json_object();
        bool whole = list && top;
        for (size_t i = 0; whole && i < n; i++)
            whole = json_array_append_new(list, hz_card_object(&cards[i], &notes[i])) == 0;
        if (!whole || json_object_set_new(top, "zones", list) != 0) {
            if (!whole)
                json_decref(list);
            json_decref(top);
            top = NULL;
        }
    }
    if (!top)
        return hz_mem_fail(err, "zone card");
    hz_json_add(out, top, 2);
    hz_text_add(out, "\n");
    json_decref(top);
    return out->failed ? hz_mem_fail(err, "zone card") : HZ_OK;
}

static void csv_column(const hz_card_column *c, const hz_card_note *note, const char *period,
                       hz_text *out)
{
    for (int i = 0; i < HZ_CARD_FIGURES; i++) {
        hz_csv_add(out, note->name);
        hz_text_addf(out, ",%zu,%s,%s,", note->number, period ? period : "",
                     hz_card_key((hz_card_figure)i));
        if (c->why[i] == HZ_CARD_KNOWN)
            hz_text_add_double(out, c->value[i]);
        hz_text_add(out, ",");
        hz_csv_add(out, hz_card_why_text((hz_card_why)c->why[i]));
        hz_text_add(out, note->made_up ? ",synthetic\n" : "\n");
    }
}

void hz_card_csv(const hz_card *cards, const hz_card_note *notes, size_t n, hz_text *out)
{
    hz_text_add(out, "zone,number,period,key,value,reason");
    hz_text_add(out, n && notes[0].made_up ? ",origin\n" : "\n");
    for (size_t i = 0; i < n; i++) {
        csv_column(&cards[i].now, &notes[i], notes[i].period, out);
        if (notes[i].later_period)
            csv_column(&cards[i].later, &notes[i], notes[i].later_period, out);
    }
}
