"""``python -m sitrep``."""

from sitrep.cli import run

if __name__ == "__main__":
    run()
