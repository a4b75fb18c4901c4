import { Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { VendorReturns as ReturnsOf } from '#contracts';
import { useFormat } from '../../shared/format';
import { useAmountText } from '../../shared/money';
import { QuerySection } from '../../shared/QuerySection';
import { useVendorReturns } from './api';
import { ReturnsActions } from './ReturnsActions';
import { ReturnsTable } from './ReturnsTable';

/** A vendor's costs since the start, beside what partners won, by name or together. */
export function VendorReturns() {
  const { t } = useTranslation();
  const returns = useVendorReturns();
  return (
    <QuerySection
      id="returns"
      title={t('returns.title')}
      lead={t('returns.vendorLead')}
      actions={<ReturnsActions csv="/vendor-insight/returns.csv" />}
      query={returns}
      height={200}
      noneText={({ total }) => (total.costs.length === 0 ? t('returns.vendorNone') : null)}
    >
      {(data) => (
        <>
          <ReturnsTable campaigns={data.campaigns} total={data.total} />
          <Origins {...data} />
        </>
      )}
    </QuerySection>
  );
}

/** Where the total of won amounts comes from, and by which rule. */
function Origins({ showing, total, together, tactics }: ReturnsOf) {
  const { t } = useTranslation();
  const format = useFormat();
  const amountText = useAmountText();
  const { until, partnersNeeded, largestPercent, leftOut } = together;
  return (
    <Stack gap={4} maw={760}>
      <Text size="sm">
        {t('returns.showing', { count: showing })} {amountText(total.wonByName)}
      </Text>
      <Text size="sm">
        {until === null
          ? t('returns.noTogether', { count: partnersNeeded })
          : t('returns.together', {
              amounts: amountText(total.wonTogether) || '–',
              until: format.day(until),
              count: partnersNeeded,
              percent: largestPercent,
            })}
      </Text>
      {leftOut.length > 0 && <Text size="sm">{t('returns.leftOut', { amounts: amountText(leftOut) })}</Text>}
      {tactics.some(({ tactic }) => tactic !== null) && (
        <Text size="sm">
          {t('returns.byTactic', {
            tactics: tactics
              .map(({ tactic, costs }) => `${t(`costs.tactics.${tactic ?? 'none'}`)} ${amountText(costs)}`)
              .join(' · '),
          })}
        </Text>
      )}
    </Stack>
  );
}
