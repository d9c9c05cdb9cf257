/* Audits as one page of text, as JSON, and as a section of a report. */
#include "hotzone/findings.h"

#include <math.h>
#include <string.h>

#include "hotzone/mem.h"
#include "report/findings_words.h"
#include "report/json.h"
#include "report/say.h"

enum { PAGE = 60, WIDTH = 100, MARGIN = 34 };

static const char *const severities[2][3] = {
    { "fault", "warning", "note" },
    { "fejl", "advarsel", "note" },
};
static const char *const roles[2][4] = {
    { "points", "areas", "table of figures", "source" },
    { "punkter", "områder", "taltabel", "kilde" },
};

static const char *const row_words[2][2] = { { " (row ", " (rows " },
                                              { " (række ", " (rækkerne " } };

static size_t count_all(const hz_quality *const *audits, size_t n, hz_severity severity)
{
    size_t count = 0;
    for (size_t i = 0; i < n; i++)
        count += hz_quality_count(audits[i], severity);
    return count;
}

void hz_findings_verdict(const hz_quality *const *audits, size_t n, hz_language language,
                         hz_text *out)
{
    size_t faults = count_all(audits, n, HZ_QUALITY_FAULT);
    size_t warnings = count_all(audits, n, HZ_QUALITY_WARNING);
    bool danish = language == HZ_DANISH;
    if (!faults && !warnings)
        hz_text_add(out, danish ? "intet galt" : "nothing wrong");
    if (faults) {
        hz_say_count(out, language, faults);
        if (danish)
            hz_text_add(out, " fejl, der gør resultater forkerte");
        else
            hz_text_add(out, faults == 1 ? " fault that makes results wrong"
                                         : " faults that make results wrong");
    }
    if (warnings) {
        hz_text_add(out, faults ? ", " : "");
        hz_say_count(out, language, warnings);
        if (danish)
            hz_text_add(out, warnings == 1 ? " advarsel" : " advarsler");
        else
            hz_text_add(out, warnings == 1 ? " warning" : " warnings");
    }
}

/* ---- one page of text ------------------------------------------------------------------- */

/* A line of the page, and how soon it may go when the page is full. */
typedef struct {
    char *text;
    int rank; /* 0: head, else 1 + severity, 4: stacks */
} line;

typedef struct {
    line *list;
    size_t n, room;
    bool failed;
} page;

static void add_line(page *p, hz_text *text, int rank)
{
    if (p->n == p->room) {
        size_t room = p->room ? 2 * p->room : 64;
        line *more = hz_mem_resize(p->list, room, sizeof *more);
        if (more) {
            p->list = more;
            p->room = room;
        }
    }
    char *ours = hz_text_take(text);
    if (p->n == p->room || !ours) {
        hz_mem_free(ours);
        p->failed = true;
        return;
    }
    p->list[p->n++] = (line){ ours, rank };
}

/* The bytes of as many characters as fit, cut at a blank if there is one. */
static size_t fit(const char *text, size_t most)
{
    size_t chars = 0, at = 0, blank = 0;
    while (text[at] && chars < most) {
        if (text[at] == ' ')
            blank = at;
        at++;
        while (((unsigned char)text[at] & 0xC0) == 0x80)
            at++;
        chars++;
    }
    return !text[at] || text[at] == ' ' || !blank ? at : blank;
}

/* A finding: severity, code, sentence with a hanging indent, the first rows concerned. */
static void add_finding(page *p, const hz_finding *f, hz_language l)
{
    hz_text sentence = { 0 };
    hz_finding_sentence(f, l, &sentence);
    for (size_t k = 0; k < f->row_count; k++)
        hz_text_addf(&sentence, "%s%zu", k ? ", " : row_words[l][f->row_count > 1], f->row[k]);
    if (f->row_count)
        hz_text_add(&sentence, f->count > f->row_count ? ", ...)" : ")");
    for (char *c = sentence.data; c && *c; c++) /* a reader's sentence may have several lines */
        if (*c == '\n')
            *c = ' ';
    p->failed |= sentence.failed;
    const char *rest = hz_text_get(&sentence);
    for (bool first = true; first || *rest; first = false) {
        hz_text text = { 0 };
        size_t n = fit(rest, WIDTH - MARGIN);
        if (first)
            hz_text_addf(&text, "  %-8s  %-21s ", severities[l][f->severity], f->code);
        else
            hz_text_addf(&text, "%*s", MARGIN, "");
        hz_text_add_n(&text, rest, n);
        add_line(p, &text, 1 + (int)f->severity);
        rest += n;
        rest += strspn(rest, " ");
    }
    hz_text_free(&sentence);
}

static void add_stacks(page *p, const hz_quality *q, hz_language l)
{
    for (size_t i = 0; i < q->stacks; i++) {
        const hz_stack *s = &q->stack[i];
        hz_text text = { 0 };
        if (isnan(s->x))
            continue;
        hz_text_addf(&text, "%*s", MARGIN, "");
        hz_say_count(&text, l, s->count);
        hz_text_add(&text, l == HZ_DANISH ? " i " : " at ");
        hz_text_add_double(&text, s->x);
        hz_text_add(&text, ", ");
        hz_text_add_double(&text, s->y);
        hz_text_add(&text, ", ");
        hz_findings_share(&text, l, s->share);
        if (s->default_point)
            hz_text_add(&text, l == HZ_DANISH ? ": ligner et standardpunkt"
                                              : ": looks like a default point");
        add_line(p, &text, 4);
    }
}

static void add_audit(page *p, const hz_quality *q, hz_language l)
{
    hz_text head = { 0 };
    hz_text_addf(&head, "%s: %s", q->source, roles[l][q->role]);
    if (q->role != HZ_ROLE_NONE) {
        hz_text_add(&head, ", ");
        hz_say_count(&head, l, q->rows);
        if (q->role == HZ_ROLE_AREAS && l == HZ_ENGLISH)
            hz_text_add(&head, q->rows == 1 ? " feature" : " features");
        else
            hz_text_add(&head, l == HZ_DANISH ? (q->rows == 1 ? " række" : " rækker")
                                              : (q->rows == 1 ? " row" : " rows"));
    }
    add_line(p, &head, 0);
    for (size_t i = 0; i < q->findings; i++) {
        add_finding(p, &q->finding[i], l);
        if (strcmp(q->finding[i].code, "events-stacked") == 0)
            add_stacks(p, q, l);
    }
}

/* Which lines stay: those of the highest rank go first, the last of them first. */
static size_t shorten(page *p, size_t most)
{
    size_t gone = 0, left = p->n;
    for (int rank = 4; rank > 0 && left > most; rank--)
        for (size_t i = p->n; i-- > 0 && left > most;)
            if (p->list[i].text && p->list[i].rank == rank) {
                hz_mem_free(p->list[i].text);
                p->list[i].text = NULL;
                gone++;
                left--;
            }
    return gone;
}

void hz_findings_text(const hz_quality *const *audits, size_t n, hz_language language,
                      hz_text *out)
{
    page p = { .n = 0 };
    hz_language l = language == HZ_DANISH ? HZ_DANISH : HZ_ENGLISH;
    hz_findings_verdict(audits, n, l, out);
    hz_text_add(out, "\n");
    for (size_t i = 0; i < n; i++)
        add_audit(&p, audits[i], l);
    /* the verdict takes a line; what is left out is said in one more */
    size_t gone = p.n > PAGE - 1 ? shorten(&p, PAGE - 2) : 0;
    for (size_t i = 0; i < p.n; i++) {
        if (p.list[i].text)
            hz_text_addf(out, "%s\n", p.list[i].text);
        hz_mem_free(p.list[i].text);
    }
    hz_mem_free(p.list);
    if (gone && l == HZ_DANISH)
        hz_text_addf(out, "... %zu linjer udeladt; --format json har alt\n", gone);
    else if (gone)
        hz_text_addf(out, "... %zu lines left out; --format json has everything\n", gone);
    out->failed |= p.failed;
}

/* ---- JSON ------------------------------------------------------------------------------- */

/* jansson refuses what is not UTF-8; a name may be anything.  NULL without memory. */
static json_t *text_value(const char *text)
{
    json_t *value = json_string(text);
    return value || hz_text_is_utf8(text, strlen(text)) ? value : json_string("?");
}

static json_t *finding_value(const hz_finding *f)
{
    hz_text sentence = { 0 };
    json_t *object = json_object(), *rows = json_array(), *values = json_array();
    int bad = 0;
    hz_finding_sentence(f, HZ_ENGLISH, &sentence);
    for (size_t i = 0; i < f->row_count; i++)
        bad |= json_array_append_new(rows, json_integer((json_int_t)f->row[i]));
    size_t last = HZ_FINDING_VALUES;
    while (last > 0 && isnan(f->value[last - 1]))
        last--;
    for (size_t i = 0; i < last; i++)
        bad |= json_array_append_new(values, hz_json_number(f->value[i]));
    bad |= json_object_set_new(object, "code", json_string(f->code));
    bad |= json_object_set_new(object, "severity", json_string(severities[0][f->severity]));
    bad |= json_object_set_new(object, "count", json_integer((json_int_t)f->count));
    bad |= json_object_set_new(object, "of", json_integer((json_int_t)f->of));
    bad |= json_object_set_new(object, "text", text_value(hz_text_get(&sentence)));
    bad |= json_object_set(object, "first_rows", rows);
    bad |= json_object_set(object, "values", values);
    json_decref(rows);
    json_decref(values);
    if (bad || sentence.failed) {
        json_decref(object);
        object = NULL;
    }
    hz_text_free(&sentence);
    return object;
}

static json_t *stack_value(const hz_stack *s)
{
    json_t *object = json_object();
    int bad = json_object_set_new(object, "count", json_integer((json_int_t)s->count));
    bad |= json_object_set_new(object, "share", hz_json_number(s->share));
    bad |= json_object_set_new(object, "x", hz_json_number(s->x));
    bad |= json_object_set_new(object, "y", hz_json_number(s->y));
    bad |= json_object_set_new(object, "default_point", json_boolean(s->default_point));
    if (!bad)
        return object;
    json_decref(object);
    return NULL;
}

static json_t *audit_value(const hz_quality *q)
{
    static const char *const names[] = { "events", "areas", "table", "unreadable" };
    json_t *object = json_object(), *findings = json_array(), *stacks = json_array();
    int bad = 0;
    for (size_t i = 0; i < q->findings; i++)
        bad |= json_array_append_new(findings, finding_value(&q->finding[i]));
    for (size_t i = 0; i < q->stacks; i++)
        bad |= json_array_append_new(stacks, stack_value(&q->stack[i]));
    bad |= json_object_set_new(object, "source", text_value(q->source));
    bad |= json_object_set_new(object, "role", json_string(names[q->role]));
    bad |= json_object_set_new(object, "rows", json_integer((json_int_t)q->rows));
    bad |= json_object_set_new(object, "refused", json_integer((json_int_t)q->refused));
    bad |= json_object_set(object, "findings", findings);
    if (q->role == HZ_ROLE_EVENTS)
        bad |= json_object_set(object, "stacks", stacks);
    json_decref(findings);
    json_decref(stacks);
    if (!bad)
        return object;
    json_decref(object);
    return NULL;
}

hz_status hz_findings_json(const hz_quality *const *audits, size_t n, hz_text *out, hz_error *err)
{
    json_t *root = json_object(), *sources = json_array();
    hz_text verdict = { 0 };
    int bad = 0;
    hz_findings_verdict(audits, n, HZ_ENGLISH, &verdict);
    for (size_t i = 0; i < n; i++)
        bad |= json_array_append_new(sources, audit_value(audits[i]));
    bad |= json_object_set_new(root, "verdict", json_string(hz_text_get(&verdict)));
    for (int s = HZ_QUALITY_FAULT; s <= HZ_QUALITY_NOTE; s++) {
        static const char *const keys[] = { "faults", "warnings", "notes" };
        size_t count = count_all(audits, n, (hz_severity)s);
        bad |= json_object_set_new(root, keys[s], json_integer((json_int_t)count));
    }
    bad |= json_object_set(root, "sources", sources);
    if (!bad && !verdict.failed) {
        hz_json_add(out, root, 2);
        hz_text_add(out, "\n");
    }
    bad |= verdict.failed || out->failed;
    json_decref(sources);
    json_decref(root);
    hz_text_free(&verdict);
    return bad ? hz_mem_fail(err, "audit") : HZ_OK;
}

/* ---- a section of a report -------------------------------------------------------------- */

static hz_status add_list(const hz_quality *q, hz_language l, hz_html *html, hz_error *err)
{
    size_t n = 0;
    hz_status st = HZ_OK;
    char **items = hz_mem_new(q->findings, sizeof *items);
    if (!items)
        return hz_mem_fail(err, "report");
    for (size_t i = 0; i < q->findings && !st; i++) {
        hz_text text = { 0 };
        const hz_finding *f = &q->finding[i];
        if (f->severity == HZ_QUALITY_NOTE && strcmp(f->code, "events-rate") != 0)
            continue;
        hz_text_addf(&text, "%s: %s, ", q->source, severities[l][f->severity]);
        hz_finding_sentence(f, l, &text);
        hz_text_add(&text, ".");
        items[n] = hz_text_take(&text);
        if (items[n])
            n++;
        else
            st = hz_mem_fail(err, "report");
    }
    if (!st && n)
        hz_html_list(html, (const char *const *)items, n);
    for (size_t i = 0; i < n; i++)
        hz_mem_free(items[i]);
    hz_mem_free(items);
    return st;
}

hz_status hz_findings_html(const hz_quality *const *audits, size_t n, hz_language language,
                           hz_html *html, hz_error *err)
{
    hz_language l = language == HZ_DANISH ? HZ_DANISH : HZ_ENGLISH;
    hz_text verdict = { 0 };
    hz_status st = HZ_OK;
    hz_findings_verdict(audits, n, l, &verdict);
    if (verdict.length)
        hz_text_capital(&verdict, 0);
    hz_text_add(&verdict, ".");
    if (verdict.failed)
        st = hz_mem_fail(err, "report");
    else
        hz_html_paragraph(html, hz_text_get(&verdict));
    hz_text_free(&verdict);
    for (size_t i = 0; i < n && !st; i++)
        st = add_list(audits[i], l, html, err);
    return st;
}
