/* SHA-256 by nettle. */
#include "hotzone/hash.h"

#include <errno.h>
#include <nettle/sha2.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

static void to_hex(struct sha256_ctx *ctx, char hex[65])
{
    static const char digits[] = "0123456789abcdef";
    uint8_t sum[SHA256_DIGEST_SIZE];
    sha256_digest(ctx, sizeof sum, sum);
    for (size_t i = 0; i < sizeof sum; i++) {
        hex[2 * i] = digits[sum[i] >> 4];
        hex[2 * i + 1] = digits[sum[i] & 15];
    }
    hex[64] = '\0';
}

void hz_hash_bytes(const void *data, size_t n, char hex[65])
{
    struct sha256_ctx ctx;
    sha256_init(&ctx);
    sha256_update(&ctx, n, data);
    to_hex(&ctx, hex);
}

hz_status hz_hash_file(const char *path, char hex[65], hz_error *err)
{
    unsigned char buf[1 << 16];
    struct sha256_ctx ctx;
    FILE *in = fopen(path, "rb");
    if (!in)
        return hz_fail(err, HZ_EIO, "%s: cannot be read: %s", path, strerror(errno));
    sha256_init(&ctx);
    for (size_t n; (n = fread(buf, 1, sizeof buf, in)) > 0;)
        sha256_update(&ctx, n, buf);
    int bad = ferror(in);
    int why = errno;
    fclose(in);
    if (bad)
        return hz_fail(err, HZ_EIO, "%s: cannot be read: %s", path, strerror(why));
    to_hex(&ctx, hex);
    return HZ_OK;
}
