const surrogatePair = /[\uD800-\uDBFF][\uDC00-\uDFFF]/g;

/** In characters, as the server counts them: an emoji is one. */
export function lengthOf(text: string): number {
  return text.length - (text.match(surrogatePair)?.length ?? 0);
}
