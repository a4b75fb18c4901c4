/**
 * The browser's locale with its region, if it matches the language.
 * It decides 12 or 24 hours, and the date order.
 * @param language of the portal.
 */
export const userLocale = (language: string): string =>
  navigator.languages.find((tag) => tag.startsWith(language)) ?? language;
