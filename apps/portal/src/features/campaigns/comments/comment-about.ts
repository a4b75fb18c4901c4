import { useTranslation } from 'react-i18next';
import type { CampaignVersionDetail, CommentAbout } from '#contracts';
import { localised } from '../../../shared/localised';
import { useStepTitle } from '../step-title';

/** Names of the lists in a version's `tactics`. */
const SHELVES = { email: 'emails', page: 'pages', document: 'documents', social: 'social' } as const;

/** Name of a part in an address: `email welcome`. */
export const partName = ({ kind, key }: CommentAbout): string => `${kind} ${key}`;

/** The part with that name, if the version has it. */
export const partNamed = (parts: readonly CommentPart[], name: string | null): CommentAbout | null =>
  parts.find(({ about }) => partName(about) === name)?.about ?? null;

/** Address of the preview of a part. */
export function partAddress({ kind, key }: CommentAbout): string {
  const place: Record<string, string> =
    kind === 'step' ? { tab: 'sequence', step: key } : { tab: 'preview', show: `${SHELVES[kind]} ${key}` };
  return `?${new URLSearchParams(place).toString()}`;
}

/** The previewed tactic as a part for comments. */
export function partShown(tactic: string): CommentAbout | null {
  const [shelf, key = ''] = tactic.split(' ');
  const kind = (Object.keys(SHELVES) as (keyof typeof SHELVES)[]).find((one) => SHELVES[one] === shelf);
  return kind === undefined || key === '' ? null : { kind, key };
}

/** A part for comments, with its display name. */
export interface CommentPart {
  readonly about: CommentAbout;
  readonly label: string;
}

/** All parts of a version for comments, besides the version as a whole. */
export function useCommentParts(version: CampaignVersionDetail): readonly CommentPart[] {
  const { tactics, sequence } = version;
  const { i18n } = useTranslation();
  const stepTitle = useStepTitle(version);
  const words = (text: Readonly<Record<string, string>>): string => shortened(localised(text, i18n.language));
  return [
    ...tactics.emails.map(({ key, subject }) => part('email', key, words(subject))),
    ...tactics.pages.map(({ key, title }) => part('page', key, words(title))),
    ...tactics.documents.map(({ key, title }) => part('document', key, words(title))),
    ...tactics.social.map(({ key, text }) => part('social', key, words(text))),
    ...sequence.steps.map((step) => part('step', step.key, stepTitle(step.key))),
  ];
}

const part = (kind: CommentAbout['kind'], key: string, label: string): CommentPart => ({ about: { kind, key }, label });

const MOST_LETTERS = 60;
const shortened = (text: string): string =>
  [...text].length <= MOST_LETTERS ? text : `${[...text].slice(0, MOST_LETTERS).join('').trimEnd()}…`;
