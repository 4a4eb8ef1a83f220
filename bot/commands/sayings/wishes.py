"""What people say who want something done: its form opens, filled in as far as it was understood."""

from __future__ import annotations

from collections.abc import Mapping

from bot.commands.sayings.words import AWAY, BAD, CALLED, I_AM, IT, NO_GOOD, SAID_NO, SAID_YES, TIME_OFF

WISHES: Mapping[str, str] = {
    "handoff": """
        (log|add|record|enter|another|here are|there are|plus) <rest> -> handoff <rest>
        <quantity> (more|new|additional|further|fresh|other) <rest> -> handoff <quantity> <rest>
        [on ]<on> (i|we|they) (handed|gave|sent|delivered|passed) [over ]<quantity> <unit>
        [on ]<on> [(handed|gave|sent|delivered|passed) ][over ]<quantity> <unit>
        [on ]<on> [(i|we|they) ](handed|gave|sent|delivered|passed) [over ][to ]<receiver> <quantity> <unit>
        (i|we) (have|had|got|made|generated|found|produced) <quantity> [(more|new|another) ]<unit>[ .+]
        (about|around|roughly|approx|approximately|almost|nearly|circa|ca|some) <quantity> <unit>
        (here is|there is|that is|new) <rest> -> handoff <rest>
        [(i|we) ][have ][just ](handed|gave|sent|delivered|passed|logged|forwarded|brought) [over ]<quantity> \
            [(more|new) ]<unit>[ over][ (to|for) <receiver>][ (just now|now|today|over)]
        [(i|we) ][have ][just ](handed|gave|sent|delivered|passed|logged|forwarded|brought) [over ]<quantity> \
            [(more|new) ]<unit>[ over][ (to|for) <receiver>][ on] <on>
        <quantity> [(more|new) ]<unit> (handed|passed|sent|given|delivered)[ over] to <receiver>[ team][ (on )?<on>]
        <quantity> [(more|new) ]<unit> for (you|us|them|everybody|the team)[ .+]
        <quantity> <unit>[ to <receiver>][ on] <on>
        <quantity> from <campaign>
        [(new|hot|another) ](lead|mql|qualified lead) <items> -> handoff 1 lead items <items> …
        <unit> <quantity>
        [(here is|here are) ]<quantity> <unit>[ to <receiver>] from <campaign>
        [(i|we) ][(have|just) ](handed|gave|sent|passed) <receiver> <quantity> <unit>[ on] <on>
        (forgot|missed|also had|and also) <quantity> <unit>[ (from|on|of)] <on>
        <quantity> <unit> <campaign> to <receiver>
    """,
    "announce": """
        (i|we) (will|are going to|plan to|want to|expect to|should) \
            (send|hand|deliver|bring|give|pass|have) .+
    """,
    "accept": f"""
        (accept|approve|confirm) {IT}
        (accept|approve|confirm) [all ][of ][the |my |them](handoff|leads)?
        (accept|approve|confirm) <quantity> (leads|of them)
        accept <quantity> (of|from) <key>
        (approve|confirm|ok|take) <key>
        (received|got) (the leads|them all|all of them)
        accept <quantity> (of|from) \\d+[ .+] -> accept <quantity> because {{said}} …
        (looks good|all good|fine|good|great|all fine|happy)[ (so|please|and)] (accept|accepted|approve)[ \
            (it|them|all)]
        (these|those|they|all)( \\d+| three| two| of them)? (look|looks|are|is) (good|fine|ok|okay|great)
    """,
    "dispute": f"""
        (dispute|reject|decline|refuse|return) <key>
        (dispute|reject|decline|refuse|return) <key> because <reason>
        (dispute|reject) <quantity> (of|from) <key>
        (dispute|reject) <quantity> (of|from) <key> because <reason>
        (dispute|reject|return) {IT}
        (dispute|reject|return) the leads
        [these |those |the ]{BAD} leads
        (these|those|the|they)[ leads| ones][ are] {BAD}
        <items> {NO_GOOD}[ .+] -> dispute <items> because {{said}} …
        <items> (number|phone|email|address) (does not work|is wrong|is dead|bounced|bounces)[ .+] -> dispute \
            <items> because {{said}} …
        <items> (does not meet|is below|does not fit) .+ -> dispute <items> because {{said}} …
        accept <key> (except|but not|without) <items> -> dispute <key> <items> …
        [accept ]all (except|but) <items>[ .+] -> dispute <items> …
        (dispute|reject|decline|refuse) <quantity> (of|from) <key>[ (because|since|as|for|with)] <reason>
        <key> [- ]<quantity> <reason> -> dispute <key> <quantity> because <reason> …
        <quantity> (of them |of those |of these )?{NO_GOOD}[ .+] -> dispute <quantity> because {{said}} …
        (these|those|the|they)[ leads| ones] (are|is|look) (garbage|trash|useless|terrible|awful|no good|crap)[ .+]
        (i|we) (do not|can not) (want|use|take|accept) (these|them|those|it)[ .+]
        (this|that|it) is not (right|correct)
        that miss (was|is) not .+
        (i|we) (do not|can not) agree[ .+]
        <quantity> (of (the|these|those) (leads|ones) )?{NO_GOOD}[ .+] -> dispute <quantity> because {{said}} …
        accept (them|those|these|all|it) (except|but not|without)[ .+] -> dispute …
    """,
    "undo": f"""
        (oops|ups|whoops|my bad|my mistake|wrong|mistake|a mistake|typo)
        (that|this|it) (was|is) (wrong|a mistake|not right|a typo|an error)
        (undo|cancel|delete|remove|revert|retract|take back)[ {IT}]
        (undo|cancel|delete|remove|revert) [(the|my) ]last[ one| handoff]
        (cancel|delete|remove|revert|retract|take back) <key>
        (scrap|ignore|forget|drop|cancel|delete|remove|kill|strike) (that|this|it|the last|my last)[ \
            (one|msg|message|entry|line)]
        (undo|cancel|delete|remove|revert) (my|the) (last )?(msg|message|entry|handoff|one)
    """,
    "done": f"""
        (did it|i did it|done that|sent it|it is done|i am done|all done|finished|delivered|completed?)
        (finished|delivered|completed|sent) <key>
        <key> [is ](done|finished|delivered|completed?|sent)
        done with {IT}
        <key> (is )?(done|finished|delivered|complete)[ .+] -> done <key> …
        (done|finished|through|ready) with <key>
        [(i|we) ][have ](just )?(changed|confirmed|delivered|finished|completed|handed in|got|have) \
            (my|the|our) .+ -> done …
        (my )?(password|badge|access card|card|training)[ (is|was)] (changed|done|confirmed|ready|renewed)
        (i have|i got|got) (my|a|the) (badge|access card|card|id|photo)[ .+]
        (welcome|the welcome|onboarding)( is)? (done|sent|made)[ .+] -> done …
        we (called|welcomed|met|visited) the (new )?customers?
        (pw|badge|card) (changed|done|ok|confirmed)
        [(i|we) ](welcomed|onboarded|met) .+ -> done …
    """,
    "ack": """
        (i have it|i have got it|[i am ]on it|[i am ]working on it|i will (do it|take care|look)|will do)
        (looking into it|i am looking into it|i will take it|i am at it|taking care of it|being taken care of)
    """,
    "snooze": f"""
        (later|not now|in a minute|remind me|remind me later)
        remind me [again ](at |on |in )?<until>
        snooze {IT}
        snooze {IT} until <until>
        snooze (for )?<until> -> snooze until <until> …
        snooze (for )?<until> -> snooze until in <until> …
        snooze (until|til|till) <until>
        [can (i|we) ](push|move|postpone|delay|shift|put off) (it|that|this|((the|my|our) )*(.+ \
            )?(report|reports|deadline|due date))[ back] (to|until|till|til|by) <until>
        [(can (i|we) (get|have)|give me|i need|we need|i will need) ](more time |time )?(until|til|till) <until>
        (not today|not now|later) [(please|pls) ]<until>
        [(i|we) ](need|could use|want|would like) (more|some|a bit more|another .+) (time|days?|hours?)[ .+]
        give (me|us) (more|another|a few|some|\\d+)[ .+]
        [(i am|we are|i will be|we will be|it is|it will be|(the|my) .+ (is|will be)) ](running )?late[ .+]
        (the |my |our )?.*report will be late[ .+]
        (not today|busy|i am busy|no time|tomorrow|in an hour|next week)
        (i need|give me|can i have|i want) (till|until|til) <until> for .+
        [(i|we) ](will not|can not) (manage|finish) (the|my|it|this)[ .+]
    """,
    "correct": """
        [i (meant|mean) ]<to> not \\d+[ .+] -> correct to <to> because {said} …
        not \\d+ but <to>[ .+] -> correct to <to> because {said} …
        [not \\d+ ](it|that|this) (was|is|should be|should have been|were) <to>[ .+] -> correct to <to> \
            because {said} …
        [wrong number ](should be|should have been|make (it|that)|i meant|i mean|it is|was) <to> -> correct to \
            <to> because {said} …
        [wrong number ](should be|should have been|make (it|that)|i meant|i mean|it is|was) <to> .+ -> correct \
            to <to> because {said} …
        (that|this|it) is (not right|not correct|wrong|incorrect) (we|i) (sent|gave|had|handed over|delivered) \
            <to> -> correct to <to> because {said} …
        <key> (should be|was|is) <to> -> correct <key> to <to> …
        <to> (leads|mqls|qualified leads|of them) not \\d+[ .+] -> correct to <to> because {said} …
    """,
    "meant": """
        (that|it|those|they|these|the last one) (was|were|is|are) (for|to) <receiver>
        (that|it|those|they|these|the last one) (was|were|is|are) (from|of) [the ]<campaign>
        (that|it|those|they|these|the last one) (was|were|is|are) [(on|from) ]<on>
        (that|it|those|they|these|the last one) (was|were|is) (meant )?(for|to) .+ -> meant
        (wrong|other) (day|date|team|party|campaign|channel|agreement|room|chat)
        wrong (day|date|team|party|campaign|channel|agreement|room|chat)[ .+]
    """,
    "raise": """
        [(new|open|create|raise|file|log|report|add) ](a |an |new )?(ticket|case|issue|problem|bug) <items>
            raise {said} …
    """,
    "respond": """
        (answered|replied to|responded to|got back to|wrote back to) <key>[ (case|ticket)]
        (answered|replied to|responded to|got back to|wrote back to) <key> .+ -> respond <key> note {said} …
    """,
    "resolve": """
        <key> (is |has been |was |got )?(fixed|solved|resolved|mended|sorted|sorted out|closed)[ .+]
        (fixed|solved|resolved|mended|sorted|sorted out) [the ]<key>[ .+]
        (it|that|this) (is|works|was) (fixed|solved|resolved|working|again|working again|sorted)[ .+]
    """,
    "pause": """
        (waiting|wait) (for|on) .+ (on|with|about|for) <key> -> pause <key> {said} …
        <key> (is |waits |waiting )?(waiting|for|on hold|on ice)[ .+] -> pause <key> {said} …
    """,
    "take": """
        (looking into|looking at|working on|on|mine is|i take|i will take|i have|i got|taking) <keys>
    """,
    "incident start": """
        [the ]<service>[ (is|was|went|has been|has gone)] (down|offline|dead|out|unreachable|not working|not \
            reachable)
        [the ]<service>[ (is|was|went|has been|has gone)] (down|offline|dead|out|unreachable|not working) \
            (since|at|from) <at>
        [the ]<service>[ (is|was|went|has been)] (down|offline|out) .+ -> incident start <service> …
        (outage|downtime|disruption)[ .+] -> incident start …
    """,
    "incident restored": """
        .+ (is back|back up|back online|up again|is up|working again|online again|restored|running again)
        .+ (is back|back|back up|back online|up again|is up|working again|online again|restored)[ (at|since)] <at>
    """,
    "incident end": """
        (incident|outage) (is )?(over|done|mended|closed|finished)
    """,
    "log": """
        <indicator> (was|is|at|of|for|in|came in at)? ?<figure>
        <indicator> (for |in )?<month>[ (was|is|at)] <figure>
    """,
    "excuse": """
        (forgive|excuse|pardon) (them|him|her|it|that|this|marketing|sales|service)[ .+]
        (let it slide|let it go|no hard feelings|it happens)[ .+]
        it is (ok|okay|fine|alright) (that|if) .+
    """,
    "recovery": """
        [(ask|get|we need|make|do|i want|can (i|we) have) ].*recovery plan[ .+] -> recovery …
        (ask|tell|get) .+ (for|to make) a plan -> recovery …
    """,
    "carry": """
        carry (it|them|the .+|that|those)( over)?
    """,
    "sold": """
        (we|i) sold .+ -> sold …
        \\d+ (customers|sales|deals)[ .+] -> sold …
    """,
    "agreement change": """
        (can we |we should |let us )?(change|lower|raise|increase|reduce|set|move|adjust) [(the|our) \
            ](target|number|goal|sla|agreement|terms)[ .+]
        (we (need|want|have) to |let us )?(renegotiate|re-negotiate|change the (deal|terms))[ .+]
    """,
    "friction": """
        [(another|new|one more|a) ]friction (point|pt|note|entry)s? <text>
        [the ](customers|clients|users) (keep |always |often \
            )?(complain|complaining|complained|stumble|trip|struggle)[ .+] -> friction {said} …
        [(a|the|one|another) ](customer|client|user) (said|says|told us|complained|mentioned)[ that| about]? <text>
        (customers|clients|users) (said|say|told us|mentioned)[ that| about]? <text>
    """,
    "followup": f"""
        {CALLED} <keys>[ .+] (yesterday|today|this morning|last night) -> followup <keys> note {{said}} …
        {CALLED} <keys> [on ]<on>[ .+] -> followup <keys> on <on> note {{said}} …
        {CALLED} <keys> -> followup <keys> note {{said}} …
        {CALLED} <keys> .+ -> followup <keys> note {{said}} …
        <keys> <note>
        <keys> (no show|did not show up|booked .+|wants .+|asked .+) -> followup <keys> note {{said}} …
    """,
    "outcome": f"""
        <keys>( is|'s)? in[ .+] -> outcome <keys> won note {{said}} …
        <keys> {SAID_NO}[ .+] -> outcome <keys> not interested note {{said}} …
        <keys> {SAID_NO}[ .+] -> outcome <keys> lost note {{said}} …
        <keys> {SAID_YES}[ (for|at)] <price> -> outcome <keys> won <price> note {{said}} …
        <keys> {SAID_YES}[ .+] -> outcome <keys> won note {{said}} …
        [we ](won|closed|landed|sold|got) <keys> (for|at) <price> -> outcome <keys> won <price> …
        [we ](won|closed|landed|sold|got) <keys>[ .+] -> outcome <keys> won note {{said}} …
        [we ](lost) <keys>[ .+] -> outcome <keys> lost note {{said}} …
        <keys> (is |was )?lost[ .+] -> outcome <keys> lost note {{said}} …
        <keys> (is|seems|can not be) (unreachable|not reachable|reached|gone)[ .+] -> outcome <keys> unreachable …
        <keys> (never|does not) (answers|answer|pick up|picks up|reply|replies)[ .+] -> outcome <keys> unreachable …
        <keys> [(is|was) ]<outcome>
        (mark|set) <keys> (as|to) <outcome>
    """,
    "assign": """
        (give|pass|hand|reassign|move) <keys> to <owner>
        <keys> to <owner>
        (give|pass|hand|reassign|move|assign|route|transfer) <keys> (over )?to <owner>
        [can ]<owner> (take|takes|takes over|take over|gets|get|will take|should take|has) <keys>
        (ask|let) <owner> (to )?(take|call|handle|do) <keys>
        <owner> (can have|should have|could take|is to take|calls|gets) <keys>
    """,
    "away": f"""
        [{I_AM} ]{AWAY}[ (on|for)] <days>
        {TIME_OFF} <days>
        [{I_AM} ]({AWAY}|{TIME_OFF})[ (all week|for a while|next time)]
        [(i am|we are) ]back[ (again|at work|in the office|from (holiday|vacation|leave))] -> away off
        [{I_AM} ]{AWAY}[ (on|for)] <days> <deputy> (has it|covers|stands in|takes over|takes it|is in \
            charge|fills in)[ .+]
        <deputy> (covers|stands in|fills in|deputises|takes over|is my deputy)( for me)? <days>
        <deputy> (covers|stands in|fills in|deputises|takes over|is my deputy)( for me)?
        [{I_AM} ](in|at) [(a|the|an) ](meetings?|conference|training|workshop|offsite|fair|trade \
            fair|customers?|clients?|doctor)[ all day][ (on|for)] <days>
        [{I_AM} ](in|at) [(a|the|an) ](meetings?|conference|training|workshop|offsite|fair|trade \
            fair|customers?|clients?|doctor)( all day)?
        [{I_AM} ]back (on|in|at) .+ -> away …
        (i|we) (will not|am not going to|can not) be (in|there|here|around|available|at work)[ (on|for)] <days>
        (taking|i take|i am taking|i have|having) <days> off
        (taking|i take|i am taking|i have|having) (a day|the day|some days|time) off[ .+] -> away …
        {TIME_OFF} <days> <deputy> (steps in|covers|stands in|takes over|has it|fills in)
        [{I_AM} ](in|at) [(a|the|an|my) ](dentist|doctor|hospital|airport|court)[ (on|for)] <days>
    """,
    "quiet": """
        be quiet (evenings|nights|weekends|at night|in the evenings?|after hours|on weekends)
        [(set|change|my) ]quiet hours
    """,
    "digest": """
        (no|stop|cancel) [(the|my|daily) ]digest
        (send|move|set|change|put|shift|get|give|i want)( me)? ((my|the|daily) )*(digest|summary|morning \
            mail|briefing)[ (at|to|for)] <at>
        (send|move|set|change|put|shift|get|give|i want)( me)? ((my|the|daily) )*(digest|summary|morning \
            mail|briefing) (at|to|for) <at> -> digest <at>:00 …
        digest at <at>
    """,
}
