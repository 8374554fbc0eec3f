"""python -m scripts.icons: draw the app's icons from the logo, web/public/favicon.svg.

Needs Chromium, which draws them; the pictures are committed.
"""

import re
import sys
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from scripts.stage import CHROMIUM, CHROMIUM_ARGUMENTS

PUBLIC = Path(__file__).parents[1] / "web" / "public"
GREEN = "#1f6f54"

# Name: its size, the part of the side that the house takes, the radius of the corners.
ICONS = {
    "icon-192.png": (192, 0.62, 0.22),
    "icon-512.png": (512, 0.62, 0.22),
    # A phone cuts these into its own shape: the middle 80 % are safe.
    "maskable-192.png": (192, 0.5, 0),
    "maskable-512.png": (512, 0.5, 0),
    "apple-touch-icon.png": (180, 0.6, 0),
}


def draw(browser: Browser, logo: str, target: Path, size: int, part: float, radius: float) -> None:
    page = browser.new_page(viewport={"width": size, "height": size})
    page.set_content(
        f"<style>body{{margin:0;background:transparent}}"
        f"div{{display:grid;place-items:center;width:{size}px;height:{size}px;"
        f"background:{GREEN};border-radius:{radius * size}px}}"
        f"svg{{width:{part * size}px;height:{part * size}px}}</style><div>{logo}</div>"
    )
    page.screenshot(path=target, omit_background=True)
    page.close()


def main() -> int:
    logo = re.sub(r'stroke="[^"]+"', 'stroke="#ffffff"', (PUBLIC / "favicon.svg").read_text())
    folder = PUBLIC / "icons"
    folder.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[*CHROMIUM_ARGUMENTS])
        for name, (size, part, radius) in ICONS.items():
            draw(browser, logo, folder / name, size, part, radius)
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
