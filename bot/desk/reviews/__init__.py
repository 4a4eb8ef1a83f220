"""The meeting over the numbers: prepared from the record, held in chat, kept on paper."""
