import { isMap } from 'yaml';
import { copyOf, freshKey, type Texts, withCopy } from '../builder/email-copy';
import { changeYaml, readYaml } from '../yaml-file';
import { localesOf } from './choices';
import { changeStep, readSteps } from './steps';

const FILE = 'campaign.yaml';
/** With the step's own e-mail there are four. */
export const MOST_ALTERNATIVES = 3;

/**
 * The package with another subject for the e-mail of a step: an e-mail of the same template, with a copy of the
 * subject in each language, which the step tests. The author writes the subject next.
 * @param at of the step in the sequence.
 * @returns the changed files, and the key of the new e-mail; null: the step has no e-mail, or four.
 */
export function withAnotherSubject(texts: Texts, at: number): { readonly made: Texts; readonly key: string } | null {
  const campaign = texts[FILE] ?? '';
  const step = readSteps(campaign)?.[at];
  const file = readYaml(campaign);
  if (!file.ok || step?.email === undefined || (step.test ?? []).length >= MOST_ALTERNATIVES) return null;
  const { email, test = [] } = step;
  const emails = file.document.get('emails');
  const written = isMap(emails) ? (emails.toJSON() as Record<string, Record<string, unknown>>) : {};
  const { subject, ...others } = written[email] ?? {};
  if (typeof subject !== 'string') return null;
  const locales = localesOf(file.document);
  const key = freeName(Object.keys(written), email);
  const subjectKey = freshKey(texts, locales, subject);
  const catalogues = locales.map((locale) =>
    withCopy(texts, locale, subjectKey, copyOf(texts, locale).get(subject) ?? ''),
  );
  const made = changeYaml(campaign, (document) => {
    document.setIn(['emails', key], document.createNode({ ...others, subject: subjectKey }, { flow: true }));
    changeStep(document, at, { test: [...test, key] });
  });
  return { made: Object.assign({}, ...catalogues, { [FILE]: made }) as Texts, key };
}

/** `welcome-2`, or the next number that is free. */
function freeName(taken: readonly string[], stem: string): string {
  for (let number = 2; ; number += 1) if (!taken.includes(`${stem}-${number}`)) return `${stem}-${number}`;
}
