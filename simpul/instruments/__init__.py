"""Instruments: the questionnaires an office can use, those that Simpul brings along and its own.

Its own come from a spreadsheet, each change as a new version, so that old answers keep their meaning. Answers are kept by
whoever asks (cases, programmes); here are the questions, the form that is filled in, and the scores in words.
"""
