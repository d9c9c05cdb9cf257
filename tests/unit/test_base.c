/* The base: published hashes, drafts that replace files whole, directories with their parents. */
#include "check.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "hotzone/file.h"
#include "hotzone/hash.h"
#include "hotzone/mem.h"
#include "hotzone/text.h"

static hz_error err;

/* A directory of this test's own. */
static const char *room(void)
{
    static char path[64];
    if (!*path) {
        snprintf(path, sizeof path, "/tmp/hotzone-base-%ld", (long)getpid());
        mkdir(path, 0700);
    }
    return path;
}

static const char *in_room(const char *name)
{
    static char path[4][160];
    static int k;
    k = (k + 1) % 4;
    snprintf(path[k], sizeof path[k], "%s/%s", room(), name);
    return path[k];
}

/* FIPS 180-2, appendix B (2002), and the empty message of the NIST test vectors (SHA256ShortMsg). */
TEST(sha_256_is_that_of_the_published_vectors)
{
    static const struct { const char *text, *hex; } published[] = {
        { "", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" },
        { "abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" },
        { "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
          "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1" },
    };
    for (size_t i = 0; i < sizeof published / sizeof *published; i++) {
        char hex[65];
        hz_hash_bytes(published[i].text, strlen(published[i].text), hex);
        CHECK_TEXT(hex, published[i].hex);
    }
}

/* RFC 4231, test case 2. */
TEST(a_keyed_hash_is_the_published_one)
{
    static const char text[] = "what do ya want for nothing?";
    const char *path = in_room("keyed");
    char hex[65];
    CHECK_OK(hz_file_write(path, text, strlen(text), &err), err);
    CHECK_OK(hz_hash_file_keyed(path, "Jefe", 4, hex, &err), err);
    CHECK_TEXT(hex, "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    unlink(path);
}

TEST(a_file_of_a_million_letters_has_the_published_hash)
{
    const char *path = in_room("million");
    char hex[65], *text = hz_mem_new(1000000, 1);
    CHECK(text);
    memset(text, 'a', 1000000);
    CHECK_OK(hz_file_write(path, text, 1000000, &err), err);
    CHECK_OK(hz_hash_file(path, hex, &err), err);
    CHECK_TEXT(hex, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
    hz_mem_free(text);
    unlink(path);
    CHECK_FAILS(hz_hash_file(path, hex, &err), HZ_EIO, err, "million");
}

TEST(a_draft_lies_beside_its_file_and_replaces_it_whole)
{
    const char *path = in_room("rates.csv");
    char *draft = NULL, *data = NULL;
    size_t n = 0;
    CHECK_OK(hz_file_write(path, "old", 3, &err), err);
    CHECK_OK(hz_file_draft(path, &draft, &err), err);
    CHECK(strncmp(draft, room(), strlen(room())) == 0 && strstr(draft, "/.rates.csv.tmp-"));
    CHECK_TEXT(strrchr(draft, '.'), ".csv");
    FILE *out = fopen(draft, "wb");
    CHECK(out && fputs("newer", out) >= 0 && fclose(out) == 0);
    CHECK_OK(hz_file_read(path, 100, &data, &n, &err), err);
    CHECK_TEXT(data, "old");
    hz_mem_free(data);
    CHECK_OK(hz_file_commit(draft, path, &err), err);
    CHECK(!hz_file_exists(draft));
    CHECK_OK(hz_file_read(path, 100, &data, &n, &err), err);
    CHECK_TEXT(data, "newer");
    CHECK(n == 5);
    hz_mem_free(data);
    CHECK_FAILS(hz_file_read(path, 4, &data, &n, &err), HZ_EFORMAT, err, "expected at most 4");
    CHECK_FAILS(hz_file_commit(draft, path, &err), HZ_EIO, err, "cannot be written");
    hz_mem_free(draft);
    unlink(path);
}

TEST(a_draft_that_failed_leaves_the_old_file)
{
    const char *path = in_room("kept.csv");
    char *draft = NULL;
    CHECK_OK(hz_file_write(path, "old", 3, &err), err);
    CHECK_OK(hz_file_draft(path, &draft, &err), err);
    CHECK_OK(hz_file_write(draft, "half", 4, &err), err);
    hz_file_discard(draft);
    CHECK(!hz_file_exists(draft) && hz_file_exists(path));
    hz_mem_free(draft);
    CHECK_FAILS(hz_file_draft(room(), &draft, &err), HZ_EIO, err, "is a directory");
    unlink(path);
}

TEST(a_directory_is_made_with_its_parents_and_twice)
{
    const char *path = in_room("a/b/c");
    struct stat info;
    CHECK_OK(hz_file_make_dir(path, &err), err);
    CHECK_OK(hz_file_make_dir(path, &err), err);
    CHECK(stat(path, &info) == 0 && S_ISDIR(info.st_mode));
    CHECK_OK(hz_file_write(in_room("plain"), "x", 1, &err), err);
    CHECK_FAILS(hz_file_make_dir(in_room("plain/below"), &err), HZ_EIO, err, "plain");
    unlink(in_room("plain"));
    rmdir(path);
    rmdir(in_room("a/b"));
    rmdir(in_room("a"));
    rmdir(room());
}

TEST(a_slip_finds_the_word_meant_and_another_word_does_not)
{
    static const char *const words[] = { "name", "oesterbro" };
    CHECK_TEXT(hz_text_nearest("nmae", words, 2), "name");
    CHECK(hz_text_nearest("noerrebro", words, 2) == NULL);
}

RUN_TESTS(T(sha_256_is_that_of_the_published_vectors),
          T(a_keyed_hash_is_the_published_one),
          T(a_file_of_a_million_letters_has_the_published_hash),
          T(a_draft_lies_beside_its_file_and_replaces_it_whole),
          T(a_draft_that_failed_leaves_the_old_file),
          T(a_directory_is_made_with_its_parents_and_twice),
          T(a_slip_finds_the_word_meant_and_another_word_does_not))
