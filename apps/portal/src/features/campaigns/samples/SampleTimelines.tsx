import { Paper, SimpleGrid, Text, Timeline, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { CampaignVersionDetail, SampleDryRunView } from '#contracts';
import { useFormat } from '../../../shared/format';
import { StepDelay } from '../../../shared/StepDelay';
import { useStepTitle } from '../step-title';
import { useVendorReason } from '../vendor-reason';

interface SampleTimelinesProps {
  readonly version: CampaignVersionDetail;
  readonly run: SampleDryRunView;
}

/** Messages of each sample contact, in its own time zone. */
export function SampleTimelines({ version, run }: SampleTimelinesProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const stepTitle = useStepTitle(version);
  const vendorReason = useVendorReason();
  const moment = (at: string, zone: string): string => `${format.weekday(at, zone)}, ${format.time(at, zone)}`;
  return (
    <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }}>
      {run.samples.map(({ name, timeZone, steps, end, lead }, at) => (
        <Paper key={at} withBorder p="md">
          <Title order={3} size="h4" style={{ overflowWrap: 'anywhere' }}>
            {name}
          </Title>
          <Text size="xs" c="dimmed" mb="sm">
            {timeZone}
          </Text>
          <Timeline active={steps.length} bulletSize={14} lineWidth={2}>
            {steps.map((step) => (
              <Timeline.Item key={`${step.stepKey} ${step.round}`} title={stepTitle(step.stepKey)}>
                <Text size="sm" c="dimmed">
                  {step.why === null ? moment(step.at, timeZone) : vendorReason(step.why)}
                </Text>
                {step.why === null && <StepDelay waits={step.waits} timeZone={timeZone} />}
              </Timeline.Item>
            ))}
          </Timeline>
          <Text size="sm" mt="sm">
            {t(`samples.end.${end}`)}
          </Text>
          {lead !== null && (
            <Text size="sm" mt="xs">
              {t('samples.becomesLead', {
                at: moment(lead.at, timeZone),
                reminder: moment(lead.reminder, timeZone),
                escalation: moment(lead.escalation, timeZone),
              })}
            </Text>
          )}
        </Paper>
      ))}
    </SimpleGrid>
  );
}
