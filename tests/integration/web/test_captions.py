"""Captions are served as the record has them: a person's words reach the player, the downloads and the search at once."""

import io
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from catalogue.transcript_versions import edit_transcript
from core.clock import SystemClock
from core.database import open_engine, writing
from core.settings import Settings
from tests.browser.small_studio import CUES, make_small_studio
from transcripts.formats import srt
from transcripts.words import Cue
from web.app import create_app
from web.languages import direction, language_name

pytestmark = pytest.mark.slow
PAGE = "/watch/suez-shortcut"


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return make_small_studio(tmp_path_factory.mktemp("captions") / "studio")


@pytest.fixture
def client(settings: Settings) -> Iterator[TestClient]:
    with TestClient(create_app(settings)) as client:
        yield client


def test_an_edit_reaches_track_downloads_and_search(client: TestClient, settings: Settings) -> None:
    before = client.get(PAGE).text
    assert "closed it for six days &amp; nights." in client.get(f"{PAGE}/captions.en.vtt").text
    engine = open_engine(settings.database)
    with writing(engine) as session:
        mine = (*CUES[:-1], Cue(27.5, 29.9, ("and a walrus <b>remained</b>.",)))
        edit_transcript(session, "suez-shortcut", mine, edited_by="Ada", clock=SystemClock())
        german = (Cue(0, 2, ("Ein Schiff verlässt Singapur",)),)
        edit_transcript(session, "suez-shortcut", german, language="de", edited_by="Ada", clock=SystemClock())
    engine.dispose()
    page = client.get(PAGE).text
    assert page != before
    address = page.split('<track kind="captions" src="')[1].split('"')[0].replace("&amp;", "&")
    answer = client.get(address)
    assert "and a walrus &lt;b&gt;remained&lt;/b&gt;." in answer.text
    assert "immutable" in answer.headers["Cache-Control"]
    assert "immutable" not in client.get(f"{PAGE}/captions.en.vtt?v=000000000000").headers["Cache-Control"]
    download = client.get(f"{PAGE}/captions.en.srt?download")
    assert srt.read(io.StringIO(download.text)).cues[-1].text == "and a walrus <b>remained</b>."
    assert download.headers["Content-Disposition"] == 'attachment; filename="suez-shortcut.en.srt"'
    assert "walrus" in client.get("/search?q=walrus+remained").text
    assert 'srclang="de" label="Deutsch"' in page
    assert "verlässt Singapur" in client.get(f"{PAGE}/captions.de.vtt").text


@pytest.mark.parametrize("name", ["captions.fr.vtt", "captions.en.exe", "captions.", "captions...vtt", "captions.en"])
def test_a_track_that_is_not_there_is_not_found(client: TestClient, name: str) -> None:
    assert client.get(f"{PAGE}/{name}").status_code == 404


def test_captions_of_an_unpublished_film_are_nobodys(client: TestClient) -> None:
    assert client.get("/watch/unseen/captions.vtt").status_code == 404


def test_languages_name_themselves() -> None:
    names = [language_name(code) for code in ("tr", "pt-BR", "de-AT", "arc", "xx-y1")]
    assert names == ["Türkçe", "Português (Brasil)", "Deutsch (AT)", "Official Aramaic (700-300 BCE)", "xx-y1"]
    assert [direction(code) for code in ("ar", "fa-AF", "ku", "ku-Arab", "en")] == ["rtl", "rtl", "ltr", "rtl", "ltr"]


def test_every_language_that_names_itself_has_a_code_that_is_one() -> None:
    from catalogue.track_check import clean_language
    from web.languages import OWN_NAMES

    assert [code for code in OWN_NAMES if clean_language(code) != code] == []
