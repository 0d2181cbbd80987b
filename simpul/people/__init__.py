"""People: who they are, where they live and with whom, what they agreed to, and what is known about them.

A *person* belongs to one *household*. A *consent* (or another legal basis) says for what purpose their data
may be used. A *fact* is one thing known about a person or household: who said it, when, how it was seen or
proved, and until when it holds. *Likely the same* is two cards that look like one person; people decide.
"""
