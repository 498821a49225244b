# What the R package surveillance says of a few simulated series: the tables that the tests
# of sitrep/statistics/ears.py and farrington.py compare with. To make them anew:
#
#   apt-get install -y --no-install-recommends r-cran-surveillance
#   Rscript tests/surveillance/make_tables.R
#
# Python needs neither R nor the package: the series are written out with the results.
suppressMessages(library(surveillance))

here <- dirname(sub("^--file=", "", grep("^--file=", commandArgs(), value = TRUE)))
made_by <- sprintf(
  "# %s, surveillance %s", R.version.string, packageVersion("surveillance")
)

write_table <- function(table, name) {
  con <- file(file.path(here, name), "w")
  writeLines(made_by, con)
  write.table(table, con, sep = ",", quote = FALSE, row.names = FALSE, na = "")
  close(con)
}

digits <- function(x) ifelse(is.na(x), NA, sprintf("%.6f", x))

# --- The series: incidents a week -----------------------------------------------------
set.seed(20210607)
weeks <- 6 * 52 + 20
season <- 1 + 0.4 * sin(2 * pi * seq_len(weeks) / 52)
outbreak <- rpois(weeks, 8 * season)
added <- c(180:186, weeks - 3:0)
outbreak[added] <- outbreak[added] + c(9, 14, 22, 30, 21, 12, 6, 5, 12, 25, 31)
gaps <- rnbinom(weeks, mu = 15, size = 8)
gaps[c(15, 70, 71, 200, 203)] <- NA
series <- list(
  short = rpois(3 * 52 + 12, 6),
  sparse = rpois(weeks, 0.8),
  overdispersed = rnbinom(weeks, mu = 30 * season, size = 2),
  outbreak = outbreak,
  trend = rnbinom(weeks, mu = seq(10, 60, length.out = weeks), size = 12),
  quiet = rpois(weeks, 0.15),
  growth = rpois(weeks, exp(seq(log(4), log(90), length.out = weeks))),
  gaps = gaps
)
write_table(
  do.call(rbind, lapply(names(series), function(name) {
    data.frame(series = name, week = seq_along(series[[name]]) - 1, count = series[[name]])
  })),
  "series.csv"
)

# --- EARS, on the first 60 weeks and, for the outbreak, on all of them -----------------
ears_table <- function(name, method) {
  counts <- series[[name]]
  if (name != "outbreak") counts <- head(counts, 60)
  found <- earsC(sts(counts), control = list(method = method))
  first <- length(counts) - nrow(found)
  data.frame(
    series = name, method = method, week = first + seq_len(nrow(found)) - 1,
    threshold = digits(as.vector(upperbound(found))), alarm = as.integer(as.vector(alarms(found)))
  )
}
write_table(
  do.call(rbind, lapply(names(series), function(name) {
    do.call(rbind, lapply(c("C1", "C2", "C3"), function(method) ears_table(name, method)))
  })),
  "ears.csv"
)

# --- The improved Farrington method, with the control of Noufaily et al. 2013 ----------
farrington_table <- function(name, years, alpha) {
  counts <- series[[name]]
  range <- (length(counts) - 8):length(counts)
  found <- farringtonFlexible(
    sts(counts, start = c(2015, 1), frequency = 52),
    control = list(
      range = range, b = years, w = 3, reweight = TRUE, weightsThreshold = 2.58,
      alpha = alpha, trend = TRUE, pThresholdTrend = 1, limit54 = c(5, 4),
      populationOffset = FALSE, noPeriods = 10, pastWeeksNotIncluded = 26,
      thresholdMethod = "nbPlugin", glmWarnings = FALSE
    )
  )
  data.frame(
    series = name, week = range - 1, years = years, alpha = alpha,
    expected = digits(as.vector(found@control$mu0Vector)),
    dispersion = digits(as.vector(found@control$phiVector)),
    threshold = digits(as.vector(upperbound(found))),
    p_value = digits(as.vector(found@control$pvalue)),
    trend = as.integer(!is.na(as.vector(found@control$trendVector))),
    alarm = as.integer(as.vector(alarms(found)))
  )
}
runs <- data.frame(
  series = c(names(series), "outbreak", "trend"),
  years = c(3, rep(5, length(series) - 1), 4, 3),
  alpha = c(rep(0.05, length(series)), 0.01, 0.001)
)
write_table(
  do.call(rbind, Map(farrington_table, runs$series, runs$years, runs$alpha)), "farrington.csv"
)
