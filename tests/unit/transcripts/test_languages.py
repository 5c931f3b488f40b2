"""Lines break as each language reads, and names hold together."""

import pytest

from transcripts.cues import build_cues
from transcripts.grammars import GRAMMARS, NUMERALS
from transcripts.lettering import count_letters
from transcripts.profiles import PROFILES
from transcripts.rules import check_cues
from transcripts.words import Cue, Word

TEXTS = {
    "en": "The canal was taken over by the people who had dug it, and the ships of the world had to go around the Cape of Good Hope.",
    "de": "Der Kanal wurde von den Leuten übernommen, die ihn gegraben hatten, und die Schiffe der Welt mussten um das Kap fahren.",
    "fr": "Le canal fut repris par les gens qui l’avaient creusé, et les navires du monde entier durent passer par le Cap.",
    "es": "El canal fue tomado por la gente que lo había cavado, y los barcos del mundo tuvieron que pasar por el cabo de Buena Esperanza.",
    "it": "Il canale fu preso dalla gente che lo aveva scavato, e le navi del mondo dovettero passare per il capo di Buona Speranza.",
    "pt": "O canal foi tomado pelas pessoas que o tinham cavado, e os navios do mundo tiveram de passar pelo cabo da Boa Esperança.",
    "tr": "Kanal onu kazan insanlar tarafından alındı ve dünyanın bütün gemileri yıllar boyunca bir liman için uzağa gitti.",
    "ru": "Канал перешёл к людям, которые его вырыли, и корабли со всего мира должны были идти вокруг мыса Доброй Надежды в океане.",
    "ar": "استولى على القناة الناس الذين حفروها وكان على سفن العالم كله أن تدور حول رأس الرجاء الصالح في طريقها إلى البحر",
    "he": "התעלה נלקחה על ידי האנשים שחפרו אותה והאוניות של כל העולם נאלצו להפליג סביב כף התקווה הטובה בדרך אל הים",
    "el": "Η διώρυγα πέρασε στους ανθρώπους που την είχαν σκάψει, και τα πλοία του κόσμου έπρεπε να πάνε γύρω από το ακρωτήριο.",
}  # fmt: skip


def spoken(text: str, letter: float = 0.075) -> list[Word]:
    words, clock = [], 1.0
    for word in text.split():
        end = clock + letter * max(2, len(word))
        words.append(Word(word, clock, end))
        clock = end + (0.3 if word[-1] in ".,:?!" else 0.03)
    return words


def test_there_is_a_text_in_every_language_with_a_grammar() -> None:
    assert set(TEXTS) == set(GRAMMARS)


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("language", TEXTS)
def test_no_line_ends_on_a_word_that_leans_on_the_next(language: str, profile: str) -> None:
    cues = build_cues(spoken(TEXTS[language]), profile=profile, language=language)
    found = check_cues(cues, profile=profile, language=language)
    assert {finding.rule for finding in found} <= {"cue-too-fast"}
    lines = [line for cue in cues for line in cue.lines]
    grammar = GRAMMARS[language]
    assert not {line.split()[-1].lower().strip("\u202b\u202c") for line in lines[:-1]} & (grammar.binds - NUMERALS)
    assert not {line.split()[0].lower().strip("\u202b\u202c") for line in lines[1:]} & grammar.clings


def test_french_marks_that_stand_alone_stay_with_their_word() -> None:
    text = "Mais qui donc a pu fermer ce canal pendant huit ans ? Personne ne le sait vraiment , dit-il « sans rire » ."
    for limit in range(8, 14):
        cues = build_cues(spoken(" ".join(text.split()[limit - 8 :])), language="fr")
        for line in (line for cue in cues for line in cue.lines):
            assert line.split()[0] not in {"?", ",", ".", "»"}
            assert line.split()[-1] != "«"


def test_names_that_are_known_hold_together() -> None:
    text = "All of the ships that wait in the strait of Bab el Mandeb this morning have come from the Hindu Kush and the sea."
    names = ["strait of Bab el Mandeb", "ships that wait in"]
    free = [line for cue in build_cues(spoken(text), profile="youtube") for line in cue.lines]
    held = [line for cue in build_cues(spoken(text), profile="youtube", names=names) for line in cue.lines]
    assert not any(names[1] in line for line in free)
    assert all(any(name in line for line in held) for name in names)


JAPANESE = "スエズ運河は、1869年に開通しました。「それは世界を変えた」と、人々は言います。船はアフリカを回らなくてもよくなりました。"
CHINESE = "苏伊士运河于1869年通航。船只不必再绕过非洲，航程缩短了约6500公里，全世界的贸易因此改变。"


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize(("language", "text"), [("ja", JAPANESE), ("zh", CHINESE)])
def test_lines_without_spaces_keep_to_their_length_and_to_kinsoku(profile: str, language: str, text: str) -> None:
    cues = build_cues([Word(text, 0.0, 24.0)], profile=profile, language=language)
    lines = [line for cue in cues for line in cue.lines]
    assert "".join(lines) == text
    limit = 16 if profile == "netflix" else PROFILES[profile].line_length // 2
    assert max(count_letters(line, language) for line in lines) <= limit
    assert not [line for line in lines if line[0] in "、。」，ー"]
    assert not [line for line in lines if line[-1] in "「"]
    assert "1869" in "|".join(lines)
    assert {finding.rule for finding in check_cues(cues, profile=profile, language=language)} <= {"cue-too-fast"}


def test_half_a_width_counts_half() -> None:
    assert count_letters("運河1869", "ja") == 4
    assert count_letters("운하 12", "ko") == 3.5
    assert count_letters("運河1869", "en") == 6
    assert count_letters("กำ่", "th") == 2


def test_a_korean_line_holds_sixteen() -> None:
    long = Cue(1, 5, ("가" * 17,))
    assert "cue-line-too-long" in {finding.rule for finding in check_cues([long], language="ko")}
