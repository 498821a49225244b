"""The blocks of a report as one tagged PDF, set by Typst."""
