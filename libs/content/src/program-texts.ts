import { type Master, programText } from '#rendering';
import type { Localised } from './definition/campaign-definition.js';

/**
 * A text of a template's masters in each of their languages, in the form in
 * which the author wrote it.
 */
export function programTexts(masters: Readonly<Record<string, Master>>, part: 'subject' | 'preheader'): Localised {
  return Object.fromEntries(Object.values(masters).map((master) => [master.locale, programText(master, master[part])]));
}
