"""What must hold of data, and what is said where it does not."""
