"""What crosses apps: producing a video, batches, notices."""
