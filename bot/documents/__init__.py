"""How an agreement is written down: the file that people write, and the document that the record keeps.

    document, terms = read(Path("agreements/company-x.yaml"))
    for change in difference(terms_in_force, terms): ...

`docs/agreements-file.md` explains every key; `agreements/agreement.schema.json` tells editors.
"""

from bot.documents.decoding import decode, recorded
from bot.documents.differences import Change, difference
from bot.documents.encoding import encode
from bot.documents.faults import Faults
from bot.documents.reading import read

__all__ = ["Change", "Faults", "decode", "difference", "encode", "read", "recorded"]
