"""One edition: its file, its records, looking them up, loading it."""
