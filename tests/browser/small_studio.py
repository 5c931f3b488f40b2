"""A small real studio for the pages: one film with sound, a counter, chapters, captions and an article; three more beside it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from catalogue.ingest import record_video
from catalogue.publication import publish
from catalogue.schema import ensure_schema
from catalogue.views import ArticleView, ChapterView, Credit, DoubtfulWord, MediaFile, VideoRecord
from core.clock import FixedClock
from core.database import open_engine, writing
from core.digest import file_digest
from core.media import FolderStore
from core.processes import run
from core.settings import Settings, load_settings
from render.ffmpeg import ffmpeg_path
from transcripts.formats import srt, webvtt
from transcripts.subtitles import Subtitles
from transcripts.words import Cue

DURATION = 30.0
NOW = datetime(2026, 3, 14, 9, 0, tzinfo=UTC)
SAID = (
    "A ship that leaves Singapore for Rotterdam",
    "has a choice to make.",
    "It can sail through Suez,",
    "or around the Cape of Good Hope.",
    "The canal has no locks, so the sea",
    "runs from one end to the other.",
    "In 2021 a single ship, the Ever Given,",
    "closed it for six days & nights.",
    "Then the danger moved south,",
    "to the strait called Bab el-Mandeb.",
    "The owners did the sum again,",
    "and half of the ships were gone.",
)
CUES = tuple(
    Cue(index * 2.5, index * 2.5 + 2.4, tuple(text.split("; ")), str(index + 1)) for index, text in enumerate(SAID)
)
CHAPTERS = (
    ChapterView(0, "A choice"),
    ChapterView(10, "A ditch in the desert"),
    ChapterView(20, "The southern door"),
)
ARTICLE = ArticleView(
    slug="the-shortcut",
    title="The shortcut anyone can close",
    teaser_html="<p>Every day some fifty ships used to wait at Port Said.</p>",
    html=(
        "<p>Every day some fifty ships used to wait at Port Said for their turn in the southbound convoy."
        '<sup><a href="#source-1">1</a></sup></p>'
        "<h2>A ditch without locks</h2><p>The canal is a trench between two seas of nearly the same height, "
        "and so it needs no lock.</p><blockquote><p>A shortcut is only short while everyone lets you through.</p></blockquote>"
        + "<p>Insurers price the strait by the week, and by the week the ships choose.</p>"
        * 12
    ),
    sources=("Suez Canal Authority, navigation statistics, 2024.",),
    words=620,
)


def make_film(folder: Path) -> tuple[Path, Path]:
    """Thirty seconds of H.264 and AAC at 320x180 in which a bar grows, and a picture of it."""
    film, picture = folder / "film.mp4", folder / "film.jpg"
    source = f"testsrc2=size=320x180:rate=25:duration={DURATION}"
    tone = f"sine=frequency=220:sample_rate=48000:duration={DURATION}"
    run(
        [
            *(ffmpeg_path(), "-v", "error", "-y", "-f", "lavfi", "-i", source, "-f", "lavfi", "-i", tone),
            *("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-g", "25"),
            *("-c:a", "aac", "-b:a", "64k", "-movflags", "+faststart", film),
        ],
        what="make a film for the pages",
    )
    run([ffmpeg_path(), "-v", "error", "-y", "-ss", "3", "-i", film, "-frames:v", "1", picture], what="take a picture")
    return film, picture


def make_sprites(film: Path, folder: Path) -> tuple[Path, Path]:
    """Hover previews of the film, a tile every three seconds: their WebVTT and their sheet, as renders write them."""
    sheet, tiles = folder / "1.jpg", folder / "tiles.vtt"
    grid = ["-vf", "fps=1/3,scale=240:135,tile=10x1", "-frames:v", "1"]
    run([ffmpeg_path(), "-v", "error", "-y", "-i", film, *grid, sheet], what="take small pictures")
    cues = (f"00:00:{3 * n:02}.000 --> 00:00:{3 * n + 3:02}.000\n1.jpg#xywh={240 * n},0,240,135\n\n" for n in range(10))
    tiles.write_text("WEBVTT\n\n" + "".join(cues))
    return tiles, sheet


def put(
    store: FolderStore, slug: str, role: str, source: Path, mime: str, language: str = "", key: str = ""
) -> MediaFile:
    """Keep a file under a key that carries its digest, or under `key`."""
    sha256 = file_digest(source)
    key = key or f"{slug}/{sha256[:16]}{source.suffix}"
    store.put(source, key)
    return MediaFile(role, key, sha256, source.stat().st_size, mime, language)


def make_small_studio(home: Path) -> Settings:
    """Record four videos in a fresh studio under `home`: three published, one only ready."""
    home.mkdir(parents=True, exist_ok=True)
    (home / "slugline.toml").write_text('name = "Meridian"\n')
    settings = load_settings(home)
    settings.media.mkdir(exist_ok=True)
    store = FolderStore(settings.media)
    film, picture = make_film(home)
    captions, subrip = home / "film.en.vtt", home / "film.en.srt"
    with captions.open("w", encoding="utf-8") as stream:
        webvtt.write(Subtitles(CUES), stream)
    with subrip.open("w", encoding="utf-8") as stream:
        srt.write(Subtitles(CUES), stream)
    tiles, sheet = make_sprites(film, home)
    record = VideoRecord(
        slug="suez-shortcut",
        title="Suez, the shortcut anyone can close",
        description="Why one canal in Egypt halves the map, and what it costs when ships stop coming.",
        series="Chokepoints",
        tags=("Egypt", "shipping"),
        duration=DURATION,
        language="en",
        chapters=CHAPTERS,
        cues=CUES,
        article=ARTICLE,
        files=(
            put(store, "suez-shortcut", "film", film, "video/mp4"),
            put(store, "suez-shortcut", "thumbnail", picture, "image/jpeg"),
            put(store, "suez-shortcut", "sprites", tiles, "text/vtt", key="suez-shortcut/f00d.sprites/tiles.vtt"),
            put(store, "suez-shortcut", "sprites-1", sheet, "image/jpeg", key="suez-shortcut/f00d.sprites/1.jpg"),
            put(store, "suez-shortcut", "captions-vtt", captions, "text/vtt", "en"),
            put(store, "suez-shortcut", "captions-srt", subrip, "application/x-subrip", "en"),
        ),
        credits=(Credit("Canal at dusk", "Drawing: Meridian", "CC BY 4.0", "https://example.org/canal"),),
        synthetic_voice=True,
        doubts=(DoubtfulWord("nights", 19.0, 19.6, "recognised", 0.4),),
    )
    others = (
        ("hormuz", "Who holds the Strait of Hormuz?", "Chokepoints", ("Iran", "Oman", "shipping"), "Oil leaves the gulf by one door."),
        ("bosporus", "The Bosporus <and> its keepers", "Chokepoints", ("Türkiye", "shipping"), "Erdoğan speaks of a second canal."),
        ("unseen", "A film that nobody may see yet", "Chokepoints", ("Egypt",), "The sentinel phrase is cerulean walrus."),
    )  # fmt: skip
    engine = open_engine(settings.database)
    ensure_schema(engine)
    clock = FixedClock(NOW)
    with writing(engine) as session:
        record_video(session, record, clock)
        publish(session, record.slug, clock=clock)
    for number, (slug, title, series, tags, said) in enumerate(others, 1):
        files = (
            put(store, slug, "film", film, "video/mp4"),
            put(store, slug, "thumbnail", picture, "image/jpeg"),
        )
        other = replace(
            record, slug=slug, title=title, series=series, tags=tags, description=said, article=None, chapters=(),
            cues=(Cue(1, 4, (said,)),), files=files, credits=(), synthetic_voice=False,
        )  # fmt: skip
        clock = FixedClock(NOW - timedelta(days=30 * number))
        with writing(engine) as session:
            record_video(session, other, clock)
            if slug != "unseen":
                publish(session, slug, clock=clock)
    engine.dispose()
    return settings
