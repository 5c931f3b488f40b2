"""Scene kinds: what a producer may write in a `scene KIND` block, and the layers each becomes."""
