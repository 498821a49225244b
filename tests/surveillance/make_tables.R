# The thresholds of EARS by the R package surveillance, which test_statistics.py holds ours to.
#   Rscript make_tables.R        (Debian: r-cran-surveillance)
suppressMessages(library(surveillance))
set.seed(20210607)

series <- list(
  short = rpois(16, 6),
  sparse = rpois(60, 0.4),
  overdispersed = rnbinom(104, size = 2, mu = 14),
  outbreak = rpois(104, 9) + c(rep(0, 80), 4, 12, 25, 31, 18, 7, rep(0, 18))
)

rows <- list()
for (name in names(series)) {
  counts <- series[[name]]
  observed <- sts(observed = matrix(counts), start = c(2019, 1), frequency = 52)
  for (method in c("C1", "C2", "C3")) {
    tested <- (if (method == "C1") 8 else if (method == "C2") 10 else 12):length(counts)
    found <- earsC(observed, control = list(range = tested, method = method))
    threshold <- rep(NA, length(counts))
    alarm <- rep(NA, length(counts))
    threshold[tested] <- as.vector(upperbound(found))
    alarm[tested] <- as.integer(alarms(found))
    rows[[length(rows) + 1]] <- data.frame(
      series = name, method = method, week = seq_along(counts) - 1, count = counts,
      threshold = threshold, alarm = alarm
    )
  }
}
table <- do.call(rbind, rows)
table$threshold <- ifelse(is.na(table$threshold), "", sprintf("%.6f", table$threshold))
write.csv(table, "ears.csv", row.names = FALSE, quote = FALSE, na = "")
writeLines(c(
  paste("surveillance", packageVersion("surveillance")),
  R.version.string
), "versions.txt")
