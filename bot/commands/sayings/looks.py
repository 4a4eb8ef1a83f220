"""What people say who want to look: questions, by the command that answers them."""

from __future__ import annotations

from collections.abc import Mapping

from bot.commands.sayings.words import AWAY, CONTRACT, FIGURES, FINE, NOTED, ON_TIME, SHOW, SO_FAR, SWEARING, TASKS

LOOKS: Mapping[str, str] = {
    "status": f"""
        how (are|is|do) (we|it|this|things|everything|the month|this month) \
            (doing|going|looking|look|stand)[{SO_FAR}]
        how are (we|things)[{SO_FAR}]
        how (we|things|they|it|everything) (are|is) (doing|going|looking)[{SO_FAR}]
        where (do|are) (we|things) (stand|at)[{SO_FAR}]
        (are|is) (we|everything|it) {FINE}[{SO_FAR}]
        (will|can|do) we (make|reach|meet|hit) (it|the target|the month|the number)
        [{SHOW} ][(the|our) ]{FIGURES}
        ~ how (many|much)[ .+]
        (who|what|anything|anybody|anyone) is (late|behind|overdue|missing|at risk)
        is (anything|anybody|anyone|something|somebody|someone) (late|behind|overdue|missing|at risk)
        [{SHOW} ][the ]status (of|for|on) [the ]<about>
        how (is|are) [the ]<about>[ (doing|going|looking)]
        (is|are) [the ]<about> {FINE}
        (how did we do|how was|numbers for|stats for|status of|status for|status in) [in ]<month>
        (when is|when are) [the ]<about> due
        [the ]<about> status
        who (owns|answers for|owes|is responsible for) [the ]<about>
        [{SHOW} ][the ]{FIGURES} (for|of|in) <month>
        is .+ {FINE}[{SO_FAR}]
        <about>
        <month>
        (on track|on target|on pace|on schedule|in time)
        how (are|is) (it|things|we|they|everybody|everyone|the teams|the team) (doing |going |looking )?with \
            [the ]<about>
        how (are|is) (the |all the |our )?(teams|promises|slas|agreements|others|customers)( doing)?
        how many[ .+] (in|for|last|since) <month> -> status <month>
        (who|which|what) (is|are) (behind|late|missing|at risk)[ .+]
        (misses|what (did we miss|was missed|were the misses)[ .+]|(any|open) (problems|issues|misses|breaches))
        why (did|are|is|were|was) .+ (dispute|disputed|reject|rejected|missed|late|behind)[ .+]
        (which|what|how many) (ones |leads )?(were|are|got) (rejected|disputed|held|refused|not accepted)[ .+]
        (weekly|monthly|daily|latest|current) (numbers|figures|stats)
        how often .+
        (are|is) (the|our) (customers?|clients?) (happy|content|satisfied)[ .+] -> status customer satisfaction
        (tldr|tl;dr|short version|trend|forecast|outlook|projection)
        [{SHOW} ]<month>
        <about> (this|for this) (month|week|quarter|year)
        [the ]<about>[ (so far|now|today)]
        (are|is) (we|they|it) (going to|gonna) (make|reach|hit|meet) .+
        how (bad|good|far|close|far behind|late|far along) (is|are) (it|we|things|they|this)[ .+]
        (what is|what was) (the|our) (damage|number|count|score|result|tally)[ .+]
        (who missed|what was missed|what did we miss)[ .+]
        how (many|much)[ .+] (are|is) (we|it) at
    """,
    "mine": f"""
        what (do|must|should|shall) (i|we) [still ][have to |need to ](owe|do|deliver)[{SO_FAR}| next]
        what is (due|next|open|left|up|waiting|on my plate|my part|on my list)[ for me][{SO_FAR}]
        (anything|something|nothing) for me[{SO_FAR}]
        what needs me[{SO_FAR}]
        [{SHOW} ](my|our) ({TASKS}|leads)
        (todos?|to dos?|tasks|deadlines|due dates)
        am i {FINE}[{SO_FAR}]
        do (i|we) owe (anything|something|anybody anything|anyone anything)
        (when is it|when is that) due
        what do you (want|need) from (me|us)
        [(show me|tell me) ]what (i|we) (owe|have to do|need to do|must do)[ .+]
        what did (i|we) (miss|forget)
        (did|have) i (miss|missed|forget|forgotten|forgot) (anything|something)
        (what|which)[ .+] (is|are) due[ .+]
        (is|are) (there )?(anything|something) (due|open|urgent|overdue|late|pending)[ .+]
        (anything|something|what|what is) (urgent|overdue|pending|open|late|due|important)[ .+]
        what is (the )?(most urgent|next|first|most important)[ .+]
        (when is )?[(the|my|our) ][next ](deadline|checkpoint|due date|milestone)[ due]
        (anything|something|what) (that )?(i|we) (need|have|should|must) (to \
            )?(do|decide|know|approve|answer|sign)[ .+]
        what is (waiting|pending|open) (on|for|with) (me|us)
        (what|who) (do|should|must) (i|we) (call|chase|contact|answer|do|work on|finish)[ .+]
        (my|our|new|open) (leads|cases|tickets|items)[ .+]
        (which|what) (leads|cases|tickets|items)( are| do)? (mine|open|left|new|i have|i own)[ .+]
        (leads|cases|tickets|items) (still )?(open|left|waiting)
        (anybody|anyone|who|which leads) (is |are )?(not|not yet|still to be) (called|answered|contacted)[ .+]
        (agenda|schedule|plan|calendar|tasks|todos?|list|summary|briefing)( for)? (today|tomorrow|this \
            week|next week|the week)
        (calendar|schedule|what is happening|what is going on|what is up) (today|tomorrow|this week|next week)
        (approve|i approve|approved)
        (do|must|should) (i|we) (need|have) to .+
        am i (behind|late|overdue) (on|with|for) .+
    """,
    "owed": """
        what (am i|are we) owed[ (to us|to me|us)]
        what (does|do) .+ owe[ (us|me)]
        who owes (us|me)[ (what|something|anything)]
        (what|who) (are we|am i) waiting for
        (did|has|have|does) .+ \
            (accept|accepted|send|sent|deliver|delivered|report|reported|answer|answered|approve|approved)
        where (is|are) .+ with (our|my|the) .+
        when (do|will|can) (i|we) (get|see|receive|have) .+
        what (do|will) (we|i) get( from .+)?
        (any|open) (answer|answers|reply|replies) (for|to) (me|us)
    """,
    "agreement": f"""
        what (did we|have we|did they) (agree|agreed|sign|signed|promise|promised)[ (on|to)]
        {SHOW} [(the|our) ]{CONTRACT}
        [(the|our) ](contract|sla|terms|deal|rules)
        what (is|was) (agreed|promised)
        who (decides|is in charge|is responsible|is accountable|signed|is the (sponsor|owner|boss))[ here]
        [{SHOW} ]<key>
        [{SHOW} ][(all|the|our|my|all the|all our) ](agreements|slas|contracts)
        what (does|do) [(the|our) ]{CONTRACT} say[ .+]
        what is in [(the|our) ]{CONTRACT}
        [{SHOW} ][(the|our) ]{CONTRACT} (say|says)
        (has|have|did) (everyone|everybody|all|both|they|we|both sides) (sign|signed)[ .+]
        who (changed|set|agreed) [(the|our) ](target|numbers|agreement)
    """,
    "history": f"""
        [{SHOW} ]<about>
        what (about|happened to|happened with|became of) <about>
        (status of|any news on|news on|news about|update on|updates on|any update on|how is|what is \
            with) [the ]<about>[ (case|lead|ticket|thing)]
        (is anyone|is anybody|who is|is somebody|is someone) (looking at|working on|on) <about>
        (still |there is )?no (answer|reply|news|update|response)( yet)? (on|to|for|about|from) <about>
        (did|has|have|does) .+ (accept|accepted|get|got|see|seen|disputed|dispute) <about>
        when (is|will) <about> .+
        tell me about <about>
        how (did|is) [(lead|case) ]<about> (go|going|doing|doing)
        (has|have|did) (anyone|anybody|somebody|someone) (called|call|answered|answer|contacted|talked to) <about>
        who is (calling|handling|taking|working on|on) <about>
    """,
    "results": f"""
        [{SHOW} |list |show ][the |all |all the ]leads
        what (became|happened) (of|to|with) (the|our|my) leads
        [what is ][(the|our) ](conversion|conversion rate|close rate|win rate)
        which campaign[ .+]
        (campaigns|by campaign)
        how many[ .+] (won|closed|bought|converted|convert|sold|lost)[ .+]
        (did|have|has) (any|some)[ .+] (convert|converted|close|closed|buy|bought)[ .+]
        how many (from|came from|did) .+
        (what|which) (became|happened|came) (of|to|with|from) .+ leads
        [marketing |sales ](qualified )?leads
        (mqls?|sqls?)
        what (did|does|has) .+ (do|done|make|made) (with|of|about) (my|our|the) leads
        (did|have) (you|they|sales) (get|got|receive|received|see|seen) (my|our|the) leads
        what (came|comes) of (my|our|the) leads
    """,
    "incidents": f"""
        [{SHOW} ][(the|any|all) ](incidents|outages|downtimes?|uptime)[ .+]
        (who|anybody|anyone) (is )?on call
        how (long|often) (was|is|were) .+ (down|out|offline)[ .+]
        how many (outages|incidents|failures)[ .+]
    """,
    "credits": """
        [.+ ]credits?[ .+]
        how much (do|does|did) (we|they|you|it) (owe|cost) .+
    """,
    "deals": """
        [(the|our|total) ](revenue|sales|turnover|income)[ .+]
        how much (money|revenue)[ .+]
        how (much|many) (did we sell|was sold|have we sold)[ .+]
    """,
    "plan capacity": """
        how many[ .+] (can|could) (we|i|they) (handle|work|do|manage|take|call|process)[ .+]
        (we|i|they) can not (handle|work|do|manage|take) .+
        (too many|too much) (leads|work|cases)[ .+]
    """,
    "friction report": f"""
        what (do|are|did) (customers|clients|they|users) (complain|complaining|complained|trip|stumble)[ .+] -> \
            friction report preview
        [the |my ]friction report( is| was)? {NOTED}[ .+] -> friction report preview
        (where is|when is|show|show me) [the |my ]friction report[ .+] -> friction report preview
        [the |my ]friction report( is)? (at|here|attached|in|on)[ .+] -> friction report preview
    """,
    "search": """
        (find|look for|look up|search for) <words>
    """,
    "absences": f"""
        (who|which of us) (is|are|will be) {AWAY}[ .+]
        (is|are) (anybody|anyone|someone|somebody|people) {AWAY}[ .+]
        who (works|is working|is in|is here|is around|is available|is there|is back)[ .+]
        (is|will) <person> [be ](in|here|around|available|there|back|at work|working|online|reachable|{AWAY})[ .+]
        [(where is|when is) ]<person> back
        where is <person>
        who (covers|stands in|fills in|deputises|takes over) for <person>
        who is <person>'s deputy
        am i {AWAY}[ .+]
        [{SHOW} ][the ](absences|holidays|vacations|leave calendar|absence list|time off)
        who (can|do|could|should) i (talk|speak|turn) to (if|when|while) <person> is .+
        who (can|do|could|should) i ask (if|when|while) <person> is .+
    """,
    "stakes": f"""
        who (gets told|is told|hears|hears of it|will be told|will hear|gets notified|is notified|is \
            informed|finds out|knows)[ .+]
        what (happens|will happen|follows|comes) (if|when) .+
        what (is|are) the consequences?[ .+]
        what (does|would|will|did|do) .*(cost|costs)( us| me| them)?[ .+]
        how much (does|would|will|did) .*(cost|lose|lost)( us| me| them)?[ .+]
        (does|will|did|would) .+ (know|hear|find out|see|get told)[ .+]
        (i|we) (will|are going to|might|may|could|shall) (not |probably not )?(miss|be short|fall \
            short|{ON_TIME})[ .+]
        (i|we) (will not|can not|are not going to|might not|may not|probably will not) {ON_TIME}[ .+]
        (i|we) (am|are) (short|behind|not going to .+)( .+)?
    """,
    "item": """
        who has <key>
        who (is on|owns|works on|handles|takes) <key>
    """,
    "report": f"""
        [{SHOW} ][(the|this|last|our|my) ][(weekly|current|next|lead status|status) ]report[ so far] -> report \
            preview
        (when|what) (is|does|is in) [(the|my|our) ][(next|weekly|status) ]report[ (due|come|go out)] -> report \
            preview
        (approve|confirm) [(the|this|my) ][weekly ]report -> report approve …
        (send|post|publish) [(the|this|my) ][weekly ]report[ now] -> report now …
        [add ](a )?note[ (for|to) (the|my|this|our) [weekly ]report] <note> -> report note <note> …
        (add|put|write) [a note ](to|in|into) [(the|my) ]report <note> -> report note <note> …
        ((the|my|our|weekly|this) )*reports?( is| are|'s)? {NOTED}[ .+] -> report preview
        report's out -> report preview
        [(i|we) ][have ](sent|posted|done|finished|delivered) ((the|my|our|weekly) )*report[ .+] -> report preview
        [here is ]((the|my|our|weekly) )*report (https?://.+|attached) -> report preview
        [{SHOW} ]((the|my|our|weekly) )*report (first|before .+|again) -> report preview
        (preview|draft) -> report preview
        (send|give|get|mail) me .*report.* -> report preview
        (post|send|publish) it[ now] -> report now …
        [the |my ]report (looks|is) (good|fine|ok|great)[ .+] -> report preview
    """,
    "home": f"""
        (news|what is new|what changed|what has changed|what is going on|what is up|catch me up)[{SO_FAR}]
        what happened[{SO_FAR}| yesterday| last week]
        (home|start|my page|homepage)
        [{SHOW} ]what (changed|happened|is new) since .+
        how did (yesterday|last week|today) go
    """,
    "export": """
        (download|csv|excel|spreadsheet|[(the|raw|all) ]data|give me the data|get (the )?data)
        export[ (to|as|in|for)] .+ -> export …
        [.+ ](as|to|in|a|the) (csv|excel|xlsx|spreadsheet|google sheets?)[ .+] -> export …
        (csv|excel|xlsx|spreadsheet)[ .+] -> export …
    """,
    "review": """
        (when is|when do we have) [(the|our) ][next ](review|meeting|review meeting) -> review
        when do we meet[ (next|again)] -> review
        [(the|our) ][next ](agenda|meeting|review|review meeting) -> review
        (add|put) .+ (on|to) [the ]agenda[ .+] -> review
        (add|put) (on|to) [the ]agenda .+ -> review
        what (did we|have we|was) (decide|decided)[ .+] -> review
        (schedule|book|set up|plan|move|cancel) (a|the|our) (meeting|review|call)[ .+] -> review
        what is on the agenda[ .+] -> review
        (reschedule|move|postpone|cancel) (the|our) (review|meeting)[ .+] -> review
        [(i|we) ](can not|will not) (make|attend|be at|come to) (the|our) (review|meeting)[ .+] -> review
    """,
    "define": """
        what (is|are) [(a|an) ](mqls?|sqls?)[ (again|exactly)] -> define qualified lead
        what (is|are) (a|an) <word> (again|exactly)
        what counts as [(a|an) ]<word> (again|exactly)
        what (is|are) (a|an) <word>
        what counts as [(a|an) ]<word>
        what does <word> mean
        [the ](definition|meaning) of [(a|an) ]<word>
        (definitions?|what do (the )?words mean|vocabulary)
    """,
    "plan": """
        what if[ .+]
        (make|show|see) [(a|the|our) ]plan
        (.+ )?(close|conversion|win) rate (is|of|at|was|drops to|goes to|falls to|rises to)? ?<close> -> plan \
            close <close>
        (what )?if we (only )?(close|convert|win) (at )?<close>[ .+] -> plan close <close>
    """,
    "absent": f"""
        <person> is {AWAY}
        <person> (is|will be) {AWAY}[ (on|for)] <days>
        <person>'s {AWAY}
        <person>'s {AWAY}[ (on|for)] <days>
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
        {SWEARING}
        (no|fewer|less|stop|mute) (messages|notifications|pings|dms|reminders)[ .+]
        who sees (this|that|it|my messages)[ .+]
    """,
    "health": """
        (is it|are you|is this thing) (working|up|alive|down|broken|on|there|ok)
        (ping|test|testing)
        why did (nobody|no one|noone) (hear|know|tell me|get told)[ .+]
        is (the )?(bot|kept|this) (working|up|down|ok|alive|broken)
        (are you|you) (there|awake|alive|listening)
    """,
    "help": """
        (what|how) (can|do|should) (i|you|we|this|it) (do|say|ask|type|use|work|help)[ (here|it|this|you|with .+)]
        how does (this|it|kept) work
        [(what are|list|list all|all) ][the ]commands
        (handoff|hand over) (help|how|usage) -> help handoff
        (menu|options|instructions|manual|faq|man|info|about|what now|i need help|usage)
        how (do|can|could|would|should) (i|we) .*(leads?|handoffs?|csv).* -> help handoff
        how (do|can|could|would|should) (i|we) .+
    """,
}
