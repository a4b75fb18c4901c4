import { useTranslation } from 'react-i18next';
import type { CampaignVersionDetail, CommentAbout } from '#contracts';
import { localised } from '../../../shared/localised';
import { stepTitle } from '../step-title';

/** What parts are called where a version's tactics are listed. */
const SHELVES = { email: 'emails', page: 'pages', document: 'documents', post: 'social' } as const;

/** How an address names a part: `email welcome`. */
export const partName = ({ kind, key }: CommentAbout): string => `${kind} ${key}`;

/** The part that an address names, if the version has it. */
export const partNamed = (parts: readonly CommentPart[], name: string | null): CommentAbout | null =>
  parts.find(({ about }) => partName(about) === name)?.about ?? null;

/** Where a part is shown on its version's screen. */
export function partAddress({ kind, key }: CommentAbout): string {
  const place: Record<string, string> =
    kind === 'step' ? { tab: 'sequence', step: key } : { tab: 'preview', show: `${SHELVES[kind]} ${key}` };
  return `?${new URLSearchParams(place).toString()}`;
}

/** What the previews show, as the part that a comment names. */
export function partShown(tactic: string): CommentAbout | null {
  const [shelf, key = ''] = tactic.split(' ');
  const kind = (Object.keys(SHELVES) as (keyof typeof SHELVES)[]).find((one) => SHELVES[one] === shelf);
  return kind === undefined || key === '' ? null : { kind, key };
}

/** A part that a comment may be about, in people's words. */
export interface CommentPart {
  readonly about: CommentAbout;
  readonly label: string;
}

/** Everything that a comment may be about besides the version as a whole. */
export function useCommentParts({ tactics, sequence }: CampaignVersionDetail): readonly CommentPart[] {
  const { t, i18n } = useTranslation();
  const words = (text: Readonly<Record<string, string>>): string => shortened(localised(text, i18n.language));
  return [
    ...tactics.emails.map(({ key, subject }) => part('email', key, words(subject))),
    ...tactics.pages.map(({ key, title }) => part('page', key, words(title))),
    ...tactics.documents.map(({ key, title }) => part('document', key, words(title))),
    ...tactics.social.map(({ key, text }) => part('post', key, words(text))),
    ...sequence.steps.map((step) => part('step', step.key, stepTitle(t, step))),
  ];
}

const part = (kind: CommentAbout['kind'], key: string, label: string): CommentPart => ({ about: { kind, key }, label });

const MOST_LETTERS = 60;
const shortened = (text: string): string =>
  [...text].length <= MOST_LETTERS ? text : `${[...text].slice(0, MOST_LETTERS).join('').trimEnd()}…`;
