"""The map: places as circles by area, over boundaries from the user's GeoJSON if there is one.

No projection library: over a few degrees, longitudes shrunk by the cosine of the middle
latitude are true to a hundredth. The map shows no point finer than `places.points` allows.
"""

from sitrep.maps.places import places

__all__ = ["places"]
