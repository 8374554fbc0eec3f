import i18n from "i18next";

// To make a formatter costs a hundred times what using it does, and every row uses three.
const dates = new Map<string, Intl.DateTimeFormat>();
const numbers = new Map<string, Intl.NumberFormat>();

function kept<T>(known: Map<string, T>, options: object, make: () => T, language: string): T {
  const key = language + JSON.stringify(options);
  const found = known.get(key) ?? make();
  known.set(key, found);
  return found;
}

/** In the language of the app, unless another is named. */
export function dateFormat(
  options: Intl.DateTimeFormatOptions,
  language = i18n.language,
): Intl.DateTimeFormat {
  return kept(dates, options, () => new Intl.DateTimeFormat(language, options), language);
}

export function numberFormat(options: Intl.NumberFormatOptions = {}): Intl.NumberFormat {
  const { language } = i18n;
  return kept(numbers, options, () => new Intl.NumberFormat(language, options), language);
}
