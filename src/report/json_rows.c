/* Tables as JSON. */
#include <math.h>

#include "report/json.h"

json_t *hz_json_number(double value)
{
    if (!isfinite(value))
        return json_null();
    if (value == floor(value) && fabs(value) < 1e15)
        return json_integer((json_int_t)value);
    return json_real(value);
}

static json_t *value_at(const hz_layer *layer, size_t column, size_t row)
{
    char text[64];
    const char *name = hz_layer_column_name(layer, column);
    if (hz_layer_mark_at(layer, column, row) != HZ_KNOWN)
        return json_null();
    switch (hz_layer_column_kind(layer, column)) {
    case HZ_NUMBERS: return hz_json_number(hz_layer_numbers(layer, name)[row]);
    case HZ_TEXTS: return json_string(hz_layer_text_at(layer, column, row));
    default: return json_string(hz_date_format(text, sizeof text, hz_layer_times(layer, name)[row]));
    }
}

json_t *hz_json_rows(const hz_layer *layer)
{
    json_t *rows = json_array();
    int bad = !rows;
    for (size_t i = 0; !bad && i < hz_layer_rows(layer); i++) {
        json_t *row = json_object();
        for (size_t c = 0; c < hz_layer_columns(layer); c++)
            bad |= json_object_set_new(row, hz_layer_column_name(layer, c), value_at(layer, c, i));
        bad |= json_array_append_new(rows, row);
    }
    if (!bad)
        return rows;
    json_decref(rows);
    return NULL;
}
