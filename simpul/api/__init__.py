"""The door for other programs, as JSON: catalogue, judging and regions, and the cases within reach of an account.

Whoever has facts judged sends them without a name, and nothing of it is stored. Cases are read and written by the
same queries and actions as on the pages: who may, what is recorded and what is refused is said there, once.
"""
