import { useQueries } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { CampaignVersionDetail, TacticSection } from '#contracts';
import { localised } from '../../../shared/localised';
import { previewQuery } from '../campaign';

/** A tactic and what the later version does to it. */
export interface ComparedTactic {
  readonly kind: TacticSection;
  readonly key: string;
  readonly label: string;
  /** `unlooked`: pictures are compared only when opened. */
  readonly state: 'added' | 'removed' | 'changed' | 'same' | 'unlooked';
}

interface Choice {
  readonly locale: string;
  readonly partnerId: string;
}

/**
 * All tactics of two versions.
 * E-mails and pages are equal if their HTML is, in this language and brand.
 */
export function useComparedTactics(
  before: CampaignVersionDetail,
  after: CampaignVersionDetail,
  { locale, partnerId }: Choice,
): readonly ComparedTactic[] {
  const { i18n } = useTranslation();
  const named = (version: CampaignVersionDetail) => {
    const { emails, pages, documents, social } = version.tactics;
    const words = (text: Readonly<Record<string, string>>) => localised(text, i18n.language);
    return [
      ...emails.map(({ key, subject }) => ({ kind: 'emails' as const, key, label: words(subject) })),
      ...pages.map(({ key, title }) => ({ kind: 'pages' as const, key, label: words(title) })),
      ...documents.map(({ key, title }) => ({ kind: 'documents' as const, key, label: words(title) })),
      ...social.map(({ key }) => ({ kind: 'social' as const, key, label: key })),
    ];
  };
  const [older, newer] = [named(before), named(after)];
  const isThere = (list: typeof older, { kind, key }: { kind: TacticSection; key: string }) =>
    list.some((one) => one.kind === kind && one.key === key);
  const all = [...newer, ...older.filter((one) => !isThere(newer, one))];
  const templates = all.filter(
    (one) => (one.kind === 'emails' || one.kind === 'pages') && isThere(older, one) && isThere(newer, one),
  );
  const choice = { locale, ...(partnerId === '' ? {} : { partnerId }) };
  const htmls = useQueries({
    queries: templates.flatMap(({ kind, key }) =>
      [before, after].map(({ campaignId: id, number }) =>
        previewQuery({ id, number, kind: kind === 'pages' ? 'pages' : 'emails', templateKey: key, choice }),
      ),
    ),
  });
  const stateOf = (one: (typeof all)[number]): ComparedTactic['state'] => {
    if (!isThere(older, one)) return 'added';
    if (!isThere(newer, one)) return 'removed';
    const at = templates.indexOf(one);
    const [first, second] = [htmls[at * 2]?.data, htmls[at * 2 + 1]?.data];
    if (at === -1 || first === undefined || second === undefined) return 'unlooked';
    return first.html === second.html && first.subject === second.subject ? 'same' : 'changed';
  };
  return all.map((one) => ({ ...one, state: stateOf(one) }));
}
