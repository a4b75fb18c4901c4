import type { SourceProblem } from '#kernel';
import type { CampaignDefinition } from '../definition/campaign-definition.js';
import type { Catalogue } from '../definition/catalogue.js';

const SUBJECT_MAX = 70;
const PREHEADER_MIN = 40;
const PREHEADER_MAX = 140;

/** RFC 5322, 2.2: the body of a header field has no CR and no LF. */
const LINE_BREAK = /[\p{Cc}\u2028\u2029]/u;

/**
 * Subjects with a line break. An encoded word would carry it into the header,
 * and mail programs show it as they like.
 */
export function subjectProblems({ emails }: CampaignDefinition, catalogues: readonly Catalogue[]): SourceProblem[] {
  return catalogues.flatMap(({ texts, places, file }) =>
    Object.values(emails)
      .filter(({ subject }) => LINE_BREAK.test(texts[subject] ?? ''))
      .map(({ subject }) => ({
        code: 'subject-line-break',
        severity: 'error' as const,
        file,
        ...(places.get(subject) ?? { line: null, column: null }),
        message: `${subject} is a subject, and has a line break.`,
        remedy: 'Write it on one line, without "|" or ">" before it.',
      })),
  );
}

/** Warnings about subject lines and preheaders. */
export function inboxAdvice({ emails }: CampaignDefinition, catalogues: readonly Catalogue[]): SourceProblem[] {
  return catalogues.flatMap((catalogue) =>
    Object.values(emails).flatMap(({ subject, preheader }) => [
      ...advise(
        catalogue,
        subject,
        'subject-length',
        (length) => length > SUBJECT_MAX,
        `At most ${SUBJECT_MAX} characters show in most inboxes.`,
      ),
      ...advise(
        catalogue,
        preheader,
        'preheader-length',
        (length) => length < PREHEADER_MIN || length > PREHEADER_MAX,
        `Between ${PREHEADER_MIN} and ${PREHEADER_MAX} characters show well; inboxes fill up a short one with the first words of the e-mail.`,
      ),
    ]),
  );
}

function advise(
  { texts, places, file }: Catalogue,
  key: string,
  code: string,
  off: (length: number) => boolean,
  remedy: string,
): SourceProblem[] {
  const text = texts[key];
  // A field counts as ten characters.
  const length = text === undefined ? 0 : [...text.replace(/\{\{[^{}]*\}\}/g, 'x'.repeat(10))].length;
  if (text === undefined || !off(length)) return [];
  return [
    {
      code,
      severity: 'warning',
      file,
      ...(places.get(key) ?? { line: null, column: null }),
      message: `${key} has ${length} characters.`,
      remedy,
    },
  ];
}
