import { Anchor, Badge, Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useFormat } from '../format';
import { localised } from '../localised';
import type { Mark, NumberedMarks } from './chart-marks';

interface MarkListProps {
  /** Older events of the period that are not in the chart. */
  readonly leftOut: number;
  readonly groups: readonly NumberedMarks[];
  /** Events that have no line in the chart. */
  readonly outside?: readonly Mark[];
  /** Whether the campaign is named: where a chart is of several. */
  readonly named: boolean;
  /** Where a campaign is shown. */
  readonly linkTo: (campaignId: string) => string;
}

/** What the numbered lines of a chart are, in words. */
export function MarkList({ groups, outside = [], leftOut, named, linkTo }: MarkListProps) {
  const { t } = useTranslation();
  const format = useFormat();
  if (groups.length + outside.length === 0) return null;
  const textOf = (mark: Mark) => (
    <MarkText
      key={`${mark.on} ${mark.kind} ${mark.campaignId} ${mark.number}`}
      mark={mark}
      to={named ? linkTo(mark.campaignId) : null}
    />
  );
  return (
    <Stack gap="xs">
      <Stack component="ul" gap={4} m={0} p={0} style={{ listStyle: 'none' }} aria-label={t('marks.title')}>
        {groups.map(({ number, marks }) => (
          <Group key={number} component="li" gap="xs" wrap="nowrap" align="flex-start">
            <Badge variant="default" size="sm" circle aria-hidden style={{ flexShrink: 0 }}>
              {number}
            </Badge>
            <Stack gap={2} style={{ minWidth: 0 }}>
              {marks.map(textOf)}
            </Stack>
          </Group>
        ))}
        {outside.length > 0 && (
          <Stack component="li" gap={2}>
            <Text size="sm" fw={600}>
              {t('marks.outside')}
            </Text>
            {outside.map(textOf)}
          </Stack>
        )}
      </Stack>
      {leftOut > 0 && (
        <Text size="sm" c="dimmed">
          {t('marks.leftOut', { count: leftOut, number: format.number(leftOut) })}
        </Text>
      )}
    </Stack>
  );
}

function MarkText({ mark, to }: { readonly mark: Mark; readonly to: string | null }) {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const { on, kind, number, partners, title } = mark;
  const what =
    partners !== null
      ? t('marks.launchesOfWeek', { count: partners })
      : number === null
        ? t(`marks.kinds.${kind}`)
        : t(`marks.versions.${kind}`, { number });
  return (
    <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
      <Text span c="dimmed" size="sm">
        {format.day(on)}:{' '}
      </Text>
      {what}
      {to !== null && (
        <>
          {' · '}
          <Anchor component={Link} to={to} size="sm" underline="always">
            {localised(title, i18n.language)}
          </Anchor>
        </>
      )}
    </Text>
  );
}
