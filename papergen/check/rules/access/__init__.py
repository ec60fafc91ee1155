"""Rules of access: what a reader who cannot see, or reads with help, would miss."""
