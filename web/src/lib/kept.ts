/** What this browser's storage keeps under `key`; null where nothing is, or what is there is damaged. */
export function readKept(key: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(key) ?? "null");
    return typeof value === "object" && value !== null ? { ...value } : null;
  } catch {
    return null;
  }
}

/** Null removes it. A storage that is full or shut keeps nothing. */
export function keep(key: string, value: object | null): void {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // What cannot be kept lives as long as the page.
  }
}

/** The rest of each key that begins with `prefix`. */
export function keptUnder(prefix: string): string[] {
  return Object.keys(localStorage).flatMap((key) =>
    key.startsWith(prefix) ? key.slice(prefix.length) : [],
  );
}
