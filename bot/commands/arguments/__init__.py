"""The kinds of argument that commands are made of, one import for them all."""

from bot.commands.arguments.channels import ChannelArg, ChannelName
from bot.commands.arguments.dates import DateArg, DateRange, DateRangeArg
from bot.commands.arguments.figures import Figure, FigureArg, Length, LengthArg
from bot.commands.arguments.files import FileArg
from bot.commands.arguments.hours import TimeOrOffArg, TimeRange, TimeRangeArg
from bot.commands.arguments.keys import KeyArg
from bot.commands.arguments.kind import KeysAtHand, Kind, Misread, Stretch
from bot.commands.arguments.moments import MomentArg
from bot.commands.arguments.months import Month, MonthArg
from bot.commands.arguments.names import (
    CampaignArg,
    CommitmentArg,
    OutcomeArg,
    PartyArg,
    PersonArg,
    PriorityArg,
    ServiceArg,
    UnitArg,
)
from bot.commands.arguments.numbers import MoneyArg, MoneyListArg, NumberArg, PercentArg, PriceArg
from bot.commands.arguments.quantities import QuantityArg
from bot.commands.arguments.selections import Keys, KeysArg
from bot.commands.arguments.tags import TagsArg
from bot.commands.arguments.texts import ChoiceArg, DayLinesArg, EitherArg, Evidence, EvidenceArg, PartArg, TextArg

__all__ = [
    "CampaignArg",
    "ChannelArg",
    "ChannelName",
    "ChoiceArg",
    "CommitmentArg",
    "DateArg",
    "DateRange",
    "DateRangeArg",
    "DayLinesArg",
    "EitherArg",
    "Evidence",
    "EvidenceArg",
    "Figure",
    "FigureArg",
    "FileArg",
    "KeyArg",
    "Keys",
    "KeysArg",
    "KeysAtHand",
    "Kind",
    "Length",
    "LengthArg",
    "Misread",
    "MomentArg",
    "MoneyArg",
    "MoneyListArg",
    "Month",
    "MonthArg",
    "NumberArg",
    "OutcomeArg",
    "PartArg",
    "PartyArg",
    "PercentArg",
    "PersonArg",
    "PriceArg",
    "PriorityArg",
    "QuantityArg",
    "ServiceArg",
    "Stretch",
    "TagsArg",
    "TextArg",
    "TimeOrOffArg",
    "TimeRange",
    "TimeRangeArg",
    "UnitArg",
]
