import { Group, Stack, Text, Title } from '@mantine/core';
import { keepPreviousData } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import type { PartnerCampaignInsight, TimelineMarks } from '#contracts';
import { GoalList } from '../../shared/GoalList';
import { Loaded, Page } from '../../shared/Page';
import { useStepNameByKey } from '../../shared/step-name';
import { Bounces } from './Bounces';
import { beginsWithFirst } from './chart-points';
import { CsvLink } from '../../shared/CsvLink';
import { useFreshNumbers } from '../../shared/number-age';
import { useReaderTitle } from '../../shared/reader-title';
import { ResultFigures } from '../../shared/ResultFigures';
import { PeriodPicker } from './PeriodPicker';
import { Comparison } from './Comparison';
import { MoneyFigures } from './MoneyFigures';
import { type ChartChoice, ResultsOverTime } from './ResultsOverTime';
import { type PartRow, PartsTable } from './PartsTable';
import { useVariantName } from './variant-name';
import { useWindow, withCampaign } from './window';
import { WindowPicker } from './WindowPicker';
import { useMarks } from '../../shared/marks/use-marks';
import { useInsightCampaign } from './api';

/**
 * A partner's results of one campaign: by step, and compared with other
 * partners.
 */
export function CampaignResultsScreen() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const readerTitle = useReaderTitle();
  const { choose, choosePeriod, period, query } = useWindow();
  const ofCampaign = withCampaign(query, id);
  const insight = useInsightCampaign(id, query, { placeholderData: keepPreviousData, ...useFreshNumbers() });
  const marks = useMarks('insight', insight.data === undefined ? null : { ...insight.data, campaignId: id });
  return (
    <Page
      title={insight.data === undefined ? t('results.campaign') : readerTitle(insight.data)}
      lead={t('results.campaignLead')}
      actions={
        <Group align="flex-end">
          <PeriodPicker period={period} onPeriod={choosePeriod} />
          <WindowPicker window={insight.data} onWindow={choose} />
          <CsvLink path={`/insight/numbers.csv?${ofCampaign}`} label={t('results.csv')} />
          <CsvLink path={`/insight/goals.csv?${ofCampaign}`} label={t('goals.csv')} />
          <CsvLink path={`/insight/comparison.csv?${ofCampaign}`} label={t('comparison.csv')} />
        </Group>
      }
    >
      <Loaded query={insight} height={480}>
        {(data) => (
          <Stack gap="xl">
            <MoneyFigures money={data.money} window={data} campaignId={id} />
            <ResultFigures {...data} amounts={null} />
            <Steps insight={data} marks={marks.data} isFromFirst={beginsWithFirst(period, insight, marks)} />
            <GoalList goals={data.goals} contacts={null} />
            <BouncesBySteps insight={data} />
            <Comparison comparison={data.comparison} />
          </Stack>
        )}
      </Loaded>
    </Page>
  );
}

function BouncesBySteps({ insight: { numbers, names, steps } }: { readonly insight: PartnerCampaignInsight }) {
  const stepName = useStepNameByKey(names);
  const parts = steps.filter(({ stepKey }) => stepKey !== '');
  return (
    <Bounces numbers={numbers} parts={parts.map((step) => ({ name: stepName(step.stepKey), numbers: step.numbers }))} />
  );
}

interface StepsProps {
  readonly insight: PartnerCampaignInsight;
  /** Undefined while loading. */
  readonly marks: TimelineMarks | undefined;
  /** Whether the chart begins with its first count or mark. */
  readonly isFromFirst: boolean;
}

function Steps({ insight, marks, isFromFirst }: StepsProps) {
  const { interval, days, names, steps, numbers: all, clicked: people } = insight;
  const { t } = useTranslation();
  const variantName = useVariantName();
  const byKey = useStepNameByKey(names);
  const stepName = (stepKey: string): string => (stepKey === '' ? t('results.noStep') : byKey(stepKey));
  const parts = steps.flatMap(({ stepKey, numbers, clicked, variants }): PartRow[] => [
    { key: stepKey, name: stepName(stepKey), isInner: false, numbers, clicked },
    ...(stepKey === '' ? [] : variants).map((one) => ({
      key: `${stepKey} ${one.variant}`,
      name: variantName(one),
      isInner: true,
      numbers: one.numbers,
      clicked: one.clicked,
    })),
  ]);
  const total: PartRow = { key: 'all of it', name: t('variants.all'), isInner: false, numbers: all, clicked: people };
  const courses = steps.flatMap(({ stepKey, days: points, variants }): ChartChoice[] => [
    { key: stepKey, name: stepName(stepKey), points },
    ...(stepKey === '' ? [] : variants).map((one) => ({
      key: `${stepKey} ${one.variant}`,
      name: `${stepName(stepKey)} · ${variantName(one)}`,
      points: one.days,
    })),
  ]);
  return (
    <>
      <ResultsOverTime
        courses={[{ key: 'all of it', name: t('variants.all'), points: days }, ...courses]}
        interval={interval}
        isFromFirst={isFromFirst}
        marks={marks?.items ?? []}
        leftOut={marks?.leftOut ?? 0}
      />
      <Stack component="section" aria-labelledby="steps" gap="xs">
        <Title order={2} id="steps">
          {t('variants.bySteps')}
        </Title>
        <Text size="sm" c="dimmed">
          {t('variants.lead')} {t('results.clickedOnce')}
        </Text>
        <PartsTable rows={[...parts, total]} of={t('variants.part')} />
      </Stack>
    </>
  );
}
