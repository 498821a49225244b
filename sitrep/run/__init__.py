"""Making reports: running the notebook, writing both documents, releasing them whole.

Nothing heavy is imported here: what a command needs is imported when it is needed.
"""
