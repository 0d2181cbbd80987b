"""The actions of services."""
