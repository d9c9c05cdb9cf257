/* Reference systems by PROJ: recognised, named, compared, judged fit to measure in. */
#include "hotzone/crs.h"

#include <math.h>
#include <proj.h>
#include <proj_experimental.h> /* proj_crs_demote_to_2D */
#include <stdio.h>
#include <string.h>

#include "geo/crs_parts.h"
#include "hotzone/mem.h"

/* ---- PROJ, quiet and offline ---------------------------------------------------------- */

static void hear_nothing(void *user, int level, const char *message)
{
    (void)user;
    (void)level;
    (void)message;
}

PJ_CONTEXT *hz_crs_context(void)
{
    PJ_CONTEXT *proj = proj_context_create();
    if (proj) {
        proj_log_func(proj, NULL, hear_nothing);
        proj_context_set_enable_network(proj, 0);
        proj_context_use_proj4_init_rules(proj, 1);
    }
    return proj;
}

/* ---- from text ------------------------------------------------------------------------ */

static bool all_digits(const char *text)
{
    size_t n = strspn(text, "0123456789");
    return n > 0 && n < 10 && text[n] == '\0';
}

/* What PROJ is to be asked: "25832" is EPSG's, a PROJ string must say that it is a system
 * and not an operation, "OGC:1.3:CRS84" and the like are the urn's short form. */
static char *to_definition(const char *text)
{
    hz_text t = { 0 };
    text += strspn(text, " \t\r\n");
    size_t n = strlen(text);
    while (n > 0 && strchr(" \t\r\n", text[n - 1]))
        n--;
    char *bare = hz_mem_text_n(text, n);
    if (!bare)
        return NULL;
    if (all_digits(bare))
        hz_text_add(&t, "EPSG:");
    hz_text_add(&t, strcmp(bare, "CRS84") == 0 ? "OGC:CRS84" : bare);
    bool is_proj = strncmp(bare, "+", 1) == 0 || strncmp(bare, "proj=", 5) == 0;
    if (is_proj && !strstr(bare, "type=crs") && !strstr(bare, "init="))
        hz_text_add(&t, " +type=crs");
    hz_mem_free(bare);
    return hz_text_take(&t);
}

/* The flat system within a compound, bound or three-dimensional one. */
static PJ *flatten(PJ_CONTEXT *proj, PJ *pj)
{
    PJ *flat = NULL;
    PJ_TYPE type = proj_get_type(pj);
    if (type == PJ_TYPE_COMPOUND_CRS)
        flat = proj_crs_get_sub_crs(proj, pj, 0);
    else if (type == PJ_TYPE_GEOGRAPHIC_3D_CRS)
        flat = proj_crs_demote_to_2D(proj, NULL, pj);
    else
        return pj;
    proj_destroy(pj);
    return flat ? flatten(proj, flat) : NULL;
}

/* The system whose axes and units count: the one that a TOWGS84 clause is bound to. */
static PJ *unbound(PJ_CONTEXT *proj, const PJ *pj)
{
    if (proj_get_type(pj) == PJ_TYPE_BOUND_CRS) {
        PJ *source = proj_get_source_crs(proj, pj);
        if (source)
            return source;
    }
    return proj_clone(proj, pj);
}

/* "EPSG:25832" if the system has such a name; false without memory. */
static bool code_by_identity(const PJ *pj, char **code)
{
    hz_text t = { 0 };
    const char *authority = proj_get_id_auth_name(pj, 0), *number = proj_get_id_code(pj, 0);
    if (!authority || !number)
        return true;
    if (strcmp(authority, "OGC") == 0 && strcmp(number, "CRS84") == 0) {
        authority = "EPSG"; /* ours are always longitude, latitude */
        number = "4326";
    }
    hz_text_addf(&t, "%s:%s", authority, number);
    *code = hz_text_take(&t);
    return *code != NULL;
}

/* The EPSG system that this nameless one certainly is, if any; false without memory. */
static bool code_by_likeness(PJ_CONTEXT *proj, const PJ *pj, char **code)
{
    enum { CERTAIN = 90 }; /* PROJ: 100 is identical, 90 the same but for the name */
    int *confidence = NULL;
    bool memory = true;
    PJ_OBJ_LIST *list = proj_identify(proj, pj, "EPSG", NULL, &confidence);
    int count = list && confidence ? proj_list_get_count(list) : 0;
    for (int i = 0; i < count && memory && !*code; i++) {
        PJ *candidate = proj_list_get(proj, list, i);
        bool alone = i == 0 && (count == 1 || confidence[1] < confidence[0]);
        if (candidate && ((alone && confidence[i] >= CERTAIN) ||
                          proj_is_equivalent_to_with_ctx(
                              proj, pj, candidate,
                              PJ_COMP_EQUIVALENT_EXCEPT_AXIS_ORDER_GEOGCRS)))
            memory = code_by_identity(candidate, code);
        proj_destroy(candidate);
    }
    proj_int_list_destroy(confidence);
    proj_list_destroy(list);
    return memory;
}

static char *wkt_of(PJ_CONTEXT *proj, const PJ *pj)
{
    const char *const options[] = { "MULTILINE=NO", NULL };
    const char *wkt = proj_as_wkt(proj, pj, PJ_WKT1_GDAL, options);
    if (!wkt) /* what the old form cannot say */
        wkt = proj_as_wkt(proj, pj, PJ_WKT2_2019, options);
    return wkt ? hz_mem_text(wkt) : NULL;
}

static bool find_units(hz_crs *crs)
{
    PJ *base = unbound(crs->proj, crs->pj);
    PJ *axes = base ? proj_crs_get_coordinate_system(crs->proj, base) : NULL;
    double factor = 0;
    bool known = axes && proj_cs_get_axis_info(crs->proj, axes, 0, NULL, NULL, NULL, &factor,
                                               NULL, NULL, NULL);
    PJ_TYPE type = base ? proj_get_type(base) : PJ_TYPE_UNKNOWN;
    crs->degrees = type == PJ_TYPE_GEOGRAPHIC_2D_CRS;
    crs->unit_m = crs->degrees ? NAN : factor;
    proj_destroy(axes);
    proj_destroy(base);
    return known && (crs->degrees || (type == PJ_TYPE_PROJECTED_CRS && factor > 0));
}

static bool find_web_mercator(const hz_crs *crs)
{
    const char *name = NULL, *code = NULL;
    PJ *base = unbound(crs->proj, crs->pj);
    PJ *how = base ? proj_crs_get_coordoperation(crs->proj, base) : NULL;
    bool web = how && proj_coordoperation_get_method_info(crs->proj, how, &name, NULL, &code) &&
               ((code && strcmp(code, "1024") == 0) ||
                (name && strstr(name, "Popular Visualisation Pseudo Mercator")));
    proj_destroy(how);
    proj_destroy(base);
    return web;
}

/* Everything a caller may ask for later, found once.  Fills a system that has only `pj`. */
static hz_status describe(hz_crs *crs, const char *text, hz_error *err)
{
    if (!find_units(crs))
        return hz_fail(err, HZ_ECRS,
                       "'%.80s': expected a geographic or projected reference system", text);
    crs->web_mercator = !crs->degrees && find_web_mercator(crs);
    crs->plain = proj_normalize_for_visualization(crs->proj, crs->pj);
    crs->wkt = wkt_of(crs->proj, crs->pj);
    bool memory = code_by_identity(crs->pj, &crs->code);
    if (memory && !crs->code)
        memory = code_by_likeness(crs->proj, crs->pj, &crs->code);
    if (memory && !crs->code && crs->wkt)
        crs->code = hz_mem_text(crs->wkt);
    const char *name = proj_get_name(crs->pj);
    crs->name = hz_mem_text(name ? name : "unnamed");
    if (!crs->plain || !crs->wkt || !crs->code || !crs->name)
        return hz_mem_fail(err, "reference system");
    return HZ_OK;
}

hz_status hz_crs_new(const char *text, hz_crs **out, hz_error *err)
{
    hz_status st = HZ_OK;
    hz_crs *crs = hz_mem_new(1, sizeof *crs);
    char *definition = to_definition(text);
    if (!crs || !definition) {
        st = hz_mem_fail(err, "reference system");
        goto done;
    }
    crs->proj = hz_crs_context();
    if (!crs->proj) {
        st = hz_mem_fail(err, "reference system");
        goto done;
    }
    crs->pj = proj_create(crs->proj, definition);
    if (crs->pj)
        crs->pj = flatten(crs->proj, crs->pj);
    if (!crs->pj) {
        st = hz_fail(err, HZ_ECRS,
                     "'%.80s': not a known reference system, expected one like EPSG:25832, "
                     "a WKT text or a PROJ string", text);
        goto done;
    }
    st = describe(crs, text, err);
done:
    hz_mem_free(definition);
    if (st)
        hz_crs_free(crs);
    else
        *out = crs;
    return st;
}

hz_crs *hz_crs_copy(const hz_crs *crs)
{
    if (!crs)
        return NULL;
    hz_crs *copy = hz_mem_new(1, sizeof *copy);
    if (!copy)
        return NULL;
    *copy = (hz_crs){ .degrees = crs->degrees, .unit_m = crs->unit_m,
                      .web_mercator = crs->web_mercator };
    copy->proj = hz_crs_context();
    copy->code = hz_mem_text(crs->code);
    copy->name = hz_mem_text(crs->name);
    copy->wkt = hz_mem_text(crs->wkt);
    if (copy->proj) {
        copy->pj = proj_clone(copy->proj, crs->pj);
        copy->plain = proj_clone(copy->proj, crs->plain);
    }
    if (!copy->pj || !copy->plain || !copy->code || !copy->name || !copy->wkt) {
        hz_crs_free(copy);
        return NULL;
    }
    return copy;
}

void hz_crs_free(hz_crs *crs)
{
    if (!crs)
        return;
    proj_destroy(crs->pj);
    proj_destroy(crs->plain);
    if (crs->proj)
        proj_context_destroy(crs->proj);
    hz_mem_free(crs->code);
    hz_mem_free(crs->name);
    hz_mem_free(crs->wkt);
    hz_mem_free(crs);
}

/* ---- what it is ----------------------------------------------------------------------- */

const char *hz_crs_code(const hz_crs *crs)
{
    return crs->code;
}

const char *hz_crs_name(const hz_crs *crs)
{
    return crs->name;
}

const char *hz_crs_wkt(const hz_crs *crs)
{
    return crs->wkt;
}

bool hz_crs_is_degrees(const hz_crs *crs)
{
    return crs->degrees;
}

double hz_crs_unit_m(const hz_crs *crs)
{
    return crs->unit_m;
}

bool hz_crs_is_web_mercator(const hz_crs *crs)
{
    return crs->web_mercator;
}

bool hz_crs_equal(const hz_crs *a, const hz_crs *b)
{
    if (!a || !b)
        return a == b;
    if (strcmp(a->code, b->code) == 0)
        return true;
    PJ_CONTEXT *proj = hz_crs_context();
    if (!proj)
        return false;
    PJ *x = proj_clone(proj, a->plain), *y = proj_clone(proj, b->plain);
    bool same = x && y &&
                proj_is_equivalent_to_with_ctx(proj, x, y,
                                               PJ_COMP_EQUIVALENT_EXCEPT_AXIS_ORDER_GEOGCRS);
    proj_destroy(x);
    proj_destroy(y);
    proj_context_destroy(proj);
    return same;
}

hz_status hz_crs_need_metres(const hz_crs *crs, const char *where, const hz_notice *notice,
                             hz_error *err)
{
    if (!crs)
        return hz_fail(err, HZ_ECRS,
                       "%s: has no reference system, expected one: name it with --crs", where);
    if (crs->degrees)
        return hz_fail(err, HZ_ECRS,
                       "%s: coordinates are in degrees (%s), expected a projected system in "
                       "metres, such as EPSG:25832", where, crs->name);
    if (crs->web_mercator)
        hz_warn(notice, "%s: Web Mercator (%s) is not in true metres away from the equator; "
                "lengths and areas will be too large", where, crs->code);
    return HZ_OK;
}

/* ---- where to measure ----------------------------------------------------------------- */

static int utm_zone(double lon)
{
    int zone = (int)floor((lon + 180) / 6) + 1;
    return zone > 60 ? 60 : zone;
}

static int metric_code(double lon, double lat)
{
    bool denmark = lon >= 7.5 && lon <= 15.3 && lat >= 54.4 && lat <= 58;
    bool europe = lon >= -10 && lon <= 35 && lat >= 34 && lat <= 72;
    if (denmark)
        return lon > 14 ? 25833 : 25832; /* Bornholm is surveyed in zone 33 */
    if (europe)
        return 25800 + utm_zone(lon);
    if (lat >= 84)
        return 5041; /* Universal Polar Stereographic, east before north */
    if (lat <= -80)
        return 5042;
    return (lat >= 0 ? 32600 : 32700) + utm_zone(lon);
}

hz_status hz_crs_metric_for(double lon, double lat, hz_crs **out, hz_error *err)
{
    char text[32];
    if (!isfinite(lon) || !(fabs(lat) <= 90))
        return hz_fail(err, HZ_ECRS,
                       "longitude %g, latitude %g: expected a place on earth, in degrees", lon,
                       lat);
    lon = remainder(lon, 360); /* -180 .. 180 */
    snprintf(text, sizeof text, "EPSG:%d", metric_code(lon, lat));
    return hz_crs_new(text, out, err);
}
