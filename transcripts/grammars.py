"""Which words lean on their neighbours, by language: what a line may begin with, and what it must not end on.

Closed classes only (articles, prepositions, conjunctions, auxiliaries, particles): they are few, and a list of them is enough to
break as the guides ask (Netflix Timed Text Style Guide, Line Treatment; BBC Subtitle Guidelines, Break at natural points).
"""

from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True)
class Grammar:
    """Words in lower case. Before one of `leads` a line may well break; `binds` lean on the word after them, `clings` on the one
    before. `prefixes` are letters that stand for a conjunction at the head of a word; `short` are abbreviations whose full stop
    ends no sentence.
    """

    leads: frozenset[str] = frozenset()
    binds: frozenset[str] = frozenset()
    clings: frozenset[str] = frozenset()
    prefixes: tuple[str, ...] = ()
    short: frozenset[str] = frozenset()


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_TITLES = "dr. prof. st. mr. mrs. ms. gen. lt. col. sgt. gov. sen. vs. no. approx. e.g. i.e."

_EN_PREPOSITIONS = """in on at by for from to with without of about into onto over under after before between through during against
    across around among along behind beyond despite toward towards upon within"""

ENGLISH = Grammar(
    leads=_words(
        f"""and but or nor so yet because although though while when where which who whom whose that if unless until since as than
        {_EN_PREPOSITIONS}"""
    ),
    binds=_words(
        f"""a an the this that these those my your his her its our their some any no every each mr mrs ms dr is are was were be been am
        has have had do does did will would can could shall should may might must not very more most too and or but nor as than if
        because although while who which whose i we he she they {_EN_PREPOSITIONS}
        one two three four five six seven eight nine ten hundred thousand million billion"""
    )
    - {"over", "under", "before", "after", "about", "across", "around", "along", "behind", "through"},
    short=_words(_TITLES),
)
"""Particles of verbs (`take over`, `went on`) may end a line: nothing tells them from prepositions but the sense."""

_DE_PREPOSITIONS = """in im ins an am ans auf bei beim mit nach von vom zu zum zur aus für gegen ohne um durch über unter vor hinter
    zwischen seit während wegen trotz bis neben"""

GERMAN = Grammar(
    leads=_words(
        f"und oder aber denn sondern weil dass daß wenn als ob obwohl damit bevor nachdem wo wie {_DE_PREPOSITIONS}"
    ),
    binds=_words(
        f"""der die das den dem des ein eine einen einem einer eines kein keine keinen keinem keiner mein meine dein sein seine ihr ihre
        unser unsere euer dieser diese dieses diesen diesem jeder jede jedes ist sind war waren hat haben hatte hatten wird werden wurde
        wurden kann können muss müssen soll will nicht sehr und oder aber weil dass daß wenn als ob ich er sie es wir
        {_DE_PREPOSITIONS} zwei drei vier fünf sechs sieben acht neun zehn hundert tausend"""
    )
    - {"an", "auf", "aus", "vor", "zu", "bei", "mit", "nach", "durch", "um", "sie", "es", "ein"},
    short=_words("dr. prof. z.b. d.h. u.a. bzw. ca. nr. st. hr. fr. usw. etc."),
)
"""Separable prefixes (`fing … an`) and objects may end a line."""

_FR_PREPOSITIONS = """à au aux de du des en dans par pour avec sans sous sur vers chez entre contre depuis pendant avant après devant
    derrière parmi selon malgré"""

FRENCH = Grammar(
    leads=_words(
        f"et ou mais donc or ni car que qu qui dont où quand lorsque comme si parce puisque {_FR_PREPOSITIONS}"
    ),
    binds=_words(
        f"""le la les l un une des mon ma mes ton ta tes son sa ses notre nos votre vos leur leurs ce cet cette ces quel quelle chaque
        quelques je tu il elle on nous vous ils elles me te se ne est sont était étaient a ont avait avaient sera seront très plus et
        ou mais que qui dont si comme {_FR_PREPOSITIONS} deux trois quatre cinq six sept huit neuf dix cent mille"""
    )
    - {"avant", "après", "devant", "derrière", "contre", "plus", "nous", "vous", "elle", "elles", "depuis"},
    clings=_words("pas plus jamais rien -t-il là ci"),
    short=_words("m. mm. dr. st. etc. cf. p.ex. av."),
)

_ES_PREPOSITIONS = "a al ante bajo con contra de del desde durante en entre hacia hasta para por según sin sobre tras"

SPANISH = Grammar(
    leads=_words(
        f"y e o u pero sino ni que porque cuando donde como si aunque mientras cual quien pues {_ES_PREPOSITIONS}"
    ),
    binds=_words(
        f"""el la los las lo un una unos unas mi mis tu tus su sus nuestro nuestra nuestros nuestras este esta estos estas ese esa esos
        esas aquel aquella cada me te se le les nos no es son era eran fue fueron ha han había habían muy más y e o u pero que porque
        cuando si aunque {_ES_PREPOSITIONS} dos tres cuatro cinco seis siete ocho nueve diez cien mil"""
    )
    - {"más", "no", "contra"},
    short=_words("sr. sra. dr. dra. ud. uds. etc. núm. pág."),
)

_IT_PREPOSITIONS = """a al allo alla ai agli alle da dal dallo dalla dai dagli dalle di del dello della dei degli delle in nel nello
    nella nei negli nelle con su sul sullo sulla sui sugli sulle per tra fra"""

ITALIAN = Grammar(
    leads=_words(f"e ed o ma però che perché quando dove come se mentre né quindi {_IT_PREPOSITIONS}"),
    binds=_words(
        f"il lo la i gli le un uno una mio mia tuo suo sua nostro questo questa quel quella ogni mi ti si ci vi non è sono era erano ha "
        f"hanno aveva molto più e ed o ma che se {_IT_PREPOSITIONS} due tre quattro cinque sei sette otto nove dieci cento mille"
    )
    - {"più", "sono"},
    short=_words("sig. dott. ecc. prof."),
)

_PT_PREPOSITIONS = """a ao à aos às de do da dos das em no na nos nas por pelo pela pelos pelas para com sem sob sobre entre até desde
    contra durante"""

PORTUGUESE = Grammar(
    leads=_words(f"e ou mas que porque quando onde como se embora enquanto nem pois {_PT_PREPOSITIONS}"),
    binds=_words(
        f"o a os as um uma uns umas meu minha seu sua nosso este esta esse essa cada me te se não é são era eram foi foram tem têm havia "
        f"muito mais e ou mas que se {_PT_PREPOSITIONS} dois duas três quatro cinco seis sete oito nove dez cem mil"
    )
    - {"mais", "contra"},
    short=_words("sr. sra. dr. dra. etc."),
)

TURKISH = Grammar(
    leads=_words("ve veya ya ama fakat ancak çünkü eğer oysa hem ne yoksa zira"),
    binds=_words(
        "ve veya ya ama çünkü bir bu şu o her hiç en daha çok pek iki üç dört beş altı yedi sekiz dokuz on yüz bin milyon"
    ),
    clings=_words(
        """için gibi kadar ile sonra önce göre karşı doğru rağmen beri dolayı üzere de da mi mı mu mü değil ki diye
        vardı var yok idi ise tarafından hakkında"""
    ),
    short=_words("dr. prof. vb. vs. örn. sn. doç."),
)
"""Turkish puts its prepositions after the noun: a line must not begin with one."""

_RU_PREPOSITIONS = (
    "в во на с со к ко у о об обо от из за по под над при про для без до через между перед около после против среди"
)

RUSSIAN = Grammar(
    leads=_words(
        f"и а но или либо что чтобы если когда где как потому так хотя который которая которые которого пока {_RU_PREPOSITIONS}"
    ),
    binds=_words(
        f"""и а но или что чтобы если когда хотя не ни этот эта это эти тот та те мой твой его её их наш ваш весь вся все каждый
        {_RU_PREPOSITIONS} два две три четыре пять шесть семь восемь девять десять сто тысяча"""
    )
    - {"это", "всё", "все", "его", "её", "их", "после"},
    clings=_words("же ли бы б ж"),
    short=_words("т.е. т.д. т.п. г. гг. др. руб. млн. млрд. им. ул."),
)

ARABIC = Grammar(
    leads=_words(
        "و ثم أو أم لكن لأن حتى إذا عندما حيث الذي التي الذين كما بينما في من إلى على عن مع بعد قبل بين عند خلال منذ تحت فوق ضد"
    ),
    binds=_words(
        "في من إلى على عن مع بين عند خلال منذ تحت فوق ضد أن إن لا لم لن قد ما هذا هذه ذلك تلك كل بعض أي غير أو ثم لكن يا الذي التي و"
    ),
    prefixes=("و", "ف"),
    short=_words("د. م. ص."),
)

HEBREW = Grammar(
    leads=_words("ו או אבל אך כי אם כאשר כש איפה אשר של על אל עם בין לפני אחרי בלי כמו עד מן ליד תחת מול למרות בגלל"),
    binds=_words(
        "את של על אל עם בין לפני אחרי בלי כמו עד מן ליד תחת מול לא אין יש זה זו כל או אבל כי אם גם רק מאוד יותר הכי שני שתי שלושה"
    ),
    prefixes=("ו",),
    short=_words("ד\"ר פרופ' גב' מר"),
)

_EL_PREPOSITIONS = "σε στο στη στην στον στα στις στους από με για προς χωρίς κατά μετά πριν μέχρι ως παρά αντί"

GREEK = Grammar(
    leads=_words(f"και κι ή αλλά όμως ότι πως που όταν όπου γιατί επειδή αν ενώ ώστε {_EL_PREPOSITIONS}"),
    binds=_words(
        f"""ο η το οι τα τον την του της των τους τις τη ένας μια μία ένα έναν μιας ενός αυτός αυτή αυτό κάθε να θα δεν μην μη πολύ πιο
        είναι ήταν έχει είχε και κι ή αλλά ότι που αν {_EL_PREPOSITIONS} δύο τρία τρεις τέσσερα πέντε έξι επτά οκτώ εννέα δέκα εκατό"""
    )
    - {"μετά", "πριν", "είναι", "ήταν", "του", "της", "τους"},
    short=_words("π.χ. κ.λπ. κ.ά. δρ. αι. κ."),
)
"""`του`, `της`, `τους` are also what is owned (`το σπίτι του`), at the end of a phrase."""

GRAMMARS = {
    "en": ENGLISH,
    "de": GERMAN,
    "fr": FRENCH,
    "es": SPANISH,
    "it": ITALIAN,
    "pt": PORTUGUESE,
    "tr": TURKISH,
    "ru": RUSSIAN,
    "ar": ARABIC,
    "he": HEBREW,
    "el": GREEK,
}

NUMERALS = _words(
    """one two three four five six seven eight nine ten hundred thousand million billion
    zwei drei vier fünf sechs sieben acht neun zehn hundert tausend deux trois quatre cinq six sept huit neuf dix cent mille
    dos tres cuatro cinco seis siete ocho nueve diez cien mil due tre quattro cinque sei sette otto nove dieci cento mille
    dois duas três quatro sete oito nove dez cem iki üç dört beş altı yedi sekiz dokuz on yüz bin milyon
    два три четыре пять шесть семь восемь девять десять сто тысяча δύο τρία τρεις τέσσερα πέντε έξι επτά οκτώ εννέα δέκα εκατό"""
) - {"on"}
"""Numerals lean on what they count, but less than an article does: a long number fills a line."""

_NONE = Grammar(short=_words(_TITLES))


@lru_cache(maxsize=64)
def find_grammar(language: str) -> Grammar:
    """The grammar of a language by its code (`de`, `de-AT`); an empty one where there is none."""
    return GRAMMARS.get(language.lower().split("-")[0], _NONE)
