"""How a picture becomes SVG: lines of letters, and the sheet they and all else are drawn on.

It says nothing of its own: words come from the rooms that draw.
"""
