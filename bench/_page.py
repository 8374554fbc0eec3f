"""One browser page that measures itself: frames, long tasks, keys, and what it loaded."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from playwright.async_api import Browser, BrowserContext, Page, async_playwright

from bench._figures import quantile
from scripts.stage import CHROMIUM, CHROMIUM_ARGUMENTS

ROW_PX = 72
_SPEED_PX_S = 7200  # a hundred rows a second: the wheel of a person in a hurry
_SHOWN_WITHIN_MS = 60_000

# Runs before the app. Times are of performance.now(): from the start of the navigation.
_PROBE = """
window.probe = { shown: null, longTasks: [], frames: [], keys: [] };
new PerformanceObserver((list) => {
  for (const { startTime, duration } of list.getEntries()) {
    window.probe.longTasks.push([startTime, duration]);
  }
}).observe({ type: "longtask", buffered: true });
const afterPaint = (then) => requestAnimationFrame(() => {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => then(performance.now());
  port2.postMessage(null);
});
const look = () => {
  const columns = document.querySelectorAll("section[data-column]");
  const isShown = columns.length > 0 &&
    [...columns].every((column) => column.querySelector("li a[href*='/inbox/']"));
  if (isShown) {
    afterPaint((at) => {
      window.probe.shown = at;
      document.documentElement.dataset.shown = "";
    });
  }
  else requestAnimationFrame(look);
};
requestAnimationFrame(look);
addEventListener("keydown", (event) => {
  afterPaint((at) => window.probe.keys.push(at - event.timeStamp));
}, { capture: true });
window.countFrames = () => {
  window.probe.frames = [];
  window.probe.longTasks = [];
  window.probe.keys = [];
  let last = null;
  const tick = (at) => {
    if (last !== null) window.probe.frames.push(at - last);
    last = at;
    if (window.isCounting) requestAnimationFrame(tick);
  };
  window.isCounting = true;
  requestAnimationFrame(tick);
};
"""

_LOADED_SCRIPTS = """() => performance.getEntriesByType("resource")
  .filter(({ name, startTime }) =>
    new URL(name).pathname.endsWith(".js") && startTime <= window.probe.shown)
  .map(({ name, encodedBodySize, decodedBodySize }) =>
    [new URL(name).pathname, encodedBodySize, decodedBodySize])"""


@dataclass(frozen=True, slots=True)
class Opened:
    shown_ms: float
    script_kb: float
    script_unpacked_kb: float
    scripts: int


@dataclass(frozen=True, slots=True)
class Smoothness:
    seconds: float
    fps: float
    frame_p95_ms: float
    long_frames: float
    """The part of frames that took over 50 ms."""
    longest_task_ms: float
    key_p95_ms: float | None


@asynccontextmanager
async def running_browser() -> AsyncIterator[Browser]:
    if not os.access(CHROMIUM, os.X_OK):
        raise SystemExit("no Chromium: install the package chromium")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=CHROMIUM, args=[*CHROMIUM_ARGUMENTS]
        )
        try:
            yield browser
        finally:
            await browser.close()


@asynccontextmanager
async def logged_in(browser: Browser, url: str, login: dict[str, str]) -> AsyncIterator[Page]:
    """An empty page of a browser that has been nowhere: nothing is in its cache."""
    context: BrowserContext = await browser.new_context(
        base_url=url, viewport={"width": 1440, "height": 860}, locale="ru-RU"
    )
    try:
        answer = await context.request.post("/api/v1/auth/login", data=login)
        if not answer.ok:
            raise RuntimeError(f"the login was answered with {answer.status}")
        await context.add_init_script(_PROBE)
        yield await context.new_page()
    finally:
        await context.close()


async def open_inbox(page: Page) -> Opened:
    await page.goto("/inbox", wait_until="commit")
    await page.locator("html[data-shown]").wait_for(timeout=_SHOWN_WITHIN_MS)
    shown_ms: float = await page.evaluate("window.probe.shown")
    await page.wait_for_load_state("load")
    await page.wait_for_timeout(500)  # what was asked for in time is here, and has its size
    scripts: list[tuple[str, int, int]] = await page.evaluate(_LOADED_SCRIPTS)
    return Opened(
        round(shown_ms),
        round(sum(packed for _, packed, _ in scripts) / 1000, 1),
        round(sum(unpacked for _, _, unpacked in scripts) / 1000, 1),
        len(scripts),
    )


async def start_counting(page: Page) -> None:
    await page.evaluate("window.countFrames()")


async def counted(page: Page) -> Smoothness:
    await page.evaluate("window.isCounting = false")
    probe: dict[str, Any] = await page.evaluate("window.probe")
    frames: list[float] = probe["frames"]
    seconds = sum(frames) / 1000
    return Smoothness(
        seconds=round(seconds, 1),
        fps=round(len(frames) / seconds, 1),
        frame_p95_ms=round(quantile(frames, 0.95), 1),
        long_frames=round(sum(frame > 50 for frame in frames) / len(frames), 4),
        longest_task_ms=round(max((task for _, task in probe["longTasks"]), default=0)),
        key_p95_ms=round(quantile(probe["keys"], 0.95), 1) if probe["keys"] else None,
    )


async def scroll(page: Page, mode: str, rows: int) -> int:
    """Turn the wheel over a column until so many rows went by; how many there were to see."""
    column = page.locator(f"section[data-column={mode}] div:has(> ul)")
    box = await column.bounding_box()
    if box is None:
        raise RuntimeError("the column is not to be seen")
    cdp = await page.context.new_cdp_session(page)
    seen = last = 0
    stuck = 0
    while seen < rows and stuck < 20:
        await cdp.send(
            "Input.synthesizeScrollGesture",
            {
                "x": box["x"] + box["width"] / 2,
                "y": box["y"] + box["height"] / 2,
                "yDistance": -_SPEED_PX_S,
                "speed": _SPEED_PX_S,
                "gestureSourceType": "mouse",
                "preventFling": True,
            },
        )
        bottom = await column.evaluate("(node) => node.scrollTop + node.clientHeight")
        seen = int(bottom / ROW_PX)
        stuck = stuck + 1 if seen == last else 0
        last = seen
    await cdp.detach()
    return seen
