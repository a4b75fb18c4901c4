import { ActionIcon, Anchor, Badge, Button, Group, Paper, SegmentedControl, Stack, Text, Title } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useFormat } from '../../shared/format';
import { localised } from '../../shared/localised';
import { Loaded, Page } from '../../shared/Page';
import { addDays, addMonths, barOf, firstOfMonth, monthsFrom, periodOf, type PlanItem } from './plan';
import { useCampaignPlan } from './api';

const COLOURS: Readonly<Record<PlanItem['kind'], string>> = {
  draft: 'gray',
  review: 'yellow',
  approved: 'blue',
  window: 'teal',
};

/** A vendor's campaigns in time: windows, reviews, and what is in work. */
export function PlanScreen() {
  const { t } = useTranslation();
  const [first, setFirst] = useState(() => firstOfMonth(new Date().toISOString().slice(0, 10)));
  const [count, setCount] = useState(3);
  const months = monthsFrom(first, count);
  const shown = { from: first, to: addDays(addMonths(first, count), -1) };
  const plan = useCampaignPlan(shown);
  return (
    <Page
      title={t('plan.title')}
      lead={t('plan.lead')}
      wide
      actions={
        <Group gap="xs">
          <ActionIcon
            variant="default"
            size="lg"
            aria-label={t('plan.earlier')}
            onClick={() => setFirst(addMonths(first, -1))}
          >
            <IconChevronLeft size={18} aria-hidden />
          </ActionIcon>
          <Button
            variant="default"
            disabled={plan.data === undefined}
            onClick={() => setFirst(firstOfMonth(plan.data?.today ?? first))}
          >
            {t('plan.today')}
          </Button>
          <ActionIcon
            variant="default"
            size="lg"
            aria-label={t('plan.later')}
            onClick={() => setFirst(addMonths(first, 1))}
          >
            <IconChevronRight size={18} aria-hidden />
          </ActionIcon>
          <SegmentedControl
            aria-label={t('plan.months')}
            value={String(count)}
            onChange={(value) => setCount(Number(value))}
            data={[3, 6, 12].map((value) => ({ value: String(value), label: t('plan.monthCount', { count: value }) }))}
          />
        </Group>
      }
    >
      <Loaded query={plan} height={420}>
        {({ items, today }) => <Plan items={items} months={months} shown={shown} today={today} />}
      </Loaded>
    </Page>
  );
}

interface PlanProps {
  readonly items: readonly PlanItem[];
  readonly months: readonly string[];
  readonly shown: { readonly from: string; readonly to: string };
  readonly today: string;
}

function Plan({ items, months, shown, today }: PlanProps) {
  const { t } = useTranslation();
  const dated = items.filter((item) => {
    const period = periodOf(item);
    return period !== null && barOf(period, shown) !== null;
  });
  const undated = items.filter((item) => periodOf(item) === null);
  const overdue = items.filter((item) => isOverdue(item, today) && !dated.includes(item));
  return (
    <Stack gap="xl">
      <Timeline items={dated} months={months} shown={shown} today={today} />
      {overdue.length > 0 && <Versions title={t('plan.overdue')} items={overdue} today={today} />}
      {undated.length > 0 && <Versions title={t('plan.undated')} items={undated} today={today} />}
    </Stack>
  );
}

const isOverdue = ({ kind, to }: PlanItem, today: string): boolean => kind === 'review' && to !== null && to < today;

/** One row per version, with its bar among the months. */
function Timeline({ items, months, shown, today }: PlanProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = barOf({ from: today, to: today }, shown);
  return (
    <Paper withBorder p="md">
      <div className="plan-row plan-head" aria-hidden>
        <span />
        <div className="plan-months">
          {months.map((month) => (
            <Text key={month} size="xs" c="dimmed" truncate>
              {months.length > 3 ? format.shortMonth(month) : format.month(month)}
            </Text>
          ))}
        </div>
      </div>
      {items.length === 0 && (
        <Text size="sm" c="dimmed" py="xl" ta="center">
          {t('plan.nothing')}
        </Text>
      )}
      <Stack component="ul" gap={0} m={0} p={0} style={{ listStyle: 'none' }} aria-label={t('plan.title')}>
        {items.map((item) => {
          const bar = barOf(periodOf(item) ?? shown, shown);
          return (
            <li key={`${item.campaignId} ${item.number}`} className="plan-row">
              <VersionText item={item} today={today} />
              <div className="plan-track" aria-hidden>
                {now !== null && <div className="plan-today" style={{ insetInlineStart: `${now.start}%` }} />}
                {bar !== null && (
                  <div
                    className="plan-bar"
                    data-kind={item.kind}
                    data-stopped={item.isStopped || undefined}
                    style={{ insetInlineStart: `${bar.start}%`, width: `max(${bar.width}%, 8px)` }}
                  />
                )}
              </div>
            </li>
          );
        })}
      </Stack>
    </Paper>
  );
}

interface VersionsProps {
  readonly title: string;
  readonly items: readonly PlanItem[];
  readonly today: string;
}

/** Versions without a day in the shown months. */
function Versions({ title, items, today }: VersionsProps) {
  return (
    <Paper withBorder p="md" component="section" aria-label={title}>
      <Title order={2} size="h4" mb="xs">
        {title}
      </Title>
      <Stack component="ul" gap="sm" m={0} p={0} style={{ listStyle: 'none' }}>
        {items.map((item) => (
          <li key={`${item.campaignId} ${item.number}`}>
            <VersionText item={item} today={today} />
          </li>
        ))}
      </Stack>
    </Paper>
  );
}

/** Title, state, days and audience of a version. */
function VersionText({ item, today }: { readonly item: PlanItem; readonly today: string }) {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const { kind, campaignId, number, title, from, to, by, forEveryone, groups, isStopped } = item;
  const days = {
    from: format.day(from),
    to: to === null ? '' : format.day(to),
    name: by,
  };
  const isLate = isOverdue(item, today);
  return (
    <div style={{ minWidth: 0 }}>
      <Group gap={6} wrap="nowrap">
        <Anchor component={Link} to={`/campaigns/${campaignId}/versions/${number}`} size="sm" fw={500} truncate>
          {localised(title, i18n.language)}
        </Anchor>
        <Badge size="sm" variant="light" color={isLate ? 'red' : COLOURS[kind]} tt="none" style={{ flex: 'none' }}>
          {t(isStopped ? 'plan.kinds.stopped' : `plan.kinds.${kind}`)}
        </Badge>
      </Group>
      <Text size="xs" c={isLate ? 'var(--mantine-color-error)' : 'dimmed'}>
        {t(
          kind !== 'draft' && kind !== 'window' && to === null ? `plan.days.${kind}Undated` : `plan.days.${kind}`,
          days,
        )}
        {kind === 'window' && ` · ${forEveryone ? t('plan.everyone') : groups.join(', ')}`}
      </Text>
    </div>
  );
}
