"""How everything looks: the base page, the components, the one stylesheet, and page() which answers with them.

Knows nothing of people, cases or organisations. A component is shown with all its states at /ui/komponen/.
"""
