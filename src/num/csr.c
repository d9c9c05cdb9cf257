/* Keeps sparse rows of links: makes, tidies and selects them. */
#include "hotzone/csr.h"

#include <stdlib.h>

#include "hotzone/mem.h"

enum { SHORT_ROW = 48 };

hz_status hz_csr_new(size_t n, size_t links, bool weighted, hz_csr **out, hz_error *err)
{
    if (n >= UINT32_MAX)
        return hz_fail(err, HZ_EDATA, "neighbours: %zu units, expected fewer than 2^32", n);
    hz_csr *csr = hz_mem_new(1, sizeof *csr);
    if (csr) {
        csr->n = n;
        csr->first = hz_mem_new(n + 1, sizeof *csr->first);
        csr->neighbour = hz_mem_new(links, sizeof *csr->neighbour);
        csr->weight = weighted ? hz_mem_new(links, sizeof *csr->weight) : NULL;
    }
    if (!csr || !csr->first || !csr->neighbour || (weighted && !csr->weight)) {
        hz_csr_free(csr);
        return hz_mem_fail(err, "neighbours");
    }
    *out = csr;
    return HZ_OK;
}

void hz_csr_free(hz_csr *csr)
{
    if (!csr)
        return;
    hz_mem_free(csr->first);
    hz_mem_free(csr->neighbour);
    hz_mem_free(csr->weight);
    hz_mem_free(csr);
}

size_t hz_csr_count(const hz_csr *csr, size_t unit)
{
    return csr->first[unit + 1] - csr->first[unit];
}

bool hz_csr_equal(const hz_csr *csr, size_t unit)
{
    if (csr->weight)
        for (size_t l = csr->first[unit]; l < csr->first[unit + 1]; l++)
            if (csr->weight[l] != csr->weight[csr->first[unit]])
                return false;
    return true;
}

hz_status hz_csr_select(const hz_csr *csr, const unsigned char *keep, hz_csr **out,
                        hz_error *err)
{
    size_t kept = 0, links = 0;
    uint32_t *number = hz_mem_new(csr->n, sizeof *number);
    hz_csr *part = NULL;
    hz_status st = number ? HZ_OK : hz_mem_fail(err, "neighbours");

    for (size_t i = 0; !st && i < csr->n; i++) {
        number[i] = (uint32_t)kept;
        kept += keep[i] != 0;
        links += keep[i] ? hz_csr_count(csr, i) : 0;
    }
    if (!st)
        st = hz_csr_new(kept, links, csr->weight != NULL, &part, err);
    if (st)
        goto done;
    kept = links = 0;
    for (size_t i = 0; i < csr->n; i++) {
        if (!keep[i])
            continue;
        for (size_t l = csr->first[i]; l < csr->first[i + 1]; l++) {
            if (!keep[csr->neighbour[l]])
                continue;
            if (csr->weight)
                part->weight[links] = csr->weight[l];
            part->neighbour[links++] = number[csr->neighbour[l]];
        }
        part->first[++kept] = links;
    }
    *out = part;
done:
    hz_mem_free(number);
    return st;
}

static int by_number(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

/* Stable, by insertion: rows are short, or mostly in order. */
static void sort_row(uint32_t *neighbour, double *weight, size_t n)
{
    size_t sorted = 1;
    while (sorted < n && neighbour[sorted - 1] <= neighbour[sorted])
        sorted++;
    if (sorted >= n)
        return;
    if (!weight && n > SHORT_ROW) {
        qsort(neighbour, n, sizeof *neighbour, by_number);
        return;
    }
    for (size_t i = 1; i < n; i++) {
        uint32_t unit = neighbour[i];
        double w = weight ? weight[i] : 1;
        size_t j = i;
        for (; j > 0 && neighbour[j - 1] > unit; j--) {
            neighbour[j] = neighbour[j - 1];
            if (weight)
                weight[j] = weight[j - 1];
        }
        neighbour[j] = unit;
        if (weight)
            weight[j] = w;
    }
}

size_t hz_csr_tidy(hz_csr *csr)
{
    size_t kept = 0, from = 0, all = csr->first[csr->n];
    for (size_t i = 0; i < csr->n; i++) {
        size_t last = csr->first[i + 1], start = kept;
        sort_row(csr->neighbour + from, csr->weight ? csr->weight + from : NULL, last - from);
        for (; from < last; from++) {
            uint32_t unit = csr->neighbour[from];
            if (unit == i || (kept > start && csr->neighbour[kept - 1] == unit))
                continue;
            csr->neighbour[kept] = unit;
            if (csr->weight)
                csr->weight[kept] = csr->weight[from];
            kept++;
        }
        csr->first[i + 1] = kept;
    }
    return all - kept;
}
