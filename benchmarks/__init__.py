"""What is measured: quality against floors, speed against peers."""
