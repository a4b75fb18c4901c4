import { Button, Group, Paper, Progress, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { PartnerStep, ProgrammeActivity } from '#contracts';
import { CsvLink } from '../../shared/CsvLink';
import { useFormat } from '../../shared/format';

interface PartnerFunnelProps extends Pick<ProgrammeActivity, 'funnel' | 'showing'> {
  /** The step whose partners are listed; null: all. */
  readonly chosen: PartnerStep | null;
  readonly onChoose: (step: PartnerStep | null) => void;
}

/** How many partners have come to each step, and how many stop there. */
export function PartnerFunnel({ funnel, showing, chosen, onChoose }: PartnerFunnelProps) {
  const { t } = useTranslation();
  const all = funnel[0]?.reached ?? 0;
  const launched = funnel.find(({ step }) => step === 'launched')?.reached ?? 0;
  return (
    <Stack component="section" aria-labelledby="partner-funnel">
      <Group justify="space-between">
        <Title order={2} id="partner-funnel">
          {t('programmeActivity.funnel')}
        </Title>
        <CsvLink path="/programme-activity/funnel.csv" label={t('programmeActivity.funnelCsv')} />
      </Group>
      <Paper withBorder p="md">
        <Stack gap="md" component="ul" m={0} p={0} style={{ listStyle: 'none' }}>
          {funnel.map((line) => (
            <li key={line.step}>
              <Step line={line} all={all} isChosen={chosen === line.step} onChoose={onChoose} />
            </li>
          ))}
        </Stack>
      </Paper>
      <Text size="sm" c="dimmed" maw={760}>
        {t('programmeActivity.shownBy', { showing, count: launched })}
      </Text>
    </Stack>
  );
}

interface StepProps {
  readonly line: ProgrammeActivity['funnel'][number];
  readonly all: number;
  readonly isChosen: boolean;
  readonly onChoose: PartnerFunnelProps['onChoose'];
}

function Step({ line: { step, reached, standing }, all, isChosen, onChoose }: StepProps) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Stack gap={4}>
      <Group justify="space-between" gap="xs">
        <Text size="sm">{t(`programmeActivity.steps.${step}`)}</Text>
        <Group gap="sm">
          {standing > 0 && (
            <Button
              size="compact-xs"
              variant={isChosen ? 'filled' : 'subtle'}
              aria-pressed={isChosen}
              aria-label={`${t(`programmeActivity.steps.${step}`)}: ${t('programmeActivity.standing', { count: standing })}`}
              onClick={() => onChoose(isChosen ? null : step)}
            >
              {t('programmeActivity.standing', { count: standing })}
            </Button>
          )}
          <Text size="sm" fw={600}>
            {format.number(reached)}
          </Text>
        </Group>
      </Group>
      <Progress value={all === 0 ? 0 : (reached / all) * 100} size="lg" aria-hidden />
    </Stack>
  );
}
