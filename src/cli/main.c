/* The hotzone command: finds the command asked for, and turns its status into an exit status. */
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "cli/opt.h"
#include "hotzone/mem.h"
#include "hotzone/text.h"

static const command *const commands[] = {
    &cmd_run,
    &cmd_rates,
    &cmd_change,
    &cmd_hotspots,
    &cmd_scan,
    &cmd_pattern,
    &cmd_focus,
    &cmd_flows,
    &cmd_concentration,
    &cmd_zone_build,
    &cmd_zone_timeline,
    &cmd_zone_displacement,
    &cmd_zone_card,
    &cmd_zone_compare,
    &cmd_zone_frontier,
    &cmd_zone_propose,
    &cmd_check,
    &cmd_info,
    &cmd_verify,
};
enum { COMMANDS = sizeof commands / sizeof *commands };

/* What the notices go through. */
typedef struct {
    session *s;
    bool terminal;      /* standard error is one: progress stays on one line of it */
    bool shown;         /* such a line stands there */
    time_t started, told;
} speaker;

static void end_progress(speaker *to)
{
    if (to->shown)
        fputs("\r\033[K", stderr);
    to->shown = false;
}

/* At most once a second, and not of what is done within two. */
static void show_progress(speaker *to, const char *text)
{
    time_t now = time(NULL);
    if (!*text)
        end_progress(to);
    if (!*text || (!to->terminal && !to->s->verbose) || now < to->started + 2 || now == to->told)
        return;
    to->told = now;
    fprintf(stderr, to->terminal ? "\r%s\033[K" : "%s\n", text);
    to->shown = to->terminal;
}

static void say(hz_notice_kind kind, const char *text, void *user)
{
    speaker *to = user;
    if (to->s->quiet)
        return;
    if (kind == HZ_PROGRESS) {
        show_progress(to, text);
    } else if (kind == HZ_WARNING || to->s->verbose) {
        end_progress(to);
        fprintf(stderr, "%s%s\n", kind == HZ_WARNING ? "warning: " : "", text);
    }
}

static void general_help(FILE *out)
{
    fprintf(out, "usage: hotzone COMMAND [OPTIONS]\n\n"
                 "Counts incidents per district with honest uncertainty, and prints the map.\n\n");
    for (size_t i = 0; i < COMMANDS; i++)
        fprintf(out, "  %-18s %s\n", commands[i]->name, commands[i]->summary);
    fprintf(out, "  %-18s %s\n", "help", "this text; `help COMMAND` for one of them");
    fprintf(out, "\nhotzone COMMAND --help shows its options and an example.\n");
}

/* A command's name is one word, or two such as "zone build": `words` gets how many. */
static const command *find_command(int argc, char **argv, int *words)
{
    for (size_t i = 0; i < COMMANDS; i++) {
        const char *name = commands[i]->name, *second = strchr(name, ' ');
        size_t first = second ? (size_t)(second - name) : strlen(name);
        if (strncmp(argv[0], name, first) != 0 || argv[0][first] != '\0')
            continue;
        if (second && (argc < 2 || strcmp(argv[1], second + 1) != 0))
            continue;
        *words = second ? 2 : 1;
        return commands[i];
    }
    return NULL;
}

/* How many commands begin with this word and have another. */
static size_t family(const char *word)
{
    size_t n = strlen(word), found = 0;
    for (size_t i = 0; i < COMMANDS; i++)
        found += strncmp(commands[i]->name, word, n) == 0 && commands[i]->name[n] == ' ';
    return found;
}

static void family_help(const char *word, FILE *out)
{
    size_t n = strlen(word);
    fprintf(out, "usage: hotzone %s COMMAND [OPTIONS]\n\n", word);
    for (size_t i = 0; i < COMMANDS; i++)
        if (strncmp(commands[i]->name, word, n) == 0 && commands[i]->name[n] == ' ')
            fprintf(out, "  %-18s %s\n", commands[i]->name, commands[i]->summary);
    fprintf(out, "\nhotzone %s COMMAND --help shows its options and an example.\n", word);
}

static int unknown_command(int argc, char **argv)
{
    const char *names[COMMANDS];
    char name[80];
    if (family(argv[0]) && argc < 2) {
        family_help(argv[0], stderr);
        return 2;
    }
    snprintf(name, sizeof name, "%s%s%s", argv[0], family(argv[0]) ? " " : "",
             family(argv[0]) ? argv[1] : "");
    for (size_t i = 0; i < COMMANDS; i++)
        names[i] = commands[i]->name;
    const char *near = hz_text_nearest(name, names, COMMANDS);
    if (near)
        fprintf(stderr, "hotzone: '%s' is no command, did you mean '%s'?\n", name, near);
    else
        fprintf(stderr, "hotzone: '%s' is no command, expected one that `hotzone help` lists\n",
                name);
    return 2;
}

static int help(int argc, char **argv)
{
    if (argc > 2 && strcmp(argv[2], "--manual") == 0) {
        opt_manual(commands, COMMANDS, stdout);
    } else if (argc > 2) {
        int words = 0;
        const command *cmd = find_command(argc - 2, argv + 2, &words);
        if (cmd)
            opt_help(cmd, stdout);
        else if (argc == 3 && family(argv[2]))
            family_help(argv[2], stdout);
        else
            return unknown_command(argc - 2, argv + 2);
    } else {
        general_help(stdout);
    }
    return fflush(stdout) == 0 && !ferror(stdout) ? 0 : 1;
}

static int run(const command *cmd, int argc, char **argv)
{
    session s = { 0 };
    speaker to = { .s = &s, .terminal = isatty(STDERR_FILENO), .started = time(NULL) };
    hz_notice notice = { say, &to };
    hz_error err = { .text = "" };
    bool wants_help = false;
    void *args = hz_mem_new(1, cmd->args_size);
    hz_status st = args ? HZ_OK : hz_mem_fail(&err, cmd->name);

    s.notice = &notice;
    if (!st)
        st = opt_parse(cmd, args, &s, argc, argv, &wants_help, &err);
    if (!st && !wants_help)
        st = opt_files(cmd, args, &err);
    if (!st && wants_help)
        opt_help(cmd, stdout);
    else if (!st)
        st = cmd->run(args, &s, &err);
    end_progress(&to);
    /* what was printed must have arrived: a full disk behind stdout is a failure */
    if (!st && (fflush(stdout) != 0 || ferror(stdout)))
        st = hz_fail(&err, HZ_EIO, "standard output: cannot be written");
    if (st)
        fprintf(stderr, "hotzone: %s\n", err.text);
    hz_mem_free(args);
    return st == HZ_OK ? 0 : st == HZ_EUSAGE ? 2 : 1;
}

int main(int argc, char **argv)
{
    /* file names and messages are UTF-8; numbers stay in the C locale */
    setlocale(LC_CTYPE, "C.UTF-8");
    if (argc < 2) {
        general_help(stderr);
        return 2;
    }
    if (strcmp(argv[1], "--version") == 0 || strcmp(argv[1], "version") == 0) {
        printf("hotzone %s\n", HZ_VERSION);
        return fflush(stdout) == 0 ? 0 : 1;
    }
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0 ||
        strcmp(argv[1], "help") == 0)
        return help(argc, argv);
    int words = 0;
    const command *cmd = find_command(argc - 1, argv + 1, &words);
    if (cmd)
        return run(cmd, argc - words, argv + words);
    if (argc == 3 && family(argv[1]) &&
        (strcmp(argv[2], "--help") == 0 || strcmp(argv[2], "-h") == 0)) {
        family_help(argv[1], stdout);
        return fflush(stdout) == 0 ? 0 : 1;
    }
    return unknown_command(argc - 1, argv + 1);
}
