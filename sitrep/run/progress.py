"""What is happening, on standard error while it happens."""

import sys
from dataclasses import dataclass, field
from typing import Any, TextIO


@dataclass
class Progress:
    """Stages as lines; cells and reports as a bar on a terminal, as lines elsewhere."""

    quiet: bool = False
    stream: TextIO = field(default_factory=lambda: sys.stderr)
    _bar: Any = field(default=None, repr=False)
    _quarter: int = field(default=0, repr=False)

    def stage(self, text: str) -> None:
        """Say what begins now."""
        self.close()
        if not self.quiet:
            self.stream.write(f"{text}\n")
            self.stream.flush()

    def step(self, done: int, total: int, *, unit: str, note: str = "") -> None:
        """Say that `done` of `total` are done; `note` is a line of its own."""
        if self.quiet:
            return
        if not self.stream.isatty():
            if note:
                self.stage(f"  [{done}/{total}] {note}")
            return
        if self._bar is None:
            self._bar = _bar(total, unit, self.stream)
        if note:
            self._bar.write(f"  {note}", file=self.stream)
        self._bar.update(done - self._bar.n)
        if done == total:
            self.close()

    def share(self, text: str, done: float) -> None:
        """Say how much of something long is done: on a terminal always, else every quarter."""
        percent = int(100 * done)
        if self.stream.isatty():
            self.step(percent, 100, unit="%")
        elif percent // 25 > self._quarter:
            self._quarter = percent // 25
            self.stage(f"  {text}, {percent} %")

    def close(self) -> None:
        """End the bar, if one is drawn."""
        if self._bar is not None:
            self._bar.close()
            self._bar = None


def _bar(total: int, unit: str, stream: TextIO) -> Any:
    from tqdm.std import tqdm

    tqdm.monitor_interval = 0  # its thread would make forking unsafe
    return tqdm(total=total, unit=unit, file=stream, leave=False)
