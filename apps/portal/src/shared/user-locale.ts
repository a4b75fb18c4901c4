/** The reader's own locale, with the region where the browser names one: 24 hours or 12, day or month first. @param language that the interface is in. */
export const userLocale = (language: string): string =>
  navigator.languages.find((tag) => tag.startsWith(language)) ?? language;
