"""The pages: blueprints by noun, one place that commits, one for errors, one for headers."""
