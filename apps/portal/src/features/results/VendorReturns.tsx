import { Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { VendorReturns as ReturnsOf } from '#contracts';
import { useFormat } from '../../shared/format';
import { useAmountText } from '../../shared/money';
import { QuerySection } from '../../shared/QuerySection';
import { useVendorReturns } from '../../shared/vendor-returns';
import { ReturnsActions } from './ReturnsActions';
import { PartnerCosts, TacticCosts } from './VendorCosts';
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
          <PartnerCosts partners={data.partners} />
          <TacticCosts tactics={data.tactics} />
        </>
      )}
    </QuerySection>
  );
}

/** Where the totals of won and open amounts come from, and by which rule. */
function Origins({ showing, total, together }: ReturnsOf) {
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
      <Text size="sm">
        {total.open === null
          ? t('returns.openHidden')
          : t('returns.openShared', { amounts: amountText(total.open) || '–' })}
      </Text>
    </Stack>
  );
}
