"""The actions of programmes."""
