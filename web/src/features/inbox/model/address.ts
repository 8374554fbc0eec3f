/** The talk that an address of the app leads to. */
export function talkIdIn(pathname: string): string | null {
  return /^\/inbox\/([^/]+)\/?$/.exec(pathname)?.[1] ?? null;
}
