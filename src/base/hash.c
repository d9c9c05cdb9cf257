/* SHA-256, plain and keyed, by nettle. */
#include "hotzone/hash.h"

#include <errno.h>
#include <nettle/hmac.h>
#include <nettle/sha2.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

static void to_hex(const uint8_t sum[SHA256_DIGEST_SIZE], char hex[65])
{
    static const char digits[] = "0123456789abcdef";
    for (size_t i = 0; i < SHA256_DIGEST_SIZE; i++) {
        hex[2 * i] = digits[sum[i] >> 4];
        hex[2 * i + 1] = digits[sum[i] & 15];
    }
    hex[64] = '\0';
}

void hz_hash_bytes(const void *data, size_t n, char hex[65])
{
    struct sha256_ctx ctx;
    uint8_t sum[SHA256_DIGEST_SIZE];
    sha256_init(&ctx);
    sha256_update(&ctx, n, data);
    sha256_digest(&ctx, sizeof sum, sum);
    to_hex(sum, hex);
}

/* What a file's bytes are fed to. */
typedef void feed_fn(void *ctx, size_t n, const uint8_t *data);

static void feed_plain(void *ctx, size_t n, const uint8_t *data)
{
    sha256_update(ctx, n, data);
}

static void feed_keyed(void *ctx, size_t n, const uint8_t *data)
{
    hmac_sha256_update(ctx, n, data);
}

static hz_status feed_file(const char *path, feed_fn *feed, void *ctx, hz_error *err)
{
    unsigned char buf[1 << 16];
    struct stat info;
    /* a pipe would be waited for, for ever */
    if (stat(path, &info) == 0 && !S_ISREG(info.st_mode))
        return hz_fail(err, HZ_EIO, "%s: is %s, expected a regular file", path,
                       S_ISDIR(info.st_mode) ? "a directory" : "no regular file");
    FILE *in = fopen(path, "rb");
    if (!in)
        return hz_fail(err, HZ_EIO, "%s: cannot be read: %s", path, strerror(errno));
    for (size_t n; (n = fread(buf, 1, sizeof buf, in)) > 0;)
        feed(ctx, n, buf);
    int bad = ferror(in);
    int why = errno;
    fclose(in);
    if (bad)
        return hz_fail(err, HZ_EIO, "%s: cannot be read: %s", path, strerror(why));
    return HZ_OK;
}

hz_status hz_hash_file(const char *path, char hex[65], hz_error *err)
{
    struct sha256_ctx ctx;
    uint8_t sum[SHA256_DIGEST_SIZE];
    sha256_init(&ctx);
    hz_status st = feed_file(path, feed_plain, &ctx, err);
    if (st)
        return st;
    sha256_digest(&ctx, sizeof sum, sum);
    to_hex(sum, hex);
    return HZ_OK;
}

hz_status hz_hash_file_keyed(const char *path, const void *key, size_t n, char hex[65],
                             hz_error *err)
{
    struct hmac_sha256_ctx ctx;
    uint8_t sum[SHA256_DIGEST_SIZE];
    hmac_sha256_set_key(&ctx, n, key);
    hz_status st = feed_file(path, feed_keyed, &ctx, err);
    if (st)
        return st;
    hmac_sha256_digest(&ctx, sizeof sum, sum);
    to_hex(sum, hex);
    return HZ_OK;
}
