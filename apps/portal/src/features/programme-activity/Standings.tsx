import { Anchor, Group, NativeSelect, Progress, Stack, Text, Title } from '@mantine/core';
import { IconBuildingStore } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { PARTNER_STANDING_SORTS, PARTNER_STEPS, type PartnerStanding, type PartnerStep } from '#contracts';
import { CsvLink } from '../../shared/CsvLink';
import { type Column, DataTable } from '../../shared/DataTable';
import { EngagementAdvice, EngagementParts } from '../../shared/engagement';
import { useFormat } from '../../shared/format';
import { useListQuery, withQuery } from '../../shared/list-query';
import { List, useSharedSearch } from '../../shared/ListScreen';
import { SearchField } from '../../shared/SearchField';
import { useStandings } from './api';

interface StandingsProps {
  /** Null: all. */
  readonly step: PartnerStep | null;
  readonly onStep: (step: PartnerStep | null) => void;
}

const FILTERS = [{ name: 'step', values: PARTNER_STEPS }];

/** Partners with their step and engagement score, the least engaged first until a column is sorted. */
export function Standings({ step, onStep }: StandingsProps) {
  const { t } = useTranslation();
  const search = useSharedSearch();
  const { query, isNarrowed } = useListQuery(FILTERS, PARTNER_STANDING_SORTS, search.sought);
  const list = useStandings(query);
  const columns = useStandingColumns();
  return (
    <Stack component="section" aria-labelledby="standings">
      <Group justify="space-between">
        <Title order={2} id="standings">
          {t('programmeActivity.engagement')}
        </Title>
        <CsvLink
          path={withQuery('/programme-activity/partners.csv', query)}
          label={t('programmeActivity.partnersCsv')}
        />
      </Group>
      <Text size="sm" c="dimmed" maw={760}>
        {t('programmeActivity.scoreHow')}
      </Text>
      <Group align="flex-end">
        <SearchField label={t('programmeActivity.search')} search={search} />
        <NativeSelect
          label={t('programmeActivity.step')}
          maw={320}
          value={step ?? ''}
          data={[
            { value: '', label: t('programmeActivity.allSteps') },
            ...PARTNER_STEPS.map((value) => ({ value, label: t(`programmeActivity.steps.${value}`) })),
          ]}
          onChange={(event) => onStep(PARTNER_STEPS.find((one) => one === event.currentTarget.value) ?? null)}
        />
      </Group>
      <List
        list={list}
        isNarrowed={isNarrowed}
        empty={{
          icon: IconBuildingStore,
          title: t('programmeActivity.none'),
          text: t('programmeActivity.noneText'),
        }}
      >
        {(items, isWhole) => (
          <DataTable
            label={t('programmeActivity.engagement')}
            items={items}
            isWhole={isWhole}
            orderName="sort"
            serverSorts={PARTNER_STANDING_SORTS}
            idOf={({ partnerId }) => partnerId}
            columns={columns}
            minWidth={920}
          />
        )}
      </List>
    </Stack>
  );
}

function useStandingColumns(): readonly Column<PartnerStanding>[] {
  const { t } = useTranslation();
  const format = useFormat();
  return [
    {
      key: 'partner',
      title: t('programmeActivity.partner'),
      isHeading: true,
      orderBy: ({ name }) => name,
      cell: ({ partnerId, name, tier }) => (
        <>
          <Anchor component={Link} to={`/partners/${partnerId}`} size="sm" fw={600}>
            {name}
          </Anchor>
          <Text size="xs" c="dimmed">
            {tier}
          </Text>
        </>
      ),
    },
    {
      key: 'partnerStep',
      title: t('programmeActivity.step'),
      orderBy: ({ step }) => PARTNER_STEPS.indexOf(step),
      cell: ({ step, since }) => (
        <>
          <Text size="sm">{t(`programmeActivity.steps.${step}`)}</Text>
          {since !== null && (
            <Text size="xs" c="dimmed">
              {t('programmeActivity.since', { day: format.day(since) })}
            </Text>
          )}
        </>
      ),
    },
    {
      key: 'score',
      title: t('programmeActivity.score'),
      align: 'end',
      orderBy: ({ score }) => score,
      cell: ({ score }) =>
        score === null ? (
          '–'
        ) : (
          <Stack gap={4} miw={80}>
            <Text size="sm" fw={650}>
              {format.number(score)}
            </Text>
            <Progress value={score} size="sm" aria-hidden />
          </Stack>
        ),
    },
    {
      key: 'parts',
      title: t('programmeActivity.why'),
      maxWidth: 360,
      cell: ({ parts }) => <EngagementParts parts={parts} />,
    },
    {
      key: 'raise',
      title: t('programmeActivity.raise'),
      maxWidth: 260,
      cell: ({ parts }) => <EngagementAdvice parts={parts} />,
    },
  ];
}
