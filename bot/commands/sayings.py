"""What people say when they do not say a command: questions, wishes and greetings, by the command that is meant.

A phrase a line, in small letters: `(this|that)` for either, `[ perhaps]` for what may be left out,
`<argument>` for words that an argument can be read from, and ` -> ` before the command that it stands
for where that is not the plain one. How they are heard is in `phrases`.
"""

from __future__ import annotations

from collections.abc import Mapping

_IT = "(it|that|this|them|those|these|all|everything)"
_AWAY = (
    "(away|out|off|ooo|out of office|not here|sick|ill|unwell|travelling|traveling|absent"
    "|on (holiday|holidays|vacation|leave|pto|parental leave))"
)
_TIME_OFF = "(vacation|holiday|holidays|pto|leave|sick leave|day off|out of office)"
_I_AM = "(i am|we are|i will be|i feel|i go)"
_SO_FAR = "( so far| now| today| tomorrow| this week| next week| this month| at the moment| right now)"
_FINE = "(ok|okay|good|fine|safe|late|behind|overdue|at risk|on (track|pace|target|time|schedule))"
_FIGURES = (
    "(numbers|figures|stats|statistics|dashboard|scoreboard|overview|progress|summary|standings?|charts?|graphs?"
    "|scores?|state|kpis)"
)
_SHOW = "(show|show me|give me|see|open|what is|what are|where is|where are)"
_TASKS = "(part|tasks|duties|todos?|to dos?|list|promises|obligations|work|day|week|items|deadlines|due dates)"
_CONTRACT = "(agreements?|contract|sla|terms|promises|deal|rules)"
_BAD = "(bad|wrong|poor|junk|fake|rubbish|duplicates?|dupes|unqualified|not qualified)"
_SWEARING = (
    "(fuck .+|fuck|damn|piss off|bugger off|stupid bot|bad bot|annoying|you are annoying|i hate (bots|you|this))"
)

SAYINGS: Mapping[str, str] = {
    "handoff": """
        (log|add|record|enter|another|here are|there are|plus) <rest> -> handoff <rest>
        <quantity> (more|new|additional|further|fresh|other) <rest> -> handoff <quantity> <rest>
        [on ]<on> (i|we|they) (handed|gave|sent|delivered|passed) [over ]<quantity> <unit>
        [on ]<on> [(handed|gave|sent|delivered|passed) ][over ]<quantity> <unit>
        [on ]<on> [(i|we|they) ](handed|gave|sent|delivered|passed) [over ][to ]<receiver> <quantity> <unit>
        (i|we) (have|had|got|made|generated|found|produced) <quantity> [(more|new|another) ]<unit>[ .+]
        (about|around|roughly|approx|approximately|almost|nearly|circa|ca|some) <quantity> <unit>
    """,
    "accept": f"""
        (accept|approve|confirm) {_IT}
        (accept|approve|confirm) [all ][of ][the |my |them](handoff|leads)?
        (accept|approve|confirm) <quantity> (leads|of them)
        accept <quantity> (of|from) <key>
        (approve|confirm|ok|take) <key>
        (received|got) (the leads|them all|all of them)
    """,
    "dispute": f"""
        (dispute|reject|decline|refuse|return) <key>
        (dispute|reject|decline|refuse|return) <key> because <reason>
        (dispute|reject) <quantity> (of|from) <key>
        (dispute|reject) <quantity> (of|from) <key> because <reason>
        (dispute|reject|return) {_IT}
        (dispute|reject|return) the leads
        [these |those |the ]{_BAD} leads
        (these|those|the|they)[ leads| ones][ are] {_BAD}
    """,
    "undo": f"""
        (oops|ups|whoops|my bad|my mistake|wrong|mistake|a mistake|typo)
        (that|this|it) (was|is) (wrong|a mistake|not right|a typo|an error)
        (undo|cancel|delete|remove|revert|retract|take back)[ {_IT}]
        (undo|cancel|delete|remove|revert) [(the|my) ]last[ one| handoff]
        (cancel|delete|remove|revert|retract|take back) <key>
    """,
    "status": f"""
        how (are|is|do) (we|it|this|things|everything|the month|this month) (doing|going|looking|look|stand)[{_SO_FAR}]
        how are (we|things)[{_SO_FAR}]
        where (do|are) (we|things) (stand|at)[{_SO_FAR}]
        (are|is) (we|everything|it) {_FINE}[{_SO_FAR}]
        (will|can|do) we (make|reach|meet|hit) (it|the target|the month|the number)
        [{_SHOW} ][(the|our) ]{_FIGURES}
        how (many|much)[ .+]
        (who|what|anything|anybody|anyone) is (late|behind|overdue|missing|at risk)
        is (anything|anybody|anyone|something|somebody|someone) (late|behind|overdue|missing|at risk)
        [{_SHOW} ][the ]status (of|for|on) [the ]<about>
        how (is|are) [the ]<about>[ (doing|going|looking)]
        (is|are) [the ]<about> {_FINE}
        (how did we do|how was|numbers for|stats for|status of|status for|status in) [in ]<month>
        (when is|when are) [the ]<about> due
        [the ]<about> status
        who (owns|answers for|owes|is responsible for) [the ]<about>
        [{_SHOW} ][the ]{_FIGURES} (for|of|in) <month>
        is .+ {_FINE}[{_SO_FAR}]
        <about>
        <month>
    """,
    "mine": f"""
        what (do|must|should|shall) (i|we) [still ][have to |need to ](owe|do|deliver)[{_SO_FAR}| next]
        what is (due|next|open|left|up|waiting|on my plate|my part|on my list)[ for me][{_SO_FAR}]
        (anything|something|nothing) for me[{_SO_FAR}]
        what needs me[{_SO_FAR}]
        [{_SHOW} ](my|our) ({_TASKS}|leads)
        (todos?|to dos?|tasks|deadlines|due dates)
        am i {_FINE}[{_SO_FAR}]
        do (i|we) owe (anything|something|anybody anything|anyone anything)
        (when is it|when is that) due
        what do you (want|need) from (me|us)
        what did (i|we) (miss|forget)
        (did|have) i (miss|missed|forget|forgotten|forgot) (anything|something)
    """,
    "owed": """
        what (am i|are we) owed[ (to us|to me|us)]
        what (does|do) .+ owe[ (us|me)]
        who owes (us|me)[ (what|something|anything)]
        (what|who) (are we|am i) waiting for
    """,
    "agreement": f"""
        what (did we|have we|did they) (agree|agreed|sign|signed|promise|promised)[ (on|to)]
        {_SHOW} [(the|our) ]{_CONTRACT}
        [(the|our) ](contract|sla|terms|deal|rules)
        what (is|was) (agreed|promised)
        who (decides|is in charge|is responsible|is accountable|signed|is the (sponsor|owner|boss))[ here]
        [{_SHOW} ]<key>
    """,
    "history": f"""
        [{_SHOW} ]<about>
        what (about|happened to|happened with|became of) <about>
    """,
    "results": f"""
        [{_SHOW} |list |show ][the |all |all the ]leads
        what (became|happened) (of|to|with) (the|our|my) leads
        [what is ][(the|our) ](conversion|conversion rate|close rate|win rate)
        which campaign[ .+]
        (campaigns|by campaign)
    """,
    "done": f"""
        (did it|i did it|done that|sent it|it is done|i am done|all done|finished|delivered|completed?)
        (finished|delivered|completed|sent) <key>
        <key> [is ](done|finished|delivered|completed?|sent)
        done with {_IT}
    """,
    "ack": """
        (i have it|i have got it|[i am ]on it|[i am ]working on it|i will (do it|take care|look)|will do)
    """,
    "snooze": f"""
        (later|not now|in a minute|remind me|remind me later)
        remind me [again ](at |on |in )?<until>
        snooze {_IT}
        snooze {_IT} until <until>
    """,
    "item": """
        who has <key>
    """,
    "followup": """
        <keys> <note>
    """,
    "outcome": """
        <keys> [(is|was) ]<outcome>
        (mark|set) <keys> (as|to) <outcome>
    """,
    "assign": """
        (give|pass|hand|reassign|move) <keys> to <owner>
        <keys> to <owner>
    """,
    "report": f"""
        [{_SHOW} ][(the|this|last|our|my) ][(weekly|current|next|lead status|status) ]report[ so far] -> report preview
        (when|what) (is|does|is in) [(the|my|our) ][(next|weekly|status) ]report[ (due|come|go out)] -> report preview
        (approve|confirm) [(the|this|my) ][weekly ]report -> report approve …
        (send|post|publish) [(the|this|my) ][weekly ]report[ now] -> report now …
    """,
    "home": f"""
        (news|what is new|what changed|what has changed|what is going on|what is up|catch me up)[{_SO_FAR}]
        what happened[{_SO_FAR}| yesterday| last week]
        (home|start|my page|homepage)
    """,
    "export": """
        (download|csv|excel|spreadsheet|[(the|raw|all) ]data|give me the data|get (the )?data)
    """,
    "review": """
        (when is|when do we have) [(the|our) ][next ](review|meeting|review meeting) -> review
        when do we meet[ (next|again)] -> review
        [(the|our) ][next ](agenda|meeting|review|review meeting) -> review
    """,
    "define": """
        what (is|are) (a|an) <word>
        what counts as [(a|an) ]<word>
        what does <word> mean
        [the ](definition|meaning) of [(a|an) ]<word>
        (definitions?|what do (the )?words mean|vocabulary)
    """,
    "plan": """
        what if[ .+]
        (make|show|see) [(a|the|our) ]plan
    """,
    "away": f"""
        [{_I_AM} ]{_AWAY}[ (on|for)] <days>
        {_TIME_OFF} <days>
        [{_I_AM} ]({_AWAY}|{_TIME_OFF})[ (all week|for a while|next time)]
        [(i am|we are) ]back[ (again|at work|in the office|from (holiday|vacation|leave))] -> away off
    """,
    "absent": f"""
        <person> is {_AWAY}
        <person> (is|will be) {_AWAY}[ (on|for)] <days>
    """,
    "quiet": """
        be quiet (evenings|nights|weekends|at night|in the evenings?|after hours|on weekends)
        [(set|change|my) ]quiet hours
    """,
    "digest": """
        (no|stop|cancel) [(the|my|daily) ]digest
    """,
    "messages": f"""
        why (did|do|am|would|does|are) (i|you|it) .+
        why (this|me|that)
        (stop|stop (it|that|this)|enough|shut up|go away|be quiet|silence|unsubscribe|opt out|mute|dnd)
        (stop|unsubscribe|mute|silence) .+
        (make it|be|stay|keep) quiet[ .+]
        quiet (until|till|for|today|tomorrow|this|next|on)[ .+]
        (leave me|let me) (alone|be|in peace)
        (too many|less|fewer|no more|no) (messages|noise|spam|notifications|pings|dms|reminders)
        [my ](messages|notifications|settings|preferences|options|spam)
        do not (message|ping|write|dm|bother|disturb|spam|remind|contact)[ .+]
        turn (it|this|you|notifications|messages|reminders) off
        (turn|switch) off[ .+]
        who am i
        {_SWEARING}
    """,
    "health": """
        (is it|are you|is this thing) (working|up|alive|down|broken|on|there|ok)
        (ping|test|testing)
        why did (nobody|no one|noone) (hear|know|tell me|get told)[ .+]
    """,
    "help": """
        (what|how) (can|do|should) (i|you|we|this|it) (do|say|ask|type|use|work|help)[ (here|it|this|you|with .+)]
        how does (this|it|kept) work
        [(what are|list|list all|all) ][the ]commands
        (handoff|hand over) (help|how|usage) -> help handoff
        (menu|options|instructions|manual|faq|man|info|about|what now|i need help|usage)
    """,
    "hello": """
        (hi|hello|hey|hiya|howdy|yo|moin|hallo|hola|bonjour|salut|ciao|ola|olá)( there| all| team| bot| kept| everyone)*
        good (morning|afternoon|evening|day)( all| team| everyone| kept)*
        (who|what) are you[ exactly]
        are you (a|an) (bot|robot|human|person|ai)
        (what|who) is (this|kept)
        how are you[ (doing|today)]
    """,
    "thanks": """
        [(many|big) ](thanks?|thank you|thx|ty|cheers|danke|merci|gracias|grazie|tack)( a lot| so much| very much| all)*
        (you are the best|well done|good job|good bot|nice work|love it|awesome|lovely|amazing)
        (🙏|❤️|❤|🎉|😀|😊|🙂|😄)+
    """,
    "ok": """
        (ok|okay|k|yes|yep|yeah|yup|sure|fine|no|nope|nah|cool|great|nice|perfect|good|right|alright|lol|haha|hm+|wow)
        (got|heard|read|seen|noted|understood)[ (it|this|that|them)]
        (sorry|excuse me|pardon|apologies)
        (sounds good|looks good|agreed|never mind|nevermind|nothing|makes sense|no problem|no worries|not sure)
        (👍|👍🏻|👍🏼|👍🏽|👍🏾|👍🏿|👎|👌|✅|💯|😂|🤣|🤔|😬|👀)+
        (:[a-z0-9_+-]+:)+
    """,
}
