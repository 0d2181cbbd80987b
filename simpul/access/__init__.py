"""Access: who may do what, and who did what. The one gate.

A *permission* is one verb. A *role* is a named set of permissions. A *grant* gives a person a role
somewhere: at an organisation, in an area, or both. An *event* records what was done or read, in a
chain that shows tampering.
"""
