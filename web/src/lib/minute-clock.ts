import { useSyncExternalStore } from "react";

const minuteMs = 60_000;
const listeners = new Set<() => void>();
let minute = Math.floor(Date.now() / minuteMs);
let timer: ReturnType<typeof setTimeout> | undefined;

function tick(): void {
  minute = Math.floor(Date.now() / minuteMs);
  for (const listener of listeners) listener();
  timer = setTimeout(tick, minuteMs - (Date.now() % minuteMs));
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  if (listeners.size === 1) {
    minute = Math.floor(Date.now() / minuteMs);
    timer = setTimeout(tick, minuteMs - (Date.now() % minuteMs));
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) clearTimeout(timer);
  };
}

/** The start of the current minute. One timer serves the whole screen. */
export function useMinute(): Date {
  return new Date(useSyncExternalStore(subscribe, () => minute) * minuteMs);
}
