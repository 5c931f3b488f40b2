"""What search engines read: schema.org's VideoObject with its Clips and captions, and Article, as JSON-LD."""

import json
from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from catalogue.views import ArticleView, VideoCard, VideoView
from web.chapters import Span
from web.pages import media_address, picture_address, watch_address


def iso_duration(seconds: float) -> str:
    """ISO 8601: `PT2M4S`."""
    whole = round(seconds)
    hours, minutes, rest = whole // 3600, whole // 60 % 60, whole % 60
    said = "".join(f"{count}{unit}" for count, unit in ((hours, "H"), (minutes, "M"), (rest, "S")) if count)
    return f"PT{said or '0S'}"


def describe_video(video: VideoView, spans: Sequence[Span], base: str, studio: str) -> dict[str, Any]:
    """A VideoObject (schema.org; Google's "Video structured data" asks for name, thumbnailUrl and uploadDate)."""
    card = video.card
    address = base + watch_address(card.slug)
    out: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "VideoObject",
        "name": card.title,
        "description": card.description or card.title,
        "duration": iso_duration(card.duration),
        "inLanguage": video.language,
        "url": address,
        "publisher": {"@type": "Organization", "name": studio},
    }
    if picture := picture_address(video, "thumbnail"):
        out["thumbnailUrl"] = [base + picture]
    if card.published:
        out["uploadDate"] = card.published.isoformat()
    if card.tags:
        out["keywords"] = ", ".join(card.tags)
    if film := video.file("film"):
        out["contentUrl"] = base + media_address(film.key)
        out["encodingFormat"] = film.mime
    if video.tracks:
        out["caption"] = [
            {
                "@type": "MediaObject",
                "contentUrl": f"{address}/captions.{track.language}.vtt",
                "encodingFormat": "text/vtt",
                "inLanguage": track.language,
            }
            for track in video.tracks
        ]
    if spans:
        out["hasPart"] = [
            {
                "@type": "Clip",
                "name": span.title,
                "startOffset": int(span.start),
                "endOffset": int(span.end),
                "url": base + watch_address(card.slug, span.start),
            }
            for span in spans
        ]
    return out


def describe_article(article: ArticleView, video: VideoCard | None, base: str, studio: str) -> dict[str, Any]:
    """An Article that says which film it stands beside."""
    out: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Article",
        "headline": article.title,
        "url": f"{base}/articles/{article.slug}",
        "publisher": {"@type": "Organization", "name": studio},
    }
    if article.words:
        out["wordCount"] = article.words
    if video:
        out["video"] = {"@type": "VideoObject", "name": video.title, "url": base + watch_address(video.slug)}
        if video.thumbnail:
            out["image"] = [base + media_address(video.thumbnail)]
        if video.published:
            out["datePublished"] = video.published.isoformat()
    return out


def to_script(thing: dict[str, Any]) -> Markup:
    """JSON that may stand inside a script element: `<`, `>` and `&` are written as escapes, so nothing can close it."""
    text = json.dumps(thing, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return Markup(text)  # noqa: S704 - made safe in the line above
