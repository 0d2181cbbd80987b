"""Cases: one person's need, who stands by them, and what stage that has come to.

A *case* is opened from a decided screening. A *stage move* is one step through its stages.
"""
