/* What a layer is made of: private to this room. */
#ifndef HOTZONE_LAYER_LAYER_PARTS_H
#define HOTZONE_LAYER_LAYER_PARTS_H

#include "hotzone/layer.h"

typedef struct {
    char *name;
    hz_column_kind kind;
    double *numbers;
    hz_time *times;
    size_t *offsets;      /* texts: start of each row's text in arena */
    char *arena;
    unsigned char *marks; /* NULL: every row is known */
} layer_column;

struct hz_layer {
    char *name, *source;
    size_t rows, columns, room;
    layer_column *column;
    hz_shapes *shapes;
    hz_crs *crs;
    char **repaired; /* by row; NULL: none was */
    hz_intake intake;
};

/** Free the values and the name of a column, and empty it. */
void layer_column_clear(layer_column *c);

#endif
