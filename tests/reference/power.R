# What spdep finds on the maps of tests/property/test_power.c, whose figures stand there.
#   HZ_POWER_MAPS=maps.csv build/cc/tests/property/test_power; Rscript tests/reference/power.R maps.csv
# spdep 1.2-7 in R 4.2.2, 999 permutations, Benjamini-Hochberg over the 400 cells.
suppressMessages(library(spdep))
maps <- as.matrix(read.csv(commandArgs(TRUE)[1], header = FALSE))
nb <- cell2nb(20, 20, type = "queen") # its numbering runs as ours does, but for a turn
binary <- nb2listw(nb, style = "B")
starred <- nb2listw(include.self(nb), style = "B")
rows <- nb2listw(nb, style = "W")
at <- expand.grid(column = 0:19, row = 0:19)
planted <- at$column >= 8 & at$column < 13 & at$row >= 8 & at$row < 13

rank <- function(t) t[, "Pr(z != E(Gi)) Sim"] # by rank among the permuted
normal <- function(t) t[, "Pr(z != E(Gi))"]   # by their mean and variance
hot <- function(p, up) sum(planted & up & p.adjust(p, "BH") <= 0.05)
one <- function(r) {
    x <- maps[r, ]
    set.seed(r)
    g <- attr(localG_perm(x, binary, nsim = 999), "internals")
    s <- attr(localG_perm(x, starred, nsim = 999), "internals")
    m <- localmoran_perm(x, rows, nsim = 999)
    higher <- x > mean(x) & m[, 1] > 0
    if (r %% 25 == 0) message(r)
    c(gistar_rank = hot(rank(s), s[, 1] > s[, 2]), gistar_normal = hot(normal(s), s[, 1] > s[, 2]),
      gi_rank = hot(rank(g), g[, 1] > g[, 2]), gi_normal = hot(normal(g), g[, 1] > g[, 2]),
      moran_rank = hot(m[, 6], higher), moran_normal = hot(m[, 5], higher))
}
found <- sapply(seq_len(nrow(maps)), one)
for (n in unique(pmin(c(100, nrow(maps)), nrow(maps))))
    print(cbind(maps = n, planted_cells = rowSums(found[, 1:n]),
                maps_with_one = rowSums(found[, 1:n] > 0)))
