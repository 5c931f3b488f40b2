"""Words and when they were said: recogniser, alignment, cues, subtitle rules and formats. No tables."""
