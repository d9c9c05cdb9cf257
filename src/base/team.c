/* Threads by OpenMP, if built with it. */
#include "hotzone/team.h"

#ifdef _OPENMP
#include <omp.h>
#endif

int hz_team_size(void)
{
#ifdef _OPENMP
    return omp_get_max_threads();
#else
    return 1;
#endif
}

void hz_team_share(size_t n, size_t block, hz_team_fn fn, void *user)
{
    if (block == 0)
        block = 1;
    size_t blocks = n / block + (n % block != 0);
#ifdef _OPENMP
#pragma omp parallel for schedule(dynamic) if (blocks > 1)
#endif
    for (size_t b = 0; b < blocks; b++) {
        int member = 0;
#ifdef _OPENMP
        member = omp_get_thread_num();
#endif
        size_t first = b * block;
        size_t last = n - first > block ? first + block : n;
        fn(first, last, member, user);
    }
}
