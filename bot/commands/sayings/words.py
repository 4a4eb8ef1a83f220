"""Words that phrases have in common, each an alternative of `(this|that)`."""

from __future__ import annotations

ALL = "{said}"
"""In what a phrase stands for: all that was said, as it was typed."""
IT = "(it|that|this|them|those|these|all|everything)"
AWAY = (
    "(away|out|off|ooo|out of office|not here|sick|ill|unwell|travelling|traveling|absent"
    "|on (holiday|holidays|vacation|leave|annual leave|pto|parental leave)|off sick|off work)"
)
TIME_OFF = "(vacation|holiday|holidays|pto|leave|sick leave|day off|out of office)"
I_AM = "(i am|we are|i will be|i feel|i go)"
SO_FAR = "( so far| now| today| tomorrow| this week| next week| this month| at the moment| right now)"
FINE = "(ok|okay|good|fine|safe|late|behind|overdue|at risk|on (track|pace|target|time|schedule))"
FIGURES = (
    "(numbers|figures|stats|statistics|dashboard|scoreboard|overview|progress|summary|standings?|charts?|graphs?"
    "|scores?|state|kpis)"
)
SHOW = "(show me|show|list|pull up|give me|see|open|what is|what are|where is|where are)"
CALLED = (
    "((i|we) )?(called|rang|phoned|emailed|mailed|texted|messaged|wrote to|spoke to|spoke with|talked to|talked with"
    "|met|met with|pinged|tried|contacted|visited|chased|reached out to|followed up with|left (a )?"
    "(vm|voicemail|message) (for|with))"
)
SAID_NO = "(said no|says no|declined|passed|is not interested|not interested|does not want it|has no interest|is out)"
SAID_YES = "(said yes|says yes|bought|buys|ordered|signed|signed up|closed|is in|is won|has bought)"
NO_GOOD = (
    "(is|are|was|were|looks like|seems) (a |an )?(dupe|dupes|duplicates?|fake|junk|spam|bogus|out of area|not qualified"
    "|unqualified|no lead|wrong|already (a customer|known|ours))"
)
ON_TIME = "(make it|make the target|reach it|hit it|hit the target|reach the target|get there|deliver|be on time)"
NOTED = "(sent|out|done|finished|ready|delivered|posted|complete|completed)"
TASKS = "(part|tasks|duties|todos?|to dos?|list|promises|obligations|work|day|week|items|deadlines|due dates)"
CONTRACT = "(agreements?|contract|sla|terms|promises|deal|rules)"
BAD = "(bad|wrong|poor|junk|fake|rubbish|duplicates?|dupes|unqualified|not qualified)"
SWEARING = "(fuck .+|fuck|damn|piss off|bugger off|stupid bot|bad bot|annoying|you are annoying|i hate (bots|you|this))"
