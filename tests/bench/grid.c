/* A lattice of counts with a hot middle, for timing: grid ROWS COLUMNS >grid.csv */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

static double even(uint64_t *state) /* splitmix64, to [0, 1) */
{
    uint64_t z = (*state += 0x9E3779B97F4A7C15u);
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
    z = (z ^ z >> 27) * 0x94D049BB133111EBu;
    return (double)((z ^ z >> 31) >> 11) * 0x1p-53;
}

int main(int argc, char **argv)
{
    uint64_t state = 4242;
    if (argc != 3)
        return 2;
    int rows = atoi(argv[1]), columns = atoi(argv[2]);
    puts("row,col,value");
    for (int r = 0; r < rows; r++)
        for (int c = 0; c < columns; c++) {
            double x = (c + 0.5) / columns - 0.4, y = (r + 0.5) / rows - 0.6;
            double mean = 4 + 20 / ((1 + 150 * (x * x + y * y)) * (1 + 150 * (x * x + y * y)));
            int value = 0;
            for (int k = 0; k < 100; k++) /* binomial(100, mean / 100) */
                value += even(&state) < mean / 100;
            printf("%d,%d,%d\n", r, c, value);
        }
    return 0;
}
