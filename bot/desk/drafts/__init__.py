"""Drafts of what may be agreed: written, rewritten, and brought to those whose word is asked."""
