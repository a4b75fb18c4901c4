import { Stack, Table, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { InsightNumbers } from '#contracts';
import { useFormat } from '../../shared/format';

interface BouncesProps {
  readonly numbers: InsightNumbers;
  /** The same by step, each with its name; left out where there are none. */
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
const NAMES = Object.keys(REASONS) as (keyof typeof REASONS)[];

/** What came back, by why: counts that add up to what is called bounced, and what else went wrong. */
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
        <Table.ScrollContainer minWidth={360 + 110 * parts.length}>
          <Table verticalSpacing="sm" maw={560 + 120 * parts.length} style={{ fontVariantNumeric: 'tabular-nums' }}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('bounces.what')}</Table.Th>
                <Table.Th ta="right">{t('bounces.all')}</Table.Th>
                <Table.Th ta="right">{t('results.rate')}</Table.Th>
                {parts.map(({ name }) => (
                  <Table.Th key={name} ta="right">
                    {name}
                  </Table.Th>
                ))}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {met.map((name) => (
                <Table.Tr key={name}>
                  <Table.Td>{t(`bounces.${name}`)}</Table.Td>
                  <Table.Td ta="right">{format.number(REASONS[name](numbers))}</Table.Td>
                  <Table.Td ta="right">
                    {numbers.sent === 0 ? '' : format.share(REASONS[name](numbers) / numbers.sent)}
                  </Table.Td>
                  {parts.map((part) => (
                    <Table.Td key={part.name} ta="right">
                      {format.number(REASONS[name](part.numbers))}
                    </Table.Td>
                  ))}
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </Stack>
  );
}
