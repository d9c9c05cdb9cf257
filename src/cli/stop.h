/* Ctrl-C and its like, for commands that have something to put away. */
#ifndef CLI_STOP_H
#define CLI_STOP_H

#include <stdbool.h>

/** From now on SIGINT, SIGTERM and SIGHUP are noted, unless they are ignored; a second one kills. */
void stop_listen(void);
/** Has one come?  For hz_run_opts; user is not looked at. */
bool stop_asked(void *user);
/** Its number, or 0. */
int stop_signal(void);

#endif
