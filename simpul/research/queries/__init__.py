"""What is asked about files for research."""
