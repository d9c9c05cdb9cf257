/* A sheet as data: marks in drawing order, kept in arrays that grow. */
#include "hotzone/scene.h"

#include <ctype.h>
#include <math.h>
#include <string.h>

#include "hotzone/mem.h"
#include "map/array.h"

/* Coordinates, ring offsets and texts of all marks stand in three arrays of the scene; a mark
 * holds where its own begin, so that the arrays may move while they grow. */
typedef struct {
    hz_mark_kind kind;
    const char *role;
    bool closed, circle;
    size_t rings, first_at, xy_at, text_at;
    hz_ink_style ink;
    double x, y;
    hz_type_style type;
} mark;

struct hz_scene {
    double width_mm, height_mm;
    mark *marks;
    size_t count, room;
    size_t *firsts;
    size_t first_count, first_room;
    double *xy;
    size_t xy_count, xy_room;
    char *texts;
    size_t text_count, text_room;
    size_t depth;            /* clips pushed and not yet popped */
    hz_status lost;          /* why the first lost mark was lost; HZ_OK: none was */
    const char *lost_role;
    hz_scene_about about;    /* its texts are the copies below */
    char *copies[6];
};

hz_status hz_scene_new(double width_mm, double height_mm, hz_scene **out, hz_error *err)
{
    const double most = 5080; /* mm: where PDF ends (200 inches); more is a mistake in units */
    if (!(width_mm > 0 && width_mm <= most && height_mm > 0 && height_mm <= most))
        return hz_fail(err, HZ_EUSAGE, "sheet: %g by %g mm, expected sides over 0 and up to %g",
                       width_mm, height_mm, most);
    hz_scene *scene = hz_mem_new(1, sizeof *scene);
    if (!scene)
        return hz_mem_fail(err, "sheet");
    scene->width_mm = width_mm;
    scene->height_mm = height_mm;
    *out = scene;
    return HZ_OK;
}

static void drop_about(hz_scene *scene)
{
    for (size_t i = 0; i < sizeof scene->copies / sizeof *scene->copies; i++) {
        hz_mem_free(scene->copies[i]);
        scene->copies[i] = NULL;
    }
    scene->about = (hz_scene_about){ 0 };
}

void hz_scene_free(hz_scene *scene)
{
    if (!scene)
        return;
    drop_about(scene);
    hz_mem_free(scene->marks);
    hz_mem_free(scene->firsts);
    hz_mem_free(scene->xy);
    hz_mem_free(scene->texts);
    hz_mem_free(scene);
}

double hz_scene_width(const hz_scene *scene)
{
    return scene->width_mm;
}

double hz_scene_height(const hz_scene *scene)
{
    return scene->height_mm;
}

static void lose(hz_scene *scene, hz_status why, const char *role)
{
    if (!scene->lost) {
        scene->lost = why;
        scene->lost_role = role;
    }
}

static bool have_room(hz_scene *scene, size_t firsts, size_t doubles, size_t bytes)
{
    mark *marks = hz_array_room(scene->marks, sizeof *marks, scene->count, &scene->room, 1);
    if (marks)
        scene->marks = marks;
    size_t *first = hz_array_room(scene->firsts, sizeof *first, scene->first_count,
                                  &scene->first_room, firsts);
    if (first)
        scene->firsts = first;
    double *xy = hz_array_room(scene->xy, sizeof *xy, scene->xy_count, &scene->xy_room, doubles);
    if (xy)
        scene->xy = xy;
    char *texts = hz_array_room(scene->texts, 1, scene->text_count, &scene->text_room, bytes);
    if (texts)
        scene->texts = texts;
    return marks && first && xy && texts;
}

static bool all_finite(size_t n, const double *values)
{
    for (size_t i = 0; i < n; i++)
        if (!isfinite(values[i]))
            return false;
    return true;
}

/* The one way in for marks; `doubles` values of m's own and its ring offsets are copied. */
static void add(hz_scene *scene, mark m, const size_t *ring_first, size_t doubles,
                const double *xy, const char *text)
{
    size_t firsts = ring_first ? m.rings + 1 : 0, bytes = text ? strlen(text) + 1 : 0;
    if (!all_finite(doubles, xy) || !isfinite(m.x) || !isfinite(m.y)) {
        lose(scene, HZ_EDATA, m.role);
        return;
    }
    if (!have_room(scene, firsts, doubles, bytes)) {
        lose(scene, HZ_EMEMORY, m.role);
        return;
    }
    m.first_at = scene->first_count;
    m.xy_at = scene->xy_count;
    m.text_at = scene->text_count;
    for (size_t i = 0; i < firsts; i++)
        scene->firsts[scene->first_count++] = ring_first[i] - ring_first[0];
    if (doubles)
        memcpy(scene->xy + scene->xy_count, xy, doubles * sizeof *xy);
    if (bytes)
        memcpy(scene->texts + scene->text_count, text, bytes);
    scene->xy_count += doubles;
    scene->text_count += bytes;
    scene->marks[scene->count++] = m;
}

void hz_scene_path(hz_scene *scene, const char *role, size_t rings, const size_t *ring_first,
                   const double *xy, bool closed, const hz_ink_style *style)
{
    if (rings == 0)
        return;
    mark m = { .kind = HZ_MARK_PATH, .role = role, .closed = closed, .rings = rings,
               .ink = *style };
    size_t points = ring_first[rings] - ring_first[0];
    add(scene, m, ring_first, 2 * points, xy + 2 * ring_first[0], NULL);
}

void hz_scene_rect(hz_scene *scene, const char *role, double x, double y, double w, double h,
                   const hz_ink_style *style)
{
    const size_t ring[] = { 0, 5 };
    const double xy[] = { x, y, x + w, y, x + w, y + h, x, y + h, x, y };
    hz_scene_path(scene, role, 1, ring, xy, true, style);
}

void hz_scene_line(hz_scene *scene, const char *role, double x1, double y1, double x2, double y2,
                   const hz_ink_style *style)
{
    const size_t ring[] = { 0, 2 };
    const double xy[] = { x1, y1, x2, y2 };
    hz_scene_path(scene, role, 1, ring, xy, false, style);
}

void hz_scene_circle(hz_scene *scene, const char *role, double x, double y, double r,
                     const hz_ink_style *style)
{
    const double xyr[] = { x, y, r };
    mark m = { .kind = HZ_MARK_PATH, .role = role, .closed = true, .circle = true, .ink = *style };
    add(scene, m, NULL, 3, xyr, NULL);
}

void hz_scene_text(hz_scene *scene, const char *role, double x, double y, const char *text,
                   const hz_type_style *style)
{
    mark m = { .kind = HZ_MARK_TEXT, .role = role, .x = x, .y = y, .type = *style };
    add(scene, m, NULL, 0, NULL, text);
}

void hz_scene_push_clip(hz_scene *scene, double x, double y, double w, double h)
{
    const double box[] = { x, y, w, h };
    mark m = { .kind = HZ_MARK_CLIP, .role = "clip" };
    add(scene, m, NULL, 4, box, NULL);
    scene->depth++;
}

void hz_scene_pop_clip(hz_scene *scene)
{
    mark m = { .kind = HZ_MARK_UNCLIP, .role = "clip" };
    if (scene->depth == 0) {
        lose(scene, HZ_EUSAGE, m.role);
        return;
    }
    scene->depth--;
    add(scene, m, NULL, 0, NULL, NULL);
}

hz_status hz_scene_check(const hz_scene *scene, hz_error *err)
{
    if (scene->lost == HZ_EMEMORY)
        return hz_mem_fail(err, "sheet");
    if (scene->lost == HZ_EDATA)
        return hz_fail(err, HZ_EDATA, "sheet: a mark of role '%s' lies at no finite place",
                       scene->lost_role);
    if (scene->lost || scene->depth)
        return hz_fail(err, HZ_EUSAGE, "sheet: %s, expected as many clips ended as begun",
                       scene->lost ? "a clip ended that never began" : "a clip never ended");
    return HZ_OK;
}

/* YYYY-MM-DD, perhaps with Thh:mm:ss and Z or an offset: what a PDF can hold. */
static bool is_iso_date(const char *date)
{
    const char *form = "dddd-dd-ddTdd:dd:dd";
    size_t n = strlen(date), i = 0;
    for (; i < n && form[i]; i++)
        if (form[i] == 'd' ? !isdigit((unsigned char)date[i]) : date[i] != form[i])
            return false;
    const char *zone = date + i;
    if (i == 10 || i == 19)
        return !*zone || (i == 19 && (strcmp(zone, "Z") == 0 ||
                                      (strlen(zone) == 6 && strchr("+-", *zone) &&
                                       isdigit((unsigned char)zone[1]) &&
                                       isdigit((unsigned char)zone[2]) && zone[3] == ':' &&
                                       isdigit((unsigned char)zone[4]) &&
                                       isdigit((unsigned char)zone[5]))));
    return false;
}

hz_status hz_scene_set_about(hz_scene *scene, const hz_scene_about *about, hz_error *err)
{
    const char *from[] = { about->title, about->description, about->author,
                           about->subject, about->keywords, about->date };
    enum { TEXTS = sizeof from / sizeof *from };
    char *copies[TEXTS] = { 0 };

    if (about->date && !is_iso_date(about->date))
        return hz_fail(err, HZ_EUSAGE, "sheet: date '%s' is not YYYY-MM-DD[Thh:mm:ss[Z]]",
                       about->date);
    for (size_t i = 0; i < TEXTS; i++) {
        if (!from[i])
            continue;
        copies[i] = hz_mem_text(from[i]);
        if (!copies[i]) {
            for (size_t j = 0; j < i; j++)
                hz_mem_free(copies[j]);
            return hz_mem_fail(err, "sheet");
        }
    }
    drop_about(scene);
    memcpy(scene->copies, copies, sizeof copies);
    scene->about = (hz_scene_about){ .title = copies[0], .description = copies[1],
                                     .author = copies[2], .subject = copies[3],
                                     .keywords = copies[4], .date = copies[5],
                                     .language = about->language };
    return HZ_OK;
}

const hz_scene_about *hz_scene_get_about(const hz_scene *scene)
{
    return &scene->about;
}

size_t hz_scene_count(const hz_scene *scene)
{
    return scene->count;
}

hz_scene_mark hz_scene_get(const hz_scene *scene, size_t i)
{
    const mark *m = &scene->marks[i];
    return (hz_scene_mark){
        .kind = m->kind, .role = m->role, .closed = m->closed, .circle = m->circle,
        .rings = m->rings, .ink = m->ink, .x = m->x, .y = m->y, .type = m->type,
        .ring_first = m->rings ? scene->firsts + m->first_at : NULL,
        .xy = scene->xy + m->xy_at,
        .text = m->kind == HZ_MARK_TEXT ? scene->texts + m->text_at : NULL,
    };
}
