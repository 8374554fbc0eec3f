let aheadMs = 0;

/** Told with an answer that has just come: how far the server's clock is before this device's. */
export function noteServerTime(iso: string): void {
  aheadMs = Date.parse(iso) - Date.now();
}

/** Now, by the server's clock, as far as it is known. */
export function serverNow(): number {
  return Date.now() + aheadMs;
}
