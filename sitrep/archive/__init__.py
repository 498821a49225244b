"""Published issues, append-only, and what has changed since the last of them.

An issue that is published is frozen: its numbers, its incidents and its documents are kept
under a number of its own, and never written again. Drafts are compared with it.
"""
