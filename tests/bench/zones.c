/* Prints the zones that scans are timed on: zone,x,y,people,cases. */
#include <stdio.h>

#include "../zones.h"

int main(void)
{
    static zones z;
    make_zones(&z);
    puts("zone,x,y,people,cases");
    for (int i = 0; i < ZONES; i++)
        printf("%d,%.7f,%.7f,%.0f,%.0f\n", i + 1, z.x[i], z.y[i], z.people[i], z.cases[i]);
    return 0;
}
