"""What is known of bodies that help: standards, papers and lists, as data with their sources."""
