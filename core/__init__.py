"""Foundations that every app stands on: settings, database, media store, time code, errors, clock, child processes."""
