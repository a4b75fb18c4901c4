import { Group, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { VendorReturns } from '#contracts';
import { CsvLink } from '../../shared/CsvLink';
import { DataTable } from '../../shared/DataTable';
import { orderByAmount, useAmountText } from '../../shared/money';

type Partners = Pick<VendorReturns, 'partners'>;
type Tactics = Pick<VendorReturns, 'tactics'>;

interface CostsOfProps {
  readonly title: string;
  readonly lead: string;
  /** Of the table alone; absent: it is in that of costs and return. */
  readonly csv?: { readonly path: string; readonly label: string };
  readonly children: React.ReactNode;
}

function CostsOf({ title, lead, csv, children }: CostsOfProps) {
  return (
    <Stack gap="sm">
      <Group justify="space-between">
        <Title order={3} size="h4">
          {title}
        </Title>
        {csv !== undefined && <CsvLink {...csv} />}
      </Group>
      <Text size="sm" c="dimmed" maw={760}>
        {lead}
      </Text>
      {children}
    </Stack>
  );
}

/** A vendor's costs for single partners, beside what these won, if they show it. Nothing without such costs. */
export function PartnerCosts({ partners }: Partners) {
  const { t } = useTranslation();
  const amountText = useAmountText();
  if (partners.length === 0) return null;
  return (
    <CostsOf title={t('returns.partnerTitle')} lead={t('returns.partnerLead')}>
      <DataTable
        label={t('returns.partnerTitle')}
        items={partners}
        isWhole
        orderName="partnerSort"
        atOnce={50}
        idOf={({ partnerId }) => partnerId}
        minWidth={480}
        columns={[
          {
            key: 'partner',
            title: t('returns.partner'),
            isHeading: true,
            orderBy: ({ name }) => name,
            cell: ({ name }) => name,
          },
          {
            key: 'costs',
            title: t('returns.costs'),
            align: 'end',
            ...orderByAmount(partners, ({ costs }) => costs),
            cell: ({ costs }) => amountText(costs),
          },
          {
            key: 'won',
            title: t('returns.won'),
            align: 'end',
            ...orderByAmount(partners, ({ won }) => won ?? []),
            cell: ({ won }) => (won === null ? t('returns.notShown') : amountText(won) || '–'),
          },
        ]}
      />
    </CostsOf>
  );
}

/** A vendor's costs by tactic. Nothing if no cost names one. */
export function TacticCosts({ tactics }: Tactics) {
  const { t } = useTranslation();
  const amountText = useAmountText();
  if (tactics.every(({ tactic }) => tactic === null)) return null;
  return (
    <CostsOf
      title={t('returns.tacticCosts')}
      lead={t('returns.tacticCostsLead')}
      csv={{ path: '/vendor-insight/tactic-costs.csv', label: t('returns.tacticCostsCsv') }}
    >
      <DataTable
        label={t('returns.tacticCosts')}
        items={tactics}
        isWhole
        orderName="tacticSort"
        idOf={({ tactic }) => tactic ?? 'none'}
        minWidth={360}
        columns={[
          {
            key: 'tactic',
            title: t('returns.tactic'),
            isHeading: true,
            orderBy: ({ tactic }) => (tactic === null ? null : t(`costs.tactics.${tactic}`)),
            cell: ({ tactic }) => t(`costs.tactics.${tactic ?? 'none'}`),
          },
          {
            key: 'costs',
            title: t('returns.costs'),
            align: 'end',
            ...orderByAmount(tactics, ({ costs }) => costs),
            cell: ({ costs }) => amountText(costs) || '–',
          },
        ]}
      />
    </CostsOf>
  );
}
