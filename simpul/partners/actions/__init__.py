"""The actions of partners."""
