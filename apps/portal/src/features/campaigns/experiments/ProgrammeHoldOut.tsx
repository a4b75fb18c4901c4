import { SimpleGrid, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { VendorExperiments } from '#contracts';
import { DifferenceText } from '../../../shared/DifferenceText';
import { ExperimentCard } from '../../../shared/ExperimentsSection';
import { useFormat } from '../../../shared/format';
import { LeadGroup } from '../../../shared/LeadGroup';

/** Leads with the campaign and without, over the partners that show the vendor their totals. */
export function ProgrammeHoldOut({ result }: { readonly result: NonNullable<VendorExperiments['holdOut']> }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { percent, partners, written, heldOut, difference, verdict, madeOn, partnersNeeded, heldOutNeeded } = result;
  return (
    <ExperimentCard
      title={t('experiments.holdOut')}
      how={t('experiments.programmeHow', { percent: format.number(percent) })}
    >
      {madeOn === null ? (
        <Text size="sm">
          {t('experiments.programmeNone', {
            partners: format.number(partnersNeeded),
            contacts: format.number(heldOutNeeded),
          })}
        </Text>
      ) : (
        <>
          <SimpleGrid cols={{ base: 1, xs: 2 }}>
            <LeadGroup label={t('experiments.written')} group={written} />
            <LeadGroup label={t('experiments.heldOut')} group={heldOut} />
          </SimpleGrid>
          <DifferenceText {...{ difference, verdict }} readAt={null} smallest={null} of="leads" />
          <Text size="xs" c="dimmed">
            {t('experiments.programmeOf', {
              count: partners,
              partners: format.number(partners),
              on: format.day(madeOn),
            })}
          </Text>
        </>
      )}
    </ExperimentCard>
  );
}
