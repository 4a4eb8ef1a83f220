"""The words a person sees when something cannot be done.

A refusal is an answer, not an accident: it says what was understood, why it cannot be, and
one next step. It changes nothing.
"""

from __future__ import annotations


class Refusal(Exception):
    """What was wrong and what to do instead, in words a colleague would use.

    `problem` is the reason in one sentence; `next_step` is the one thing to do now;
    `understood` is what the request was taken to mean, where that helps; `offers` are ready
    answers as (button label, command text) pairs; `field` names the argument at fault, so that
    a form can show the sentence beside it.
    """

    def __init__(
        self,
        problem: str,
        next_step: str,
        *,
        understood: str = "",
        offers: tuple[tuple[str, str], ...] = (),
        field: str = "",
    ) -> None:
        """Keep the parts apart, so that every door can lay them out its own way."""
        super().__init__(problem)
        self.problem = problem
        self.next_step = next_step
        self.understood = understood
        self.offers = offers
        self.field = field

    def __str__(self) -> str:
        """Give the whole answer as one line of sentences."""
        return " ".join(part for part in (self.understood, self.problem, self.next_step) if part)
