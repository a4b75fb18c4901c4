import { Group, NativeSelect, Skeleton, Stack, Text } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type CampaignVersionDetail, TACTIC_SECTIONS } from '#contracts';
import { BrandChoice } from '../../../shared/BrandChoice';
import { useFormat } from '../../../shared/format';
import { type ComparedTactic, useComparedTactics } from './tactics';
import { TemplateComparison } from './TemplateComparison';

const PictureComparison = lazy(() => import('./PictureComparison'));

interface VisualChangesProps {
  readonly before: CampaignVersionDetail;
  readonly after: CampaignVersionDetail;
}

/** Any tactic before and after, in any language and brand. */
export function VisualChanges({ before, after }: VisualChangesProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const [locale, setLocale] = useState(after.locales[0] ?? 'en');
  const [partnerId, setPartnerId] = useState('');
  const [wanted, setWanted] = useState('');
  const tactics = useComparedTactics(before, after, { locale, partnerId });
  const chosen =
    tactics.find((one) => idOf(one) === wanted) ?? tactics.find(({ state }) => state === 'changed') ?? tactics[0];
  if (chosen === undefined) return null;
  const shown = { before, after, locale, partnerId, tactic: chosen };
  return (
    <Stack>
      <Group align="flex-end">
        <NativeSelect
          label={t('version.tactic')}
          value={idOf(chosen)}
          data={TACTIC_SECTIONS.map((kind) => ({
            group: t(`version.kind.${kind}`),
            items: tactics
              .filter((one) => one.kind === kind)
              .map((one) => ({
                value: idOf(one),
                label: one.state === 'unlooked' ? one.label : `${one.label} · ${t(`compare.state.${one.state}`)}`,
              })),
          })).filter(({ items }) => items.length > 0)}
          onChange={(event) => setWanted(event.currentTarget.value)}
        />
        <NativeSelect
          label={t('review.locale')}
          value={locale}
          data={after.locales.map((tag) => ({ value: tag, label: format.language(tag) }))}
          onChange={(event) => setLocale(event.currentTarget.value)}
        />
        <BrandChoice partnerId={partnerId} onChoose={setPartnerId} />
      </Group>
      <Compared {...shown} />
    </Stack>
  );
}

export interface ComparisonProps extends VisualChangesProps {
  readonly locale: string;
  /** Empty for the sample brand. */
  readonly partnerId: string;
  readonly tactic: ComparedTactic;
}

function Compared(props: ComparisonProps) {
  const { t } = useTranslation();
  const { state, kind, label } = props.tactic;
  if (state === 'added' || state === 'removed') return <Text>{t(`compare.only.${state}`, { name: label })}</Text>;
  if (kind === 'emails' || kind === 'pages') return <TemplateComparison {...props} />;
  return (
    <Suspense fallback={<Skeleton height={520} />}>
      <PictureComparison key={idOf(props.tactic)} {...props} />
    </Suspense>
  );
}

const idOf = ({ kind, key }: ComparedTactic): string => `${kind} ${key}`;
