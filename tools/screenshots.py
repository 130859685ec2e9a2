"""Takes the pictures of ``docs/portal.md`` from a running demo: ``python tools/screenshots.py http://127.0.0.1:8010``."""

import sys
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

FOLDER = Path(__file__).parents[1] / "docs" / "screenshots"
CHROMIUM = "/usr/bin/chromium"
HONG_LOU_MENG = "/search?q=%E7%BA%A2%E6%A5%BC%E6%A2%A6"
WORK = "/page/work/XBGC/hlm035"
CAO_XUEQIN = "/page/authority/xbgc/n-cao-xueqin-1717"

#: Name -> address, width, height, colour scheme, locale, element that is shown alone ("": the window).
PICTURES = {
    "home-en": ("/", 1280, 860, "light", "en", ""),
    "home-zh": ("/", 1280, 860, "light", "zh-CN", ""),
    "search-en": ("/search?q=dream+of+the+red+chamber&facet.language=eng", 1280, 1000, "light", "en", ""),
    "search-zh-phone-dark": (f"{HONG_LOU_MENG}&facet.language=chi&from=1950&to=1999", 390, 844, "dark", "zh-CN", ""),
    "work-en": (WORK, 1280, 1250, "light", "en", ""),
    "work-dark": (WORK, 1280, 1250, "dark", "en", ""),
    "work-zh-phone": (WORK, 390, 844, "light", "zh-CN", ""),
    "neighbourhood-en": (CAO_XUEQIN, 1280, 900, "light", "en", "section[aria-labelledby=neighbourhood]"),
}


def take(browser: Browser, address: str, name: str) -> None:
    """One picture."""
    path, width, height, scheme, locale, element = PICTURES[name]
    context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme, locale=locale)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(address + path)
    page.evaluate("document.fonts.ready")
    file = FOLDER / f"{name}.png"
    (page.locator(element) if element else page).screenshot(path=file)
    context.close()
    print(f"{file.name}: {file.stat().st_size:,} bytes")


def main() -> None:
    """All pictures."""
    FOLDER.mkdir(exist_ok=True)
    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        for name in PICTURES:
            take(browser, sys.argv[1].rstrip("/"), name)
        browser.close()


if __name__ == "__main__":
    main()
