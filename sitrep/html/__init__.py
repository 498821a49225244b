"""The blocks of a report as one HTML file: no script, nothing fetched."""
