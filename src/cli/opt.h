/* One table per command drives parsing, --help, the manual page and completion. */
#ifndef CLI_OPT_H
#define CLI_OPT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "hotzone/notice.h"
#include "hotzone/status.h"

typedef enum {
    OPT_FLAG,    /* bool */
    OPT_TEXT,    /* const char * */
    OPT_NUMBER,  /* double */
    OPT_LIST,    /* opt_list: may be given several times */
    OPT_OPERAND  /* const char *, by position; required */
} opt_kind;

enum { OPT_LIST_MOST = 16 };
typedef struct {
    const char *item[OPT_LIST_MOST];
    size_t count;
} opt_list;

typedef struct {
    char letter;        /* 0: none */
    const char *name;   /* long name, or the operand's */
    const char *value;  /* what stands for the value in help: "SRC", "NUMBER"; NULL for a flag */
    opt_kind kind;
    size_t offset;      /* in the command's arguments */
    const char *help;
} opt;

/* What every command is given besides its own arguments. */
typedef struct {
    const hz_notice *notice;
    bool verbose, quiet;
} session;

typedef struct {
    const char *name, *summary;
    const char *example;    /* one, for the end of --help */
    const opt *options;     /* ends with { 0 } */
    size_t args_size;
    const void *defaults;   /* an args to start from */
    hz_status (*run)(void *args, const session *s, hz_error *err);
} command;

extern const command cmd_change;
extern const command cmd_check;
extern const command cmd_concentration;
extern const command cmd_flows;
extern const command cmd_focus;
extern const command cmd_hotspots;
extern const command cmd_info;
extern const command cmd_pattern;
extern const command cmd_rates;
extern const command cmd_run;
extern const command cmd_scan;
extern const command cmd_verify;
extern const command cmd_zone_build;
extern const command cmd_zone_card;
extern const command cmd_zone_compare;
extern const command cmd_zone_displacement;
extern const command cmd_zone_frontier;
extern const command cmd_zone_propose;
extern const command cmd_zone_timeline;

/** Fill args (args_size bytes, defaults copied in) from argv[1..]; HZ_EUSAGE says what is wrong,
 *  with the nearest option for an unknown one.  *help is set by --help. */
hz_status opt_parse(const command *cmd, void *args, session *s, int argc, char **argv, bool *help,
                    hz_error *err);
/** HZ_EUSAGE if a file to write is one that is read, or is named as another output too. */
hz_status opt_files(const command *cmd, const void *args, hz_error *err);
void opt_help(const command *cmd, FILE *out);
/** The manual page of all n commands, in mdoc. */
void opt_manual(const command *const *commands, size_t n, FILE *out);

/** The place of an option's word among n that it may be; HZ_EUSAGE lists them. */
hz_status opt_word(const char *option, const char *word, const char *const *words, int n, int *at,
                   hz_error *err);
/** HZ_EUSAGE unless an option's number is whole and from least to most. */
hz_status opt_whole(const char *option, double value, double least, double most, hz_error *err);
/** HZ_EUSAGE unless --hide-below is from 5, and --round 0 (not given) or from 5: figures of people. */
hz_status opt_people_rule(double below, double round, hz_error *err);
/** HZ_EUSAGE unless an option's number is over 0 and under 1. */
hz_status opt_share(const char *option, double value, hz_error *err);

#endif
