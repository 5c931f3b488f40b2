"""The studio's record: videos, articles, series, transcript versions, cues, links; ingest, search, publication."""
