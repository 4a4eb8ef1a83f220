"""What people say to whom they talk to: greetings, thanks, a nod."""

from __future__ import annotations

from collections.abc import Mapping

COURTESIES: Mapping[str, str] = {
    "hello": """
        (hi|hello|hey|hiya|howdy|yo)( there| all| team| bot| kept| everyone)*
        (moin|servus|hallo|hola|bonjour|bonsoir|salut|ciao|ola|olá|goedemorgen|buongiorno|buonasera)( .+)?
        guten (morgen|tag|abend)( .+)?
        (buenos (dias|días)|buenas tardes|bom dia|boa tarde)( .+)?
        good (morning|afternoon|evening|day)( all| team| everyone| kept)*
        (who|what) are you[ exactly]
        are you (a|an) (bot|robot|human|person|ai)
        (what|who) is (this|kept)
        how are you[ (doing|today)]
        ((good )?morning|(good )?evening|(good )?afternoon|(good )?day|gm|greetings|sup|wassup)( .+)?
        (nice to meet you|welcome)
    """,
    "thanks": """
        [(many|big) ](thanks?|thank you|thx|ty|cheers)( a lot| so much| very much| all)*
        (vielen dank|danke|dankeschön|merci|gracias|grazie|tack|obrigado|obrigada|bedankt|dankjewel)( .+)?
        (you are the best|well done|good job|good bot|nice work|love it|awesome|lovely|amazing)
        (🙏|❤️|❤|🎉|😀|😊|🙂|😄)+
        (great|good|nice|super|excellent|awesome|amazing|lovely|fantastic|well) \
            (job|work|stuff|one|done|going)( .+)?
        (cheers|thanks|thx|ty|thank you)( .+)?
    """,
    "bye": """
        (bye|goodbye|bye bye|see you|see ya|cya|later all|good night|good weekend|tschüss|ciao|adios|au \
            revoir)( .+)?
        have a (good|nice|great|lovely) .+
    """,
    "ok": """
        (ok|okay|k|yes|yep|yeah|yup|sure|fine|no|nope|nah|cool|great|nice|perfect|good|right|alright|lol|haha|hm+|wow)
        (got|heard|read|seen|noted|understood)[ (it|this|that|them)]
        (sorry|excuse me|pardon|apologies)
        (sounds good|looks good|agreed|never mind|nevermind|nothing|makes sense|no problem|no worries|not sure)
        (👍|👍🏻|👍🏼|👍🏽|👍🏾|👍🏿|👎|👌|✅|💯|😂|🤣|🤔|😬|👀)+
        (:[a-z0-9_+-]+:)+
        (all good|fine by me|fine with me|works for me|ok with me|good for \
            me|understood|noted|deal|exactly|true|right on)
        (:d|:p|<3)+
    """,
}
