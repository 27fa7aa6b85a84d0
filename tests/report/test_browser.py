"""The report in a headless Chromium, as a reader meets it: from disk, with and without a mouse. Skips without one."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from builder.report.site import file_name
from tests.report.conftest import CROWDED

webdriver = pytest.importorskip("selenium.webdriver")
waiting = pytest.importorskip("selenium.webdriver.support.wait")
axe = pytest.importorskip("axe_core_python")

CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
pytestmark = pytest.mark.skipif(not (CHROMIUM and DRIVER), reason="needs Debian's chromium and chromium-driver")

AXE = Path(axe.__path__[0]) / "axe.min.js"
OPTIONS = ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--window-size=1100,900")


@pytest.fixture(scope="module")
def started() -> Iterator[Any]:
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    for option in OPTIONS:
        options.add_argument(option)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(executable_path=DRIVER))
    driver.set_script_timeout(180)  # on a busy machine axe takes its time
    yield driver
    driver.quit()


@pytest.fixture
def browser(started: Any) -> Iterator[Any]:
    """The browser, light and wide; after the test nothing has been said on its console or asked for outside."""
    shown(started)
    for log in ("browser", "performance"):
        started.get_log(log)
    yield started
    assert started.get_log("browser") == []
    sent = [json.loads(entry["message"])["message"] for entry in started.get_log("performance")]
    asked = [one["params"]["request"]["url"] for one in sent if one["method"] == "Network.requestWillBeSent"]
    assert asked
    assert not [url for url in asked if not url.startswith(("file:///", "data:", "blob:"))]
    assert all("/report/" in url for url in asked if url.startswith("file:"))


def shown(browser: Any, dark: bool = False, width: int = 1100) -> None:
    """Set the system's colours and the screen's width."""
    scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [scheme]})
    size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 600}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)


def opened(browser: Any, site: Path, address: str) -> None:
    browser.get(f"{site.as_uri()}/{address}")


def texts(browser: Any, selector: str) -> list[str]:
    return [one.text for one in browser.find_elements("css selector", selector)]


def wait_for(browser: Any, script: str) -> Any:
    wait = waiting.WebDriverWait(browser, 10, poll_frequency=0.05)
    return wait.until(lambda one: one.execute_script(f"return {script}"))


def pages(site: Path) -> list[str]:
    """One page of every kind."""
    article = sorted((site / "articles").glob("art-*.html"))[0].name
    own = [
        path.name for path in sorted((site / "actors").glob("*.html")) if not path.name.startswith(("list", "shared"))
    ]
    return [
        "index.html",
        "search.html?q=the",
        "articles/list.html",
        f"articles/{article}",
        "actors/list.html",
        f"actors/{own[0]}",
        "actors/shared.html",
    ]


def test_a_search_from_the_first_page_finds_what_was_said_and_leads_to_its_place(
    browser: Any, site: Path, tables: dict[str, pl.DataFrame]
) -> None:
    opened(browser, site, "index.html")
    browser.find_element("id", "q").send_keys("Ferry\n")
    wait_for(browser, "document.querySelectorAll('#hits li').length")
    found = int(texts(browser, "#status")[0].split()[0])
    said = tables["quotes"].filter(pl.col("text").str.to_lowercase().str.contains(r"\bferry"))
    assert found >= said.height > 0
    assert "ferry" in browser.find_element("css selector", "#hits mark").text.lower()
    browser.find_element("css selector", "#hits li p a:last-of-type").click()
    assert "/articles/art-" in browser.current_url
    assert browser.execute_script("return document.querySelector(':target').tagName") == "TR"


def test_filters_narrow_a_search_and_beginnings_of_words_and_accents_do_not_matter(
    browser: Any, site: Path, tables: dict[str, pl.DataFrame]
) -> None:
    def count(query: str) -> int:
        opened(browser, site, f"search.html?{query}")
        wait_for(browser, "/found/.test(document.getElementById('status').textContent)")
        return int(texts(browser, "#status")[0].split()[0].replace(",", ""))

    kind = tables["claims"]["claim_kind"][0]
    assert count(f"kind={kind}") == tables["claims"].filter(pl.col("claim_kind") == kind).height
    assert count("q=ferr") == count("q=F%C3%A9rr") >= count("q=ferry") >= count(f"q=ferry&kind={kind}")
    assert count("q=zyzzyva") == count("q=__proto__") == 0
    assert count("type=direct") == tables["quotes"].filter(pl.col("quote_type") == "direct").height


def test_an_article_tells_by_focus_what_a_quote_is_and_leads_to_its_speaker(
    browser: Any, site: Path, tables: dict[str, pl.DataFrame]
) -> None:
    quote = next(one for one in tables["quotes"].iter_rows(named=True) if one["speaker_ids"])
    names = dict(tables["actors"].select("actor_id", "name").iter_rows())
    opened(browser, site, f"articles/{quote['article_id']}.html")
    link = browser.find_element("css selector", f"a.content[data-tip^='{names[quote['speaker_ids'][0]]}']")
    browser.execute_script("arguments[0].focus()", link)
    tip = browser.find_element("id", "tip")
    assert tip.is_displayed()
    assert quote["quote_type"] in tip.text
    assert "confidence" in tip.text
    assert link.get_attribute("aria-describedby") == "tip"
    webdriver.ActionChains(browser).send_keys(webdriver.Keys.ESCAPE).perform()
    assert not tip.is_displayed()
    link.click()
    assert names[quote["speaker_ids"][0]] in " ".join(texts(browser, "h1, :target h2"))


def test_an_actors_page_tells_who_it_is_and_its_table_can_be_downloaded(
    browser: Any, site: Path, tables: dict[str, pl.DataFrame], tmp_path: Path
) -> None:
    most = tables["actors"].filter(pl.col("n_articles") > 1).sort("n_quotes", "actor_id").row(-1, named=True)
    browser.execute_cdp_cmd("Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(tmp_path)})
    opened(browser, site, f"actors/{file_name(most['actor_id'])}.html")
    assert texts(browser, "h1") == [most["name"]]
    facts = " ".join(texts(browser, ".facts"))
    assert all(one in facts for one in [*most["aliases"], *most["roles"], most["actor_id"]])
    assert {"What they claimed", "Who quotes them"} <= {text.partition(" (")[0] for text in texts(browser, "h2")}
    browser.find_element("css selector", "button[aria-label='Download as CSV: What they claimed']").click()
    saved = tmp_path / "What-they-claimed.csv"
    waiting.WebDriverWait(browser, 10, 0.05).until(lambda _: saved.is_file())
    assert saved.read_text("utf-8").startswith("Date,Who,What,Kind,Of whom,Article\n")
    assert most["name"] in saved.read_text("utf-8")


def test_the_keyboard_reaches_the_content_first_and_then_every_part_of_the_site(browser: Any, site: Path) -> None:
    opened(browser, site, "actors/list.html")
    reached = []
    for _ in range(7):
        webdriver.ActionChains(browser).send_keys(webdriver.Keys.TAB).perform()
        reached.append(browser.switch_to.active_element.text)
    assert reached[0] == "To the content"
    assert reached[2:6] == ["Overview", "Actors", "Articles", "Search"]


def test_dark_systems_get_dark_pages(browser: Any, site: Path) -> None:
    grounds = []
    for dark in (False, True):
        shown(browser, dark=dark)
        opened(browser, site, "index.html")
        grounds.append(browser.execute_script("return getComputedStyle(document.body).backgroundColor"))
    assert grounds == ["rgb(255, 255, 255)", "rgb(21, 22, 26)"]


def test_no_page_is_wider_than_a_phone(browser: Any, site: Path) -> None:
    shown(browser, width=360)
    for address in pages(site):
        opened(browser, site, address)
        # On a busy machine the first page is laid out before the new width is there.
        waiting.WebDriverWait(browser, 10, 0.05).until(fits, f"{address} is wider than 360 pixels")


def test_a_phone_shows_what_was_said_and_names_each_part_of_a_row(browser: Any, site: Path) -> None:
    shown(browser, width=360)
    article, speaker = pages(site)[3], f"actors/{file_name(CROWDED)}.html"
    for address, what in ((article, "What: "), (speaker, "In: ")):
        opened(browser, site, address)
        waiting.WebDriverWait(browser, 10, 0.05).until(fits, f"{address} is wider than 360 pixels")
        cells = browser.execute_script(
            "return [...document.querySelectorAll('.cards td')].filter((one) => one.textContent).map((one) =>"
            "[one.getBoundingClientRect().right, getComputedStyle(one, '::before').content])"
        )
        assert cells
        assert all(right <= 360 for right, _ in cells)
        assert f'"{what}"' in {label for _, label in cells}


def fits(browser: Any) -> bool:
    """Whether the page is no wider than a phone."""
    return bool(browser.execute_script("return document.documentElement.scrollWidth == 360 && innerWidth == 360"))


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_axe_finds_no_barrier_on_any_kind_of_page(browser: Any, site: Path, crowded: Path, dark: bool) -> None:
    shown(browser, dark=dark)
    paged = ("actors/list.2.html", "actors/shared.2.html", f"actors/{file_name(CROWDED)}.2.html")
    for folder, address in [*((site, one) for one in pages(site)), *((crowded, one) for one in paged)]:
        opened(browser, folder, address)
        browser.execute_script(AXE.read_text("utf-8"))
        found = browser.execute_async_script("axe.run().then(arguments[arguments.length - 1])")["violations"]
        barriers = [(one["id"], one["nodes"][0]["html"], one["nodes"][0]["failureSummary"]) for one in found]
        assert barriers == [], address


def test_what_a_stranger_wrote_is_shown_and_never_run(browser: Any, hostile: Path) -> None:
    for address in pages(hostile):
        opened(browser, hostile, address)
        if "?" in address:
            wait_for(browser, "document.querySelectorAll('#hits li').length")
        assert browser.title != "owned"
        assert browser.execute_script("return document.querySelectorAll('img').length") == 0
        assert "<script>" in browser.find_element("tag name", "body").text
