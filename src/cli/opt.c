/* Options: parsed, explained and documented from one table. */
#include "cli/opt.h"

#include <getopt.h>
#include <math.h>
#include <string.h>

#include "hotzone/text.h"

enum { MOST_OPTIONS = 64, LONG_ONLY = 256 };

static const opt common[] = {
    { 'q', "quiet", NULL, OPT_FLAG, 0, "say nothing but errors" },
    { 'v', "verbose", NULL, OPT_FLAG, 0, "say more" },
    { 'h', "help", NULL, OPT_FLAG, 0, "this text" },
    { 0, NULL, NULL, OPT_FLAG, 0, NULL }
};

static size_t count_options(const opt *o)
{
    size_t n = 0;
    while (o[n].name)
        n++;
    return n;
}

static hz_status set(const opt *o, void *args, const char *text, hz_error *err)
{
    void *at = (char *)args + o->offset;
    opt_list *list = at;
    switch (o->kind) {
    case OPT_FLAG:
        *(bool *)at = true;
        break;
    case OPT_TEXT:
    case OPT_OPERAND:
        *(const char **)at = text;
        break;
    case OPT_NUMBER:
        if (!hz_number_parse(text, strlen(text), '.', at))
            return hz_fail(err, HZ_EUSAGE, "--%s: '%s', expected a number", o->name, text);
        break;
    case OPT_LIST:
        if (list->count == OPT_LIST_MOST)
            return hz_fail(err, HZ_EUSAGE, "--%s: given more than %d times", o->name,
                           OPT_LIST_MOST);
        list->item[list->count++] = text;
        break;
    }
    return HZ_OK;
}

/* getopt has refused an option: say which, and what was perhaps meant. */
static hz_status refuse(const command *cmd, int c, char **argv, hz_error *err)
{
    const char *names[MOST_OPTIONS];
    size_t n = 0;
    char word[64];
    const char *given = argv[optind - 1];

    if (c == ':') {
        if (optopt && optopt < LONG_ONLY)
            return hz_fail(err, HZ_EUSAGE, "-%c: expected a value after it", optopt);
        return hz_fail(err, HZ_EUSAGE, "%s: expected a value after it", given);
    }
    if (optopt && optopt < LONG_ONLY && strncmp(given, "--", 2) != 0)
        return hz_fail(err, HZ_EUSAGE, "-%c: no such option (hotzone %s --help lists them)",
                       optopt, cmd->name);
    for (const opt *o = cmd->options; o->name; o++)
        if (o->kind != OPT_OPERAND)
            names[n++] = o->name;
    for (const opt *o = common; o->name; o++)
        names[n++] = o->name;
    const char *start = strncmp(given, "--", 2) == 0 ? given + 2 : given;
    snprintf(word, sizeof word, "%.*s", (int)strcspn(start, "="), start);
    const char *near = hz_text_nearest(word, names, n);
    if (optopt >= LONG_ONLY && strchr(given, '='))
        return hz_fail(err, HZ_EUSAGE, "--%s: takes no value", word);
    if (near)
        return hz_fail(err, HZ_EUSAGE, "--%s: no such option, did you mean --%s?", word, near);
    return hz_fail(err, HZ_EUSAGE, "--%s: no such option (hotzone %s --help lists them)", word,
                   cmd->name);
}

hz_status opt_parse(const command *cmd, void *args, session *s, int argc, char **argv,
                    bool *help, hz_error *err)
{
    struct option table[MOST_OPTIONS + 4];
    char letters[3 * MOST_OPTIONS] = ":";
    size_t n = 0, own = count_options(cmd->options);
    int c;
    hz_status st;

    memcpy(args, cmd->defaults, cmd->args_size);
    for (size_t i = 0; i < own + count_options(common); i++) {
        const opt *o = i < own ? &cmd->options[i] : &common[i - own];
        char letter[3] = { o->letter, o->kind == OPT_FLAG ? '\0' : ':', '\0' };
        if (o->kind == OPT_OPERAND)
            continue;
        table[n++] = (struct option){ o->name, o->kind == OPT_FLAG ? no_argument : required_argument,
                                      NULL, LONG_ONLY + (int)i };
        if (o->letter)
            strcat(letters, letter);
    }
    table[n] = (struct option){ 0 };
    opterr = 0;
    optind = 1;
    while ((c = getopt_long(argc, argv, letters, table, NULL)) != -1) {
        if (c == '?' || c == ':')
            return refuse(cmd, c, argv, err);
        const opt *found = NULL;
        if (c >= LONG_ONLY) {
            size_t i = (size_t)(c - LONG_ONLY);
            found = i < own ? &cmd->options[i] : &common[i - own];
        }
        for (size_t i = 0; !found && i < own; i++)
            if (cmd->options[i].letter == c)
                found = &cmd->options[i];
        for (size_t i = 0; !found && common[i].name; i++)
            if (common[i].letter == c)
                found = &common[i];
        if (found >= common && found < common + count_options(common)) {
            s->quiet |= found->letter == 'q';
            s->verbose |= found->letter == 'v';
            *help |= found->letter == 'h';
        } else if ((st = set(found, args, optarg, err))) {
            return st;
        }
    }
    if (*help)
        return HZ_OK;
    for (const opt *o = cmd->options; o->name; o++) {
        if (o->kind != OPT_OPERAND)
            continue;
        if (optind == argc)
            return hz_fail(err, HZ_EUSAGE, "%s: expected %s (hotzone %s --help shows an example)",
                           cmd->name, o->value, cmd->name);
        set(o, args, argv[optind++], err);
    }
    if (optind < argc)
        return hz_fail(err, HZ_EUSAGE, "%s: '%s' is one word too many", cmd->name, argv[optind]);
    return HZ_OK;
}

static void usage_line(const command *cmd, FILE *out)
{
    fprintf(out, "hotzone %s", cmd->name);
    for (const opt *o = cmd->options; o->name; o++)
        if (o->kind == OPT_OPERAND)
            fprintf(out, " %s", o->value);
    fprintf(out, " [OPTIONS]");
}

static void option_help(const opt *o, FILE *out)
{
    char left[80];
    if (o->kind == OPT_OPERAND)
        snprintf(left, sizeof left, "%s", o->value);
    else
        snprintf(left, sizeof left, "%c%c%s--%s%s%s", o->letter ? '-' : ' ',
                 o->letter ? o->letter : ' ', o->letter ? ", " : "  ", o->name,
                 o->value ? " " : "", o->value ? o->value : "");
    fprintf(out, "  %-28s %s\n", left, o->help);
}

void opt_help(const command *cmd, FILE *out)
{
    fprintf(out, "usage: ");
    usage_line(cmd, out);
    fprintf(out, "\n\n%s\n\n", cmd->summary);
    for (const opt *o = cmd->options; o->name; o++)
        option_help(o, out);
    for (const opt *o = common; o->name; o++)
        option_help(o, out);
    fprintf(out, "\nexample: %s\n", cmd->example);
}

/* roff takes '-' for a hyphen and a leading '.' or ''' for a request. */
static void roff(const char *text, FILE *out)
{
    if (*text == '.' || *text == '\'')
        fputs("\\&", out);
    for (const char *p = text; *p; p++) {
        if (*p == '\\')
            fputs("\\e", out);
        else if (*p == '-')
            fputs("\\-", out);
        else
            fputc(*p, out);
    }
}

void opt_manual(const command *const *commands, size_t n, FILE *out)
{
    fprintf(out, ".\\\" Made from the option tables by `hotzone help --manual`.\n"
                 ".TH HOTZONE 1 \"\" \"hotzone %s\" \"User commands\"\n"
                 ".SH NAME\nhotzone \\- rates, zones and maps of incidents, with their "
                 "uncertainty\n"
                 ".SH SYNOPSIS\n.B hotzone\n.I COMMAND\n[OPTIONS]\n.SH COMMANDS\n", HZ_VERSION);
    for (size_t i = 0; i < n; i++) {
        fprintf(out, ".SS ");
        fputc('"', out);
        fprintf(out, "hotzone %s", commands[i]->name);
        for (const opt *o = commands[i]->options; o->name; o++)
            if (o->kind == OPT_OPERAND)
                fprintf(out, " %s", o->value);
        fprintf(out, " [OPTIONS]\"\n");
        roff(commands[i]->summary, out);
        fputc('\n', out);
        for (const opt *o = commands[i]->options; o->name; o++) {
            if (o->kind == OPT_OPERAND)
                continue;
            fprintf(out, ".TP\n.B ");
            if (o->letter)
                fprintf(out, "\\-%c, ", o->letter);
            fputs("\\-\\-", out);
            roff(o->name, out);
            if (o->value)
                fprintf(out, " %s", o->value);
            fputc('\n', out);
            roff(o->help, out);
            fputc('\n', out);
        }
        fprintf(out, ".PP\nExample:\n.PP\n.nf\n");
        roff(commands[i]->example, out);
        fprintf(out, "\n.fi\n");
    }
    fprintf(out, ".SH EXIT STATUS\n0 done, 1 failed (one line says where, what was found and "
                 "what was expected), 2 misused.\n"
                 ".SH LICENCE\nGPL\\-3.0\\-or\\-later.\n");
}

hz_status opt_word(const char *option, const char *word, const char *const *words, int n, int *at,
                   hz_error *err)
{
    char list[160] = "";
    for (*at = 0; *at < n; ++*at)
        if (strcmp(word, words[*at]) == 0)
            return HZ_OK;
    for (int i = 0; i < n; i++) {
        strncat(list, i == 0 ? "" : i + 1 < n ? ", " : " or ", sizeof list - strlen(list) - 1);
        strncat(list, words[i], sizeof list - strlen(list) - 1);
    }
    return hz_fail(err, HZ_EUSAGE, "--%s: '%s', expected %s", option, word, list);
}

hz_status opt_whole(const char *option, double value, double least, double most, hz_error *err)
{
    if (!(value >= least && value <= most) || value != floor(value))
        return hz_fail(err, HZ_EUSAGE, "--%s: %.10g, expected a whole number from %.10g to %.10g",
                       option, value, least, most);
    return HZ_OK;
}

hz_status opt_people_rule(double below, double round, hz_error *err)
{
    enum { LEAST = 5, MOST = 1000000 };
    hz_status st = opt_whole("hide-below", below, LEAST, MOST, err);
    return st || round == 0 ? st : opt_whole("round", round, LEAST, MOST, err);
}

hz_status opt_share(const char *option, double value, hz_error *err)
{
    if (!(value > 0 && value < 1))
        return hz_fail(err, HZ_EUSAGE, "--%s: %g, expected a share between 0 and 1", option, value);
    return HZ_OK;
}
