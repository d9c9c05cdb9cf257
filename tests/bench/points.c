/* Makes N points inside a set of areas as a CSV `id,lon,lat,date,kind`, for timings.
 *   points N AREAS.geojson >points.csv */
#include <stdio.h>
#include <stdlib.h>

#include "hotzone/index.h"
#include "hotzone/layer.h"
#include "hotzone/source.h"

int main(int argc, char **argv)
{
    static const char *const kinds[] = { "burglary", "theft", "violence", "robbery" };
    hz_layer *areas = NULL;
    hz_index *index = NULL;
    hz_error err;
    long wanted = argc == 3 ? atol(argv[1]) : 0;

    if (wanted <= 0) {
        fprintf(stderr, "usage: points N AREAS\n");
        return 2;
    }
    if (hz_source_read_kind(argv[2], NULL, HZ_POLYGON, &areas, NULL, &err) ||
        hz_index_new(hz_layer_shapes(areas), &index, &err)) {
        fprintf(stderr, "points: %s\n", err.text);
        return 1;
    }
    hz_box box = hz_shapes_box(hz_layer_shapes(areas));
    printf("id,lon,lat,date,kind\n");
    unsigned long seed = 88172645463325252ul; /* xorshift64: any spread will do here */
    for (long made = 0; made < wanted;) {
        double u[2];
        for (int k = 0; k < 2; k++) {
            seed ^= seed << 13;
            seed ^= seed >> 7;
            seed ^= seed << 17;
            u[k] = (double)(seed >> 11) * 0x1p-53;
        }
        double x = box.xmin + u[0] * (box.xmax - box.xmin);
        double y = box.ymin + u[1] * (box.ymax - box.ymin);
        int32_t area;
        hz_index_locate(index, 0, 1, &x, &y, &area);
        if (area == HZ_NOWHERE)
            continue;
        made++;
        printf("%ld,%.7f,%.7f,2017-%02d-%02d,%s\n", made, x, y, (int)(made % 12) + 1,
               (int)(made % 28) + 1, kinds[made % 4]);
    }
    hz_index_free(index);
    hz_layer_free(areas);
    return ferror(stdout) ? 1 : 0;
}
