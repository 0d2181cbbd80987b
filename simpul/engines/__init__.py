"""Engines: judgement without a framework. Plain values in, a Finding out; no database, no network, no clock."""
