/* Ctrl-C and its like, for commands that have something to put away. */
#ifndef CLI_STOP_H
#define CLI_STOP_H

#include <stdbool.h>

#include "hotzone/status.h"

/** Removes what a command left of its work in a place; called in a process that does nothing else. */
typedef void stop_clean_fn(const char *what);

/**
 * From here on a second process works, and returns; the first waits for its end, cleans up and
 * exits with its status.  SIGINT, SIGTERM and SIGHUP, unless they are ignored, ask the worker to
 * stop (stop_asked); one that has not within two seconds, or a second signal, cuts it short.  So
 * nothing is left by a worker that is killed, or for which memory ran out, either.
 *
 * @param clean  called with `what` whenever the worker has ended
 * @return HZ_EIO if there can be no second process
 */
hz_status stop_guard(stop_clean_fn *clean, const char *what, hz_error *err);
/** Has one come?  For hz_run_opts and hz_verify_opts; user is not looked at. */
bool stop_asked(void *user);

#endif
