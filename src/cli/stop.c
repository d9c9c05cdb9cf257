/* Notes the signals that ask a command to stop. */
#include "cli/stop.h"

#include <signal.h>
#include <stddef.h>

static volatile sig_atomic_t caught;

static void note(int number)
{
    caught = number;
}

void stop_listen(void)
{
    static const int numbers[] = { SIGINT, SIGTERM, SIGHUP };
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        /* the next one kills */
        struct sigaction now = { .sa_handler = note, .sa_flags = (int)SA_RESETHAND | SA_RESTART };
        struct sigaction before;
        sigemptyset(&now.sa_mask);
        if (sigaction(numbers[i], NULL, &before) == 0 && before.sa_handler != SIG_IGN)
            sigaction(numbers[i], &now, NULL);
    }
}

bool stop_asked(void *user)
{
    (void)user;
    return caught != 0;
}

int stop_signal(void)
{
    return caught;
}
