"""Common indicators, so that a level promise needs to say no more than its threshold.

A preset fills in what a promise leaves out; whatever the promise says itself wins. The record
keeps what was filled in, so that a preset that changes later changes no agreement.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

Template = Literal[
    "availability",
    "MTBF",
    "MTTR to restore",
    "MTTR to repair",
    "throughput",
    "jitter",
    "close rate",
    "revenue",
    "customer satisfaction",
]

_OF_INCIDENTS = {"computed_from": "incidents"}
_SHARE = {"aggregation": "good/total"}

TEMPLATES: Mapping[str, Mapping[str, object]] = {
    "availability": {**_OF_INCIDENTS, "indicator": "availability", "metric": "availability"},
    "MTBF": {**_OF_INCIDENTS, "indicator": "time between failures", "metric": "MTBF"},
    "MTTR to restore": {**_OF_INCIDENTS, "indicator": "time to restore", "metric": "time to restore"},
    "MTTR to repair": {**_OF_INCIDENTS, "indicator": "time to repair", "metric": "time to repair"},
    # Nineteen readings of twenty reach it.
    "throughput": {"indicator": "throughput", "aggregation": "percentile", "percentile": 5, "lowest": "0"},
    # Nineteen readings of twenty stay within it.
    "jitter": {"indicator": "jitter", "aggregation": "percentile", "percentile": 95, "lowest": "0"},
    "close rate": {**_SHARE, "indicator": "close rate"},
    "revenue": {"indicator": "revenue", "aggregation": "sum"},
    "customer satisfaction": {**_SHARE, "indicator": "customer satisfaction"},
}
"""What each fills in, as a file would write it."""
