/* Recognises the coordinate columns of a table by name. */
#include "io/coordinate_names.h"


/* A style of naming: any x name goes with any y name of the same style; first come first. */
typedef struct {
    bool degrees;
    const char *x[16], *y[16];
} naming;

static const naming namings[] = {
    { true,
      { "lon", "lng", "long", "longitude", "længdegrad", "laengdegrad", "længde", "laengde",
        "lon_wgs84", "lng_wgs84", "long_wgs84", "longitude_wgs84", "wgs84_lon",
        "wgs84_long", "wgs84_longitude" },
      { "lat", "latitude", "breddegrad", "bredde", "lat_wgs84", "latitude_wgs84",
        "wgs84_lat", "wgs84_latitude" } },
    { false, { "easting", "eastings", "east", "oest", "øst" },
             { "northing", "northings", "north", "nord" } },
    { false, { "etrs89_oest", "etrs89_øst", "etrs89_ost", "etrs89_e", "etrs89_x", "x_etrs89",
               "etrs89koordinat_øst", "etrs89koordinat_oest" },
             { "etrs89_nord", "etrs89_n", "etrs89_y", "y_etrs89", "etrs89koordinat_nord" } },
    { false, { "utm_e", "utm_x", "utm_oest", "utm_øst", "utm_easting", "utmx", "x_utm",
               "x_utm32", "utm32_x", "utm32_e" },
             { "utm_n", "utm_y", "utm_nord", "utm_northing", "utmy", "y_utm", "y_utm32",
               "utm32_y", "utm32_n" } },
    { false, { "x_coord", "xcoord", "x_coordinate", "xcoordinate", "coord_x", "x_koordinat",
               "xkoordinat", "koordinat_x", "point_x", "x_25832" },
             { "y_coord", "ycoord", "y_coordinate", "ycoordinate", "coord_y", "y_koordinat",
               "ykoordinat", "koordinat_y", "point_y", "y_25832" } },
    { false, { "x" }, { "y" } },
    { false, { "e" }, { "n" } },
};

/* Lower case for ASCII and for UTF-8's Latin-1 letters (C3 80..9E); separators as '_'. */
static unsigned fold(const unsigned char *s, size_t at)
{
    unsigned c = s[at];
    if ((c >= 'A' && c <= 'Z') || (at > 0 && s[at - 1] == 0xC3 && c >= 0x80 && c <= 0x9E))
        return c + 0x20;
    return c == ' ' || c == '-' || c == '.' ? '_' : c;
}

static bool same_name(const char *a, const char *usual)
{
    const unsigned char *s = (const unsigned char *)a, *t = (const unsigned char *)usual;
    size_t i = 0;
    for (; t[i]; i++)
        if (!s[i] || fold(s, i) != t[i])
            return false;
    return !s[i];
}

static int find(const char *const *names, size_t n, const char *const usual[16])
{
    for (size_t u = 0; u < 16 && usual[u]; u++)
        for (size_t i = 0; i < n; i++)
            if (same_name(names[i], usual[u]))
                return (int)i;
    return -1;
}

bool hz_coordinate_names(const char *const *names, size_t n, int *x, int *y, bool *degrees)
{
    for (size_t k = 0; k < sizeof namings / sizeof *namings; k++) {
        int found_x = find(names, n, namings[k].x), found_y = find(names, n, namings[k].y);
        if (found_x < 0 || found_y < 0)
            continue;
        *x = found_x;
        *y = found_y;
        if (degrees)
            *degrees = namings[k].degrees;
        return true;
    }
    return false;
}
