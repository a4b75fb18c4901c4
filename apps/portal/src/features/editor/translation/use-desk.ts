import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { TranslationDeskView, TranslationRecords } from '#contracts';
import { ApiProblem } from '../../../shared/api';
import { askForReview, fetchDesk, sayReviewed, sayTranslated, takeReviewsBack } from './api';
import { portionsOf } from './desk';

/** A text and the source that it translates. */
export interface SaidText {
  readonly key: string;
  readonly source: string;
  readonly text: string;
}

interface SaidTexts {
  readonly kind: 'translated' | 'reviewed';
  readonly locale: string;
  readonly texts: readonly SaidText[];
}

type Said = SaidTexts | { readonly kind: 'reopened'; readonly locale: string; readonly keys: readonly string[] };

const deskKey = (campaignId: string) => ['translations', campaignId] as const;

/** How far the languages of a campaign are, and what was said of their texts. */
export function useDesk(campaignId: string) {
  const client = useQueryClient();
  const key = deskKey(campaignId);
  const query = useQuery({
    queryKey: key,
    queryFn: fetchDesk(campaignId),
    // Another person works on the same texts.
    refetchInterval: 20_000,
  });
  const said = useMutation({
    // In their order: a review after its translation.
    scope: { id: `translations ${campaignId}` },
    mutationFn: (one: Said): Promise<TranslationRecords> => send(campaignId, one),
    // A text or language that was just made reaches the server at the next pause.
    retry: (failures, error) => failures < 3 && isAhead(error),
    retryDelay: 2_000,
    onMutate: async (one) => {
      await client.cancelQueries({ queryKey: key });
      client.setQueryData<TranslationDeskView>(key, (desk) => desk && withSaid(desk, one));
    },
    onSuccess: ({ records }, { locale }) => {
      if (client.isMutating({ mutationKey: ['say translations'] }) > 1) return;
      client.setQueryData<TranslationDeskView>(
        key,
        (desk) => desk && { ...desk, records: [...desk.records.filter((one) => one.locale !== locale), ...records] },
      );
    },
    onError: () => client.invalidateQueries({ queryKey: key }),
    mutationKey: ['say translations'],
  });
  const ask = useMutation({
    mutationFn: ({
      locale,
      ...body
    }: {
      readonly locale: string;
      readonly kind: string;
      readonly comment: string | null;
    }) => askForReview({ campaignId, locale }, body),
    onSuccess: () => client.invalidateQueries({ queryKey: key }),
  });
  /**
   * Says it of any number of texts, in portions. The first error ends it.
   * @returns the texts that are stored, and the error; null: all are.
   */
  const sayAll = async ({ texts, ...rest }: SaidTexts): Promise<{ stored: SaidText[]; error: Error | null }> => {
    const stored: SaidText[] = [];
    for (const portion of portionsOf(texts)) {
      try {
        await said.mutateAsync({ ...rest, texts: portion });
      } catch (error) {
        return { stored, error: error as Error };
      }
      stored.push(...portion);
    }
    return { stored, error: null };
  };
  return { desk: query.data, error: query.error ?? said.error, say: said.mutate, sayAll, ask };
}

const isAhead = (error: Error): boolean =>
  error instanceof ApiProblem && ['translation.text-unknown', 'language.not-found'].includes(error.problem.code);

function send(campaignId: string, said: Said): Promise<TranslationRecords> {
  const of = { campaignId, locale: said.locale };
  if (said.kind === 'reopened') return takeReviewsBack(of, { keys: said.keys });
  return (said.kind === 'reviewed' ? sayReviewed : sayTranslated)(of, { texts: said.texts });
}

/** What the desk will be once the server has stored it. */
function withSaid(desk: TranslationDeskView, said: Said): TranslationDeskView {
  const { locale } = said;
  if (said.kind === 'reopened') {
    const isMeant = (record: { readonly locale: string; readonly key: string }): boolean =>
      record.locale === locale && said.keys.includes(record.key);
    const records = desk.records.map((one) =>
      isMeant(one) ? { ...one, isReviewed: false, reviewedAt: null, reviewedBy: null } : one,
    );
    return { ...desk, records };
  }
  const now = new Date().toISOString();
  const made = said.texts.map((one) => {
    const before = desk.records.find((record) => record.locale === locale && record.key === one.key);
    const isSame = before?.text === one.text && before.source === one.source;
    return {
      ...(before?.text === one.text ? before : { translatedAt: now, translatedBy: '', isYours: true }),
      ...one,
      locale,
      isReviewed: said.kind === 'reviewed' || (isSame && before.isReviewed),
      reviewedAt: said.kind === 'reviewed' ? now : isSame ? before.reviewedAt : null,
      reviewedBy: isSame ? before.reviewedBy : null,
    };
  });
  const keys = new Set(made.map((one) => one.key));
  return { ...desk, records: [...desk.records.filter((one) => one.locale !== locale || !keys.has(one.key)), ...made] };
}
