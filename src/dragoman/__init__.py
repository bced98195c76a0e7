"""Dragoman reads news and writes the record."""
