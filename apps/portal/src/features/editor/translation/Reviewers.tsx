import { Modal, NativeSelect, Radio, Skeleton, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import type { TranslationRuleView } from '#contracts';
import { useFormat } from '../../../shared/format';
import { ProblemNote } from '../../../shared/ProblemNote';
import { changeTranslationRule, chooseReviewer, fetchTranslationRule } from './api';
import { useCan } from '../../../shared/session';

const RULE_KEY = ['translation-rule'] as const;

/** Who reviews each language, and what is asked before a campaign is submitted. */
export function Reviewers({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const rule = useQuery({ queryKey: RULE_KEY, queryFn: fetchTranslationRule() });
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('translation.reviewers')}
      centered
      size="lg"
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <ProblemNote error={rule.error} />
      {rule.data === undefined ? rule.error === null && <Skeleton height={240} /> : <RuleForm rule={rule.data} />}
    </Modal>
  );
}

/** Each choice is stored at once. */
function RuleForm({ rule }: { readonly rule: TranslationRuleView }) {
  const { t } = useTranslation();
  const format = useFormat();
  const client = useQueryClient();
  const may = useCan()('campaigns.approve');
  const [query] = useSearchParams();
  const current = query.get('language');
  const locales = [...new Set([...(current === null ? [] : [current]), ...rule.reviewers.map(({ locale }) => locale)])];
  const shown = useLanguagesOfDesk(locales);
  const keep = async (changed: TranslationRuleView): Promise<void> => {
    client.setQueryData(RULE_KEY, changed);
    await client.invalidateQueries({ queryKey: ['translations'] });
  };
  const choose = useMutation({
    mutationFn: ({ locale, userId }: { readonly locale: string; readonly userId: string | null }) =>
      chooseReviewer(locale, userId),
    onSuccess: keep,
  });
  const change = useMutation({
    mutationFn: (body: Partial<Pick<TranslationRuleView, 'unreviewed' | 'ownReview'>>) => changeTranslationRule(body),
    onSuccess: keep,
  });
  return (
    <Stack>
      {!may && <Text size="sm">{t('translation.rule.readOnly')}</Text>}
      {shown.map((locale) => (
        <NativeSelect
          key={locale}
          label={format.language(locale)}
          disabled={!may}
          value={rule.reviewers.find((one) => one.locale === locale)?.userId ?? ''}
          data={[
            { value: '', label: t('translation.rule.anyone') },
            ...rule.team.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          onChange={({ currentTarget: { value } }) => choose.mutate({ locale, userId: value === '' ? null : value })}
        />
      ))}
      <Radio.Group
        label={t('translation.rule.unreviewed')}
        value={rule.unreviewed}
        onChange={(unreviewed) => change.mutate({ unreviewed: unreviewed === 'warn' ? 'warn' : 'hold' })}
      >
        <Stack gap="xs" mt="xs">
          <Radio value="hold" disabled={!may} label={t('translation.rule.hold')} />
          <Radio value="warn" disabled={!may} label={t('translation.rule.warn')} />
        </Stack>
      </Radio.Group>
      <Radio.Group
        label={t('translation.rule.ownReview')}
        value={rule.ownReview}
        onChange={(own) => change.mutate({ ownReview: own === 'refused' ? 'refused' : 'allowed' })}
      >
        <Stack gap="xs" mt="xs">
          <Radio value="allowed" disabled={!may} label={t('translation.rule.allowed')} />
          <Radio value="refused" disabled={!may} label={t('translation.rule.refused')} />
        </Stack>
      </Radio.Group>
      <ProblemNote error={choose.error ?? change.error} />
    </Stack>
  );
}

/** Languages of the campaign, and others that have a reviewer. */
function useLanguagesOfDesk(others: readonly string[]): string[] {
  const client = useQueryClient();
  const desks = client.getQueriesData<{ readonly languages: readonly { readonly locale: string }[] }>({
    queryKey: ['translations'],
  });
  const known = desks.flatMap(([, desk]) => desk?.languages.map(({ locale }) => locale) ?? []);
  return [...new Set([...known, ...others])].sort();
}
