const house = "M3 10 12 4l9 6M5 10v10M19 10v10M3 20h18M9 20v-6h6v6";

/** The icon of the tab, with a number on it when there is one. */
export function tabIcon(count: number): string {
  const text = count > 99 ? "99+" : String(count);
  const size = [0, 13, 11, 8.5][text.length];
  const badge =
    count > 0
      ? `<circle cx="16" cy="16" r="8" fill="#c92a2a"/><text x="16" y="16" fill="#fff" font-family="sans-serif" font-weight="700" font-size="${size}" text-anchor="middle" dominant-baseline="central">${text}</text>`
      : "";
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><path d="${house}" fill="none" stroke="#1f6f54" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"/>${badge}</svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}

export function showTabIcon(count: number): void {
  const link = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
  if (link) link.href = tabIcon(count);
}
