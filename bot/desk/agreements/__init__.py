"""Agreements begun, put before their parties, signed, and made into versions."""
