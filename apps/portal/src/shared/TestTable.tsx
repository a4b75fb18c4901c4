import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { TestResult } from '#contracts';
import { type Column, DataTable } from './DataTable';
import { armLetter, usePoints } from './experiments';
import { useSendTimeText } from './send-time';

/** What both sides see of an arm. */
type Arm = Pick<TestResult['arms'][number], 'arm' | 'time' | 'subject' | 'difference' | 'verdict'>;

interface TestTableProps<Shown extends Arm> {
  readonly label: string;
  readonly of: TestResult['of'];
  readonly arms: readonly Shown[];
  /** Numbers of an arm, between its name and the difference. */
  readonly columns: readonly Column<Shown>[];
  /** Whether there are numbers of an arm, however few. */
  readonly isCounted: (arm: Shown) => boolean;
  /** Whether the table says of each arm that it is too early, where nothing else does. */
  readonly saysOpen: boolean;
}

/** The arms of a test with their numbers, each compared with the first one. */
export function TestTable<Shown extends Arm>(props: TestTableProps<Shown>) {
  const { label, of, arms, columns, isCounted, saysOpen } = props;
  const { t } = useTranslation();
  const armName = useArmName(arms);
  return (
    <DataTable
      label={label}
      items={arms}
      isWhole
      idOf={({ arm }) => arm}
      minWidth={600}
      columns={[
        { key: 'arm', title: t(`experiments.armOf.${of}`), isHeading: true, cell: ({ arm }) => armName(arm) },
        ...columns,
        {
          key: 'difference',
          title: t('experiments.againstFirst'),
          cell: (arm) =>
            arms.indexOf(arm) === 0 || !isCounted(arm) ? '–' : <AgainstFirst arm={arm} saysOpen={saysOpen} />,
        },
      ]}
    />
  );
}

/** The name of one arm by its place among the arms: `A · subject`, or `A · 09:00–11:00` in a test of times. */
export function useArmText() {
  const timeText = useSendTimeText();
  return ({ arm, time, subject }: Pick<Arm, 'arm' | 'time' | 'subject'>, place: number): string =>
    `${armLetter(place)} · ${time === null ? (subject ?? arm) : timeText(time)}`;
}

/** The names of arms by their keys. */
export function useArmName(arms: readonly Pick<Arm, 'arm' | 'time' | 'subject'>[]) {
  const armText = useArmText();
  return (key: string): string => {
    const at = arms.findIndex(({ arm }) => arm === key);
    return armText(arms[at] ?? { arm: key, time: null, subject: null }, Math.max(0, at));
  };
}

/** The difference to the first arm, and what it means once it is read. */
function AgainstFirst({ arm, saysOpen }: { readonly arm: Arm; readonly saysOpen: boolean }) {
  const { t } = useTranslation();
  const { signed } = usePoints();
  const { difference, verdict } = arm;
  if (difference === null) return t('experiments.tooSmall');
  const { estimate, from, to } = difference;
  return (
    <>
      {t('experiments.shortDifference', { points: signed(estimate), from: signed(from), to: signed(to) })}
      {(verdict !== 'open' || saysOpen) && (
        <Text size="xs" c="dimmed">
          {t(`experiments.verdict.clicks.${verdict}`)}
        </Text>
      )}
    </>
  );
}
