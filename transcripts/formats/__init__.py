"""Subtitle formats: one module a format, each reading and writing an open text stream."""
