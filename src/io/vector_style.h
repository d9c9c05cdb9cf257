/* How QGIS is to draw a layer, as its QML. */
#ifndef IO_VECTOR_STYLE_H
#define IO_VECTOR_STYLE_H

#include "hotzone/vector.h"

/** Add the QML document of a style for shapes of a kind.  Rows whose text has no class, missing
 *  ones too, get the class whose value is NULL or ""; without one, `rest` says whether a grey
 *  hatched one is added for them. */
void hz_style_qml(const hz_vector_style *style, hz_shape_kind kind, bool rest, hz_text *out);
/** Has every row of the layer a class with its text? */
bool hz_style_covers(const hz_vector_style *style, const hz_layer *layer);

#endif
