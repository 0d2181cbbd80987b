"""The desk: pages that join several subjects. A worker's day, a team, one person's reading trail."""
