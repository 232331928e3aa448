"""PostgreSQL's own full text search as an engine: no machine owns the index.

The words are ours: a tsvector is written with our forms and stems and their positions, a tsquery is written
from our questions, and no configuration or dictionary of PostgreSQL has a say. The tables stand in a schema
of their own beside the models, since they are derived and can be made again.
"""
