/* What the fuzz entries share: libFuzzer's entry, facts that must hold, and bytes as a file. */
#ifndef TESTS_FUZZ_H
#define TESTS_FUZZ_H

#include <stddef.h>
#include <stdint.h>

#include "hotzone/status.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/** Abort, naming the fact, unless it holds; a fuzzer and a replay both notice that. */
void fuzz_must(int holds, const char *fact);
/** A failure must come with a sentence of one line, or of one per fault. */
void fuzz_must_say_why(hz_status status, const hz_error *err, int lines_allowed);
/** A file in memory that holds the bytes; its path stays valid until the next call. */
const char *fuzz_file(const uint8_t *data, size_t size);

#endif
