"""What is asked of the whole register."""

from simpul.population.queries.register import Register, newest, read_register, register_on, within

__all__ = ["Register", "newest", "read_register", "register_on", "within"]
