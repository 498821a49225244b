#!/bin/sh
# The ordinary way to one weekly report as HTML and PDF: papermill, nbconvert, WeasyPrint.
# From the project's folder: PYTHON=.venv/bin/python benchmarks/ordinary/run.sh 2021-W23 folder
# WeasyPrint needs Pango; on Debian: apt-get install -y libpango-1.0-0 libpangoft2-1.0-0
set -eu
week=$1
out=$2
python=${PYTHON:-python3}

mkdir -p "$out"
"$python" -m papermill benchmarks/ordinary/report.ipynb "$out/report.ipynb" -p week "$week"
"$python" -m jupyter nbconvert --to html --no-input "$out/report.ipynb"
"$python" -m weasyprint "$out/report.html" "$out/report.pdf"
