"""Who works with whom: agreements between bodies, forums with their meetings, and mediation."""
