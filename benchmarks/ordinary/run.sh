#!/bin/sh
# The ordinary way to make one weekly report, as HTML and PDF: papermill, nbconvert, WeasyPrint.
# WEEK=2021-W23 OUT=folder benchmarks/ordinary/run.sh, from the project's folder.
set -eu
week=${WEEK:-2021-W23}
out=${OUT:-benchmarks/work/ordinary}
python=${PYTHON:-python3}

mkdir -p "$out"
"$python" -m papermill benchmarks/ordinary/report.ipynb "$out/report.ipynb" -p week "$week" \
	--kernel python3
"$python" -m jupyter nbconvert --to html --no-input --log-level WARN "$out/report.ipynb"
"$python" -m weasyprint --quiet "$out/report.html" "$out/report.pdf"
