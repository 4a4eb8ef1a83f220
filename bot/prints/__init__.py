"""What we print: cards on paper, for those who sign with a pen or file what was said.

A paper is made of the same cards that are said in chat, so that both say the same. Buttons stay
behind: paper cannot be pressed.
"""

from bot.prints.paper import Paper

__all__ = ["Paper"]
