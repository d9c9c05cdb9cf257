# hotzone: build, test, demo, install.  `make help` lists the targets.
VERSION := 0.1.0
SOVER   := 0
PREFIX  ?= /usr/local
DESTDIR ?=
OPT     ?= -O2 -g
OMP     ?= 1
ASAN    ?= 0
FUZZ    ?= 0
FUZZ_SECONDS ?= 60
# V=1 shows every command whole
Q       := $(if $(filter 1,$(V)),,@)
JOBS    := $(shell nproc 2>/dev/null || echo 2)
comma   := ,

# Each variant (compiler, sanitizers, threads) keeps its objects to itself: they never mix.
B := build/$(notdir $(firstword $(CC)))$(if $(filter 1,$(ASAN)),-asan)$(if $(filter 0,$(OMP)),-serial)$(if $(filter 1,$(FUZZ)),-fuzz)

PKGS    := gdal proj geos cairo harfbuzz freetype2 libpng yaml-0.1 jansson nettle libqpdf
WARN    := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes
# foreign headers are system headers: our warnings are about our code
FOREIGN := $(patsubst -I%,-isystem %,$(shell pkg-config --cflags $(PKGS) 2>/dev/null))
# GLPK ships no .pc file
LIBS    := $(shell pkg-config --libs $(PKGS) 2>/dev/null) -lglpk -lm
VARIANT := $(if $(filter 1,$(OMP)),-fopenmp) \
           $(if $(filter 1,$(ASAN)),-fsanitize=address$(comma)undefined -fno-omit-frame-pointer -fno-sanitize-recover=undefined) \
           $(if $(filter 1,$(FUZZ)),-fsanitize=address$(comma)undefined$(comma)fuzzer-no-link -fno-sanitize-recover=undefined)
DEFINES := -D_POSIX_C_SOURCE=200809L -DHZ_VERSION='"$(VERSION)"'
# no fused multiply-add: the same bits on every machine
C_FLAGS := -std=c11 $(OPT) $(WARN) -fPIC -fvisibility=hidden -ffp-contract=off $(VARIANT) \
           -Iinclude -Isrc $(DEFINES) $(FOREIGN) $(CFLAGS)

LIB_SRC  := $(filter-out src/cli/%,$(shell find src -name '*.c' | LC_ALL=C sort))
CLI_SRC  := $(sort $(wildcard src/cli/*.c))
TEST_SRC := $(sort $(foreach d,unit property reference map fail,$(wildcard tests/$d/test_*.c)))
LIB_OBJ  := $(LIB_SRC:src/%.c=$B/%.o)
CLI_OBJ  := $(CLI_SRC:src/%.c=$B/%.o)
TESTS    := $(TEST_SRC:tests/%.c=$B/tests/%)
FUZZERS  := $(patsubst tests/%.c,$B/tests/%,$(sort $(wildcard tests/fuzz/fuzz_*.c)))
SHARED   := $B/libhotzone.so.$(VERSION)

.DEFAULT_GOAL := all
.PHONY: all demo test test-all areas geodata bench fuzz fuzzers install uninstall clean help programs
.DELETE_ON_ERROR:

all: $B/hotzone $(SHARED)   ## build the command and the library
	@ln -sf $B/hotzone hotzone

# Sub-makes start after setup, so that pkg-config is asked when it is there.
demo:                       ## set up, build, and make output/copenhagen-2017
	@.ci/setup build
	@$(MAKE) --no-print-directory -j$(JOBS) all
	@mkdir -p output
	$B/hotzone run geodata/copenhagen/2017.yaml -o output/copenhagen-2017

test:                       ## set up, build, and run every fast test
	@.ci/setup test
	@$(MAKE) --no-print-directory -j$(JOBS) all programs
	@tests/run $B

test-all: test              ## levels, attack and verify at full size; the fast tests under sanitizers, without threads, by clang
	@HZ_FULL_SIZE=1 $B/tests/property/test_level
	@tests/attack/run $B 200
	@tests/verify/run $B demo
	@HZ_FULL_SIZE=1 $B/tests/fail/test_run
	@$(MAKE) --no-print-directory ASAN=1 test
	@$(MAKE) --no-print-directory OMP=0 test
	@if command -v clang >/dev/null; then $(MAKE) --no-print-directory CC=clang OMP=0 test; fi

programs: $(TESTS) $(FUZZERS) $B/tests/areas

CPH := geodata/copenhagen
areas: $B/tests/areas       ## remake the Copenhagen layers from their digitising sheets
	$< --sheet $(CPH)/borders.txt $(CPH)/borders.geojson
	$< $(CPH)/borders.geojson $(CPH)/areas.geojson
	$< --sheet $(CPH)/places.txt $(CPH)/places.geojson $(CPH)/borders.geojson
	$< --sheet $(CPH)/water.txt $(CPH)/water.geojson $(CPH)/borders.geojson
	$< --sheet $(CPH)/neighbours.txt $(CPH)/neighbours.geojson $(CPH)/borders.geojson
	$< --sheet $(CPH)/streets.txt $(CPH)/streets.geojson
	tests/data/make/checksums

.PHONY: synthetic
synthetic: $B/tests/synthetic ## remake the made-up offences and addresses of Copenhagen
	$< 2017 $(CPH)/areas.geojson $(CPH)/population.csv $(CPH)/water.geojson $(CPH)
	tests/data/make/checksums

$B/tests/synthetic: $(wildcard tests/data/make/city*.c) tests/data/make/synthetic.c tests/data/make/city.h \
                    $B/libhotzone.a Makefile
	@mkdir -p $(@D)
	@echo "  CC    tests/data/make/synthetic.c"
	$(Q)$(CC) $(C_FLAGS) -o $@ $(filter %.c %.a,$^) $(LIBS)

geodata:                    ## fetch official layers into geodata/official (needs a network)
	@.ci/setup test
	@geodata/fetch

bench:                      ## time hotzone beside its floor and Debian's peers
	@$(MAKE) --no-print-directory -j$(JOBS) all $B/tests/bench/points $B/tests/bench/bench_index
	@tests/bench/run $B

fuzz:                       ## search for inputs that break a reader, FUZZ_SECONDS=60 each
	@command -v clang-14 >/dev/null || { echo "make fuzz: needs clang-14 and libclang-rt-14-dev" >&2; exit 1; }
	@$(MAKE) --no-print-directory -j$(JOBS) CC=clang-14 OMP=0 FUZZ=1 fuzzers

fuzzers: $(FUZZERS)
	@for f in $(FUZZERS); do n=$${f##*fuzz_}; mkdir -p $B/corpus/$$n; echo "fuzz_$$n: $(FUZZ_SECONDS) s"; \
	  $$f -max_total_time=$(FUZZ_SECONDS) -timeout=10 -verbosity=0 -artifact_prefix=$B/$$n- \
	    $B/corpus/$$n tests/fuzz/corpus/$$n || exit 1; done

install: all                ## install below PREFIX (and DESTDIR)
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/lib/pkgconfig \
	  $(DESTDIR)$(PREFIX)/include/hotzone $(DESTDIR)$(PREFIX)/share/hotzone/styles \
	  $(DESTDIR)$(PREFIX)/share/man/man1
	install -m 755 $B/hotzone $(DESTDIR)$(PREFIX)/bin/hotzone
	install -m 644 $B/libhotzone.a $(DESTDIR)$(PREFIX)/lib/
	install -m 755 $(SHARED) $(DESTDIR)$(PREFIX)/lib/
	ln -sf libhotzone.so.$(VERSION) $(DESTDIR)$(PREFIX)/lib/libhotzone.so.$(SOVER)
	ln -sf libhotzone.so.$(SOVER) $(DESTDIR)$(PREFIX)/lib/libhotzone.so
	install -m 644 include/hotzone.h $(DESTDIR)$(PREFIX)/include/
	install -m 644 include/hotzone/*.h $(DESTDIR)$(PREFIX)/include/hotzone/
	install -m 644 styles/* $(DESTDIR)$(PREFIX)/share/hotzone/styles/
	$B/hotzone help --manual >$(DESTDIR)$(PREFIX)/share/man/man1/hotzone.1
	sed -e 's|@PREFIX@|$(PREFIX)|' -e 's|@VERSION@|$(VERSION)|' -e 's|@PKGS@|$(PKGS)|' \
	  -e 's|@OMP@|$(if $(filter 1,$(OMP)),-fopenmp)|' docs/design/hotzone.pc.in \
	  >$(DESTDIR)$(PREFIX)/lib/pkgconfig/hotzone.pc

uninstall:                  ## take away what install put there
	rm -rf $(DESTDIR)$(PREFIX)/include/hotzone $(DESTDIR)$(PREFIX)/share/hotzone
	rm -f $(DESTDIR)$(PREFIX)/bin/hotzone $(DESTDIR)$(PREFIX)/include/hotzone.h \
	  $(DESTDIR)$(PREFIX)/lib/libhotzone.* $(DESTDIR)$(PREFIX)/lib/pkgconfig/hotzone.pc \
	  $(DESTDIR)$(PREFIX)/share/man/man1/hotzone.1

clean:                      ## remove what was built
	rm -rf build hotzone

help:                       ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1 \t\2/p' Makefile | expand -t 24
	@echo "  variants: CC=clang  ASAN=1  OMP=0, each with objects of its own; V=1 shows the commands"

$B/%.o: src/%.c Makefile
	@mkdir -p $(@D)
	@echo "  CC    $<"
	$(Q)$(CC) $(C_FLAGS) -MMD -MP -c -o $@ $<

$B/libhotzone.a: $(LIB_OBJ)
	@echo "  AR    $@"
	@rm -f $@
	$(Q)ar rcs $@ $^

$(SHARED): $(LIB_OBJ)
	@echo "  LINK  $@"
	$(Q)$(CC) -shared -Wl,-soname,libhotzone.so.$(SOVER) $(VARIANT) $(LDFLAGS) -o $@ $^ $(LIBS)

$B/hotzone: $(CLI_OBJ) $B/libhotzone.a
	@echo "  LINK  $@"
	$(Q)$(CC) $(VARIANT) $(LDFLAGS) -o $@ $^ $(LIBS)

$B/tests/areas: tests/data/make/areas.c Makefile
	@mkdir -p $(@D)
	@echo "  CC    $<"
	$(Q)$(CC) $(C_FLAGS) -o $@ $< $(LIBS)

$B/tests/%: tests/%.c $B/libhotzone.a tests/check.h Makefile
	@mkdir -p $(@D)
	@echo "  CC    $<"
	$(Q)$(CC) $(C_FLAGS) -Itests -DHZ_AREAS_TOOL='"$B/tests/areas"' -MMD -MP -MF $@.d -o $@ $< $B/libhotzone.a $(LIBS) -lcmocka

# a fuzz entry by itself replays files; built with FUZZ=1 it searches
$(FUZZERS): $B/tests/fuzz/fuzz_%: tests/fuzz/fuzz_%.c tests/fuzz/fuzz.c tests/fuzz/replay.c tests/fuzz/fuzz.h \
            $B/libhotzone.a Makefile
	@mkdir -p $(@D)
	$(Q)$(CC) $(C_FLAGS) -Itests/fuzz $(if $(filter 1,$(FUZZ)),-fsanitize=fuzzer) -o $@ $< tests/fuzz/fuzz.c \
	  $(if $(filter 1,$(FUZZ)),,tests/fuzz/replay.c) $B/libhotzone.a $(LIBS)

-include $(LIB_OBJ:.o=.d) $(CLI_OBJ:.o=.d) $(TESTS:=.d)
