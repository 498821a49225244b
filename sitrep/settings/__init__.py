"""The settings of `sitrep.toml`: what can be set, read and held to what is allowed."""

from sitrep.settings.allowed import EDITIONS
from sitrep.settings.declared import (
    Baseline,
    Context,
    CountingSettings,
    DataSettings,
    FileInput,
    FileSettings,
    FurtherInput,
    ReportSettings,
    Settings,
    StatisticsSettings,
)
from sitrep.settings.reading import FILE_NAME, find_settings, read_settings

__all__ = [
    "EDITIONS",
    "FILE_NAME",
    "Baseline",
    "Context",
    "CountingSettings",
    "DataSettings",
    "FileInput",
    "FileSettings",
    "FurtherInput",
    "ReportSettings",
    "Settings",
    "StatisticsSettings",
    "find_settings",
    "read_settings",
]
