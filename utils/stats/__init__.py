"""Statistics: units that were sampled, their intervals and what bounds them, and the periods time is cut into."""
