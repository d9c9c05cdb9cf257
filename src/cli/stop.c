/* Lets a command be stopped at once, and puts away what it leaves however it ends. */
#include "cli/stop.h"

#include <errno.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

enum { PATIENCE_S = 2 }; /* to stop between two steps; what takes longer is cut short */

static volatile sig_atomic_t told;

static void note(int number)
{
    (void)number;
    told = 1;
    alarm(PATIENCE_S);
}

static void nothing(int number)
{
    (void)number;
}

bool stop_asked(void *user)
{
    (void)user;
    return told != 0;
}

static void handle(int number, void (*handler)(int))
{
    struct sigaction now = { .sa_handler = handler, .sa_flags = SA_RESTART };
    sigemptyset(&now.sa_mask);
    sigaction(number, &now, NULL);
}

/* The signals that stop a command, but those that whoever started it has switched off (nohup). */
static void stopping(sigset_t *set)
{
    static const int numbers[] = { SIGINT, SIGTERM, SIGHUP };
    sigemptyset(set);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        struct sigaction now;
        if (sigaction(numbers[i], NULL, &now) == 0 && now.sa_handler != SIG_IGN)
            sigaddset(set, numbers[i]);
    }
}

/* The worker hears of a stop from its guard alone: ^C reaches both, and must not count twice. */
static void work(const sigset_t *set, const sigset_t *before)
{
    handle(SIGUSR1, note);
    handle(SIGALRM, SIG_DFL);
    for (int number = 1; number <= SIGTERM; number++)
        if (sigismember(set, number) == 1)
            handle(number, SIG_IGN);
#ifdef __linux__
    prctl(PR_SET_PDEATHSIG, SIGUSR1); /* the guard may be killed itself */
#endif
    sigset_t mask = *before;
    sigdelset(&mask, SIGUSR1);
    sigdelset(&mask, SIGALRM);
    sigprocmask(SIG_SETMASK, &mask, NULL);
}

/* Waits for the worker's end, passing on what asks it to stop; returns the first such signal. */
static int wait_for(pid_t worker, const sigset_t *set, int *status)
{
    sigset_t awaited = *set;
    int stopped = 0, number;
    sigaddset(&awaited, SIGCHLD);
    while (waitpid(worker, status, WNOHANG) == 0) {
        number = sigwaitinfo(&awaited, NULL);
        if (number <= 0 || number == SIGCHLD)
            continue;
        kill(worker, stopped ? SIGKILL : SIGUSR1);
        stopped = stopped ? stopped : number;
    }
    return stopped;
}

static int exit_status(int status, int stopped)
{
    int number = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
    if (stopped && number)
        fprintf(stderr, "hotzone: stopped, what was being made is removed\n");
    else if (number)
        fprintf(stderr, "hotzone: cut short by signal %d (%s), what was being made is removed\n",
                number, strsignal(number));
    if (!number && WEXITSTATUS(status) == 0)
        return 0; /* it was done before it heard */
    return stopped ? 128 + stopped : number ? 128 + number : WEXITSTATUS(status);
}

hz_status stop_guard(stop_clean_fn *clean, const char *what, hz_error *err)
{
    sigset_t set, blocked, before;
    int status = 0;

    stopping(&set);
    blocked = set;
    sigaddset(&blocked, SIGCHLD);
    sigaddset(&blocked, SIGUSR1);
    sigprocmask(SIG_BLOCK, &blocked, &before);
    handle(SIGCHLD, nothing); /* an ignored one would never be told */
    fflush(NULL);
    pid_t worker = fork();
    if (worker == 0)
        work(&set, &before);
    if (worker < 0) {
        sigprocmask(SIG_SETMASK, &before, NULL);
        return hz_fail(err, HZ_EIO, "a second process cannot be started: %s", strerror(errno));
    }
    if (worker == 0)
        return HZ_OK;
    int stopped = wait_for(worker, &set, &status);
    clean(what);
    _exit(exit_status(status, stopped));
}
