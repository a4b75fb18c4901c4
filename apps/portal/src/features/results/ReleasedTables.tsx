import { Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ReleasedNumber, VendorCampaignInsight } from '#contracts';
import { type Column, DataTable } from '../../shared/DataTable';
import { useFormat } from '../../shared/format';
import { useStepNameByKey } from '../../shared/step-name';
import { useReleasedText } from './released-text';
import { useVariantName } from './variant-name';

type Week = VendorCampaignInsight['weeks'][number];
type FourWeeks = VendorCampaignInsight['fourWeeks'][number];
type Part = VendorCampaignInsight['parts'][number];

const OF_WEEK = ['sent', 'bounced'] as const;
const OF_FOUR_WEEKS = ['clicked', 'replied', 'unsubscribed', 'complained', 'leads', 'won'] as const;
const OF_PART = ['sent', 'clicked'] as const;

/** Messages of each week. */
export function WeekTable({ weeks }: Pick<VendorCampaignInsight, 'weeks'>) {
  const { t } = useTranslation();
  const columns = useReleasedColumns<Week, (typeof OF_WEEK)[number]>(OF_WEEK);
  return (
    <Stack gap="xs">
      <Title order={3}>{t('use.weeks')}</Title>
      <DataTable
        label={t('use.weeks')}
        items={weeks}
        isWhole
        orderName="weekSort"
        idOf={({ startsOn }) => startsOn}
        columns={[useStartColumn<Week>(t('use.week')), ...columns]}
        minWidth={480}
      />
    </Stack>
  );
}

/** People who did something, by four weeks. */
export function FourWeeksTable({ fourWeeks }: Pick<VendorCampaignInsight, 'fourWeeks'>) {
  const { t } = useTranslation();
  const columns = useReleasedColumns<FourWeeks, (typeof OF_FOUR_WEEKS)[number]>(OF_FOUR_WEEKS);
  return (
    <Stack gap="xs">
      <Title order={3}>{t('released.byFourWeeks')}</Title>
      <Text size="sm" c="dimmed">
        {t('released.onceEach')}
      </Text>
      <DataTable
        label={t('released.byFourWeeks')}
        items={fourWeeks}
        isWhole
        orderName="fourWeekSort"
        idOf={({ startsOn }) => startsOn}
        columns={[useStartColumn<FourWeeks>(t('released.fourWeeks')), ...columns]}
        minWidth={840}
      />
    </Stack>
  );
}

/** Steps and their recipient variants, over the window. */
export function ReleasedPartsTable({ parts, names }: Pick<VendorCampaignInsight, 'parts' | 'names'>) {
  const { t } = useTranslation();
  const stepName = useStepNameByKey(names);
  const variantName = useVariantName();
  const columns = useReleasedColumns<Part, (typeof OF_PART)[number]>(OF_PART);
  return (
    <Stack gap="xs">
      <Title order={3}>{t('variants.bySteps')}</Title>
      <Text size="sm" c="dimmed">
        {t('released.parts')}
      </Text>
      <DataTable
        label={t('variants.bySteps')}
        items={parts}
        isWhole
        orderName="partSort"
        idOf={({ stepKey, variant }) => `${stepKey} ${variant}`}
        columns={[
          {
            key: 'part',
            title: t('variants.part'),
            isHeading: true,
            cell: (part) => `${stepName(part.stepKey)} · ${variantName(part)}`,
          },
          ...columns,
        ]}
        minWidth={480}
      />
    </Stack>
  );
}

function useStartColumn<Item extends { readonly startsOn: string }>(title: string): Column<Item> {
  const format = useFormat();
  return {
    key: 'starts-on',
    title,
    isHeading: true,
    orderBy: ({ startsOn }) => startsOn,
    cell: ({ startsOn }) => format.day(startsOn),
  };
}

function useReleasedColumns<Item extends Readonly<Record<Name, ReleasedNumber>>, Name extends string>(
  names: readonly (Name & ReleasedName)[],
): Column<Item>[] {
  const { t } = useTranslation();
  const inWords = useReleasedText();
  return names.map((name) => ({
    key: name,
    title: t(`released.${name}`),
    align: 'end',
    orderBy: (item) => item[name].value,
    cell: (item) => inWords(item[name]),
  }));
}

type ReleasedName = (typeof OF_WEEK)[number] | (typeof OF_FOUR_WEEKS)[number];
