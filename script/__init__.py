"""The document a producer writes: front matter, chapters, scene blocks with their lines, narration, facts, footnotes."""
