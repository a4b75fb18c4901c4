import { Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { InsightNumbers } from '#contracts';
import { DataTable } from '../../shared/DataTable';
import { useFormat } from '../../shared/format';
import { numberColumn } from './number-column';

interface BouncesProps {
  readonly numbers: InsightNumbers;
  /** The same numbers by step; undefined without steps. */
  readonly parts?: readonly { readonly name: string; readonly numbers: InsightNumbers }[];
}

const REASONS = {
  hard: ({ bounced }) => bounced.hard,
  soft: ({ bounced }) => bounced.soft,
  block: ({ bounced }) => bounced.block,
  unknown: ({ bounced }) => bounced.unknown,
  complained: ({ complained }) => complained,
  failed: ({ failed }) => failed,
} as const satisfies Record<string, (numbers: InsightNumbers) => number>;
type Reason = keyof typeof REASONS;
const NAMES = Object.keys(REASONS) as Reason[];

/** Bounces by reason, which add up to the bounced total, and other failures. */
export function Bounces({ numbers, parts = [] }: BouncesProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const met = NAMES.filter((name) => REASONS[name](numbers) > 0);
  return (
    <Stack component="section" aria-labelledby="bounces" gap="xs">
      <Title order={2} id="bounces">
        {t('bounces.title')}
      </Title>
      <Text size="sm" c="dimmed">
        {t(met.length === 0 ? 'bounces.none' : 'bounces.lead')}
      </Text>
      {met.length > 0 && (
        <DataTable
          label={t('bounces.title')}
          items={met}
          isWhole
          orderName="bounceSort"
          idOf={(name) => name}
          minWidth={360 + 110 * parts.length}
          columns={[
            { key: 'what', title: t('bounces.what'), isHeading: true, cell: (name) => t(`bounces.${name}`) },
            numberColumn<Reason>('all', t('bounces.all'), (name) => REASONS[name](numbers), format.number),
            numberColumn<Reason>(
              'rate',
              t('results.rate'),
              (name) => (numbers.sent === 0 ? null : REASONS[name](numbers) / numbers.sent),
              format.share,
            ),
            ...parts.map((part) =>
              numberColumn<Reason>(part.name, part.name, (name) => REASONS[name](part.numbers), format.number),
            ),
          ]}
        />
      )}
    </Stack>
  );
}
