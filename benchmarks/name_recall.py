"""How many names come out in their exact form, without help, with hotwords, and with corrections; and how many that nobody said.

    python -m benchmarks.name_recall [--model NAME] [--voice scratch|held-out] [--list] [--aligned]

Two voices read sentences with names, and sentences full of words that sound like names, with none in them. The names come from the first
text, as `transcribe --names` takes them from an article, also for the second: the worst case, as nobody would give a recogniser names of
another video. Then 43,000 words about the world against a lexicon of 3,000 towns that they do not name, and 50,000 names against
three hours of words, for the time. Neither text was used while sounds were weighed and bounds were set. With `--aligned`, only what
listening for names does to a text that is known: how many of its words are matched, and how exact they are.

Bars, for the model `base`: 60 % of the names and twice as many as without help, by either voice; the word error rate no higher than
without; of the large text less than half a correction in 1,000 words. Takes about four minutes.
"""

import argparse
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.align_accuracy import VOICES, measure, speak
from benchmarks.studio_text import tell_story
from render.geography.spellings import names_of_the_world, spellings_of
from render.geography.towns import gazetteer
from transcripts.align import align
from transcripts.cache import recognise_cached
from transcripts.corrections import Correction, Corrector
from transcripts.faster_whisper import FasterWhisper
from transcripts.gathering import Writing, gather
from transcripts.models import find_model
from transcripts.recall import measure_recall, share
from transcripts.spoken import fold
from transcripts.tokens import script_tokens
from transcripts.video_names import KnownNames, VideoNames, names_of_video
from transcripts.vocabulary import english_words, words_of
from transcripts.words import Transcript, Word

NAMED = """\
In Ouagadougou, Ibrahim Traoré promised elections that never came, and Assimi Goïta in Bamako promised fewer still.
The rebels left Chhattisgarh for Jharkhand, and Narendra Modi went to Visakhapatnam instead of Thiruvananthapuram.
From Djibouti to Assab, Isaias Afwerki watched the Danakil; in Mogadishu, al-Shabaab watched Hassan Sheikh Mohamud.
The road from Ürümqi to Kashgar climbs over the Khunjerab and ends in Gwadar, where fishermen wait for the Baloch.
Sadyr Japarov and Emomali Rahmon drew a border at Batken, while Gurbanguly Berdimuhamedow stayed in Ashgabat.
In Belgrade, Aleksandar Vučić spoke of Mitrovica. Albin Kurti answered from Pristina, and Milorad Dodik from Banja Luka.
The mercenaries left Bangui for Tibesti, and Khalifa Haftar left Benghazi for Kufra.
"""
PLAIN = """\
A sub of tuna and a body of water are all that the banker could afford. The cash guard was asleep, and so was the good wadding.
The bus in ghee was a joke that only cooks would make. They cut a road through a mossy gate and issued a pamphlet at home.
She bought a copper pan, a batten and a car tea urn; he cut his lip and said that the rack man was late. Do you mean me, or a mere saw?
The band was lucky: they played a tibby song by the bank, and the crowd cheered, then gazed at the sea until it was dark.
Nobody knows why the mast fell. It was old, it was dry, and a salty wind had bent it for years. A good deck is worth its cost.
"""
LARGE = 20
"""Stories of a quarter of an hour that are looked through."""


@dataclass(frozen=True)
class Heard:
    """Of one reading: recall by exact form, word error rate, how often a name was written that the text does not have."""

    recall: float
    errors: float
    unsaid: int


def words_alone(text: str) -> str:
    """A text as word error rates compare it."""
    return " ".join(bare for word in text.replace("-", " ").split() if (bare := fold(word.removesuffix("’s"))))


def judge(words: Sequence[Word], text: str, names: VideoNames) -> Heard:
    """What came out beside what was said."""
    import jiwer

    lexicon = names.known.lexicon
    said, written = words_alone(text), words_alone(" ".join(word.text for word in words))
    wanted = {one.name: one.said for one in measure_recall(text, text, lexicon)}
    found = list(lexicon.find_words([word.text for word in words]))
    there = {name: sum(one.name.text == name and one.written == name for one in found) for name in names.expected}
    unsaid = sum(max(0, times - wanted.get(name, 0)) for name, times in there.items())
    recalled = share(measure_recall(text, " ".join(word.text for word in words), lexicon))
    return Heard(recalled, jiwer.wer(said, written), unsaid)


def hear_voice(
    whisper: FasterWhisper, voice: str, text: str, names: VideoNames, folder: Path
) -> tuple[list[Heard], tuple[Correction, ...]]:
    """One voice's reading heard without help, with hotwords, and with corrections besides."""
    audio, _ = speak(VOICES[voice], text, 1.0, folder)
    heard: list[Transcript] = [
        recognise_cached(whisper, audio, folder / "cache", language="en", hotwords=hotwords)
        for hotwords in ((), names.hotwords)
    ]
    corrected, made = names.correct(heard[1].words, "en")
    return [judge(words, text, names) for words in (heard[0].words, heard[1].words, corrected)], made


def count_false_corrections() -> tuple[int, int, list[Correction]]:
    """Corrections in a large text that says none of the lexicon's names: how many words, how many names, what was corrected."""
    stories = [tell_story(1, number, 900) for number in range(LARGE)]
    text = [word for story in stories for cue in story.cues for line in cue.lines for word in line.split()]
    said = " ".join(text)
    towns = [town.name for town, _ in gazetteer() if town.people > 100_000 and town.name not in said]
    random.Random(1).shuffle(towns)
    lexicon = gather([Writing("towns", (), tuple(towns[:3000]))], (), spellings_of, words_of)
    words = [Word(word, float(at), at + 0.5, 0.9) for at, word in enumerate(text)]
    _, made = Corrector(lexicon, english_words(), (), names_of_the_world()).correct(words)
    return len(words), len(lexicon.names), list(made)


def time_large_lexicon(count: int) -> tuple[float, float]:
    """Seconds to gather so many names, and to look through three hours of words with them."""
    towns = [town.name for town, _ in gazetteer()]
    names = tuple(f"{towns[at % len(towns)]} {towns[-at // 3]}" for at in range(count))
    words = [word for number in range(12) for cue in tell_story(2, number, 900).cues for word in cue.text.split()]
    begun = time.perf_counter()
    lexicon = gather([Writing("names", (), names)], words_of=words_of)
    gathered = time.perf_counter()
    Corrector(lexicon, english_words()).correct([Word(word, at / 3, (at + 1) / 3) for at, word in enumerate(words)])
    return gathered - begun, time.perf_counter() - gathered


def align_with_names(model: str) -> None:
    """Print what becomes of a script's words with and without its names as hotwords."""
    names = names_of_video(NAMED, KnownNames())
    with tempfile.TemporaryDirectory() as folder, FasterWhisper(find_model(model, Path(folder))) as whisper:
        for voice in VOICES:
            audio, truth = speak(VOICES[voice], NAMED, 1.0, Path(folder))
            for hotwords in ((), names.hotwords):
                heard = recognise_cached(whisper, audio, Path(folder) / "cache", language="en", hotwords=hotwords)
                alignment = align(heard, script_tokens(NAMED), audio)
                origins = Counter(word.origin for word in alignment.words)
                apart = sorted(one.seconds for one in measure(alignment, truth, voice) if one.side == "start")
                figures = ", ".join(f"{count} {origin}" for origin, count in origins.most_common())
                p95 = apart[int(0.95 * len(apart))]
                print(
                    f"{voice:<9} {len(hotwords):3} hotwords: {figures}; median {1000 * median(apart):.0f} ms, p95 {1000 * p95:.0f} ms"
                )


def main() -> int:
    """Print the table; 1 when a bar is missed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--model", default="base")
    parser.add_argument("--voice", choices=VOICES)
    parser.add_argument("--list", action="store_true", help="list what was corrected")
    parser.add_argument("--aligned", action="store_true", help="only what becomes of a script's words")
    wanted = parser.parse_args()
    if wanted.aligned:
        align_with_names(wanted.model)
        return 0
    names = names_of_video(NAMED, KnownNames())
    print(f"{len(names.expected)} names, {len(names.hotwords)} of them hotwords; model {wanted.model}")
    print(f"{'':<34}{'exact':>9}{'errors':>9}{'unsaid':>9}")
    missed = False
    with tempfile.TemporaryDirectory() as folder, FasterWhisper(find_model(wanted.model, Path(folder))) as whisper:
        for voice in [wanted.voice] if wanted.voice else VOICES:
            for title, text in (("names", NAMED), ("no names", PLAIN)):
                ways, made = hear_voice(whisper, voice, text, names, Path(folder))
                for way, heard in zip(("without help", "with hotwords", "and corrections"), ways, strict=True):
                    exact = f"{heard.recall:9.0%}" if text is NAMED else " " * 9
                    print(f"{voice + ', ' + title + ', ' + way:<34}{exact}{heard.errors:9.1%}{heard.unsaid:9}")
                if wanted.list:
                    for one in made:
                        print(f"    {one.heard} → {one.text} ({one.confidence:.0%})")
                if text is NAMED:
                    without, best = ways[0], ways[-1]
                    missed |= best.recall < max(0.6, 2 * without.recall) or best.errors > without.errors
    words, towns, false = count_false_corrections()
    rate = 1000 * len(false) / words
    print(f"{words} words against {towns} towns that they do not name: {rate:.2f} corrections in 1,000 words")
    for line in (
        sorted({f"    {one.heard} → {one.text} ({one.confidence:.0%})" for one in false}) if wanted.list else ()
    ):
        print(line)
    for count in (12_500, 25_000, 50_000):
        gathering, correcting = time_large_lexicon(count)
        print(
            f"{count:>6} names: gathered in {gathering:.1f} s, three hours of words looked through in {correcting:.1f} s"
        )
    return int(missed or rate >= 0.5)


if __name__ == "__main__":
    sys.exit(main())
