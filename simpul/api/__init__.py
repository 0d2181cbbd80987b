"""The door for other programs: catalogue, judging and regions as JSON.

Nothing about a person is stored or read here: whoever asks sends facts without a name and gets findings back.
"""
