import { Button, Group, List, Stack, Text, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { keepPreviousData } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { AttributionTable } from '#contracts';
import { useChannelName } from '../../shared/attribution-channel';
import { CsvLink } from '../../shared/CsvLink';
import { type Column, DataTable } from '../../shared/DataTable';
import { useFormat } from '../../shared/format';
import { LazyOnView } from '../../shared/LazyOnView';
import { formatMoney } from '../../shared/money';
import { Loaded } from '../../shared/Page';
import { useUserLocale } from '../../shared/user-locale';
import { AttributionReports } from './AttributionReports';
import { useAttribution } from './api';

interface AttributionProps {
  /** The chosen period. */
  readonly query: string;
  /** Of its deals, as `moneyState`; null: of the period before, while this one loads. */
  readonly state: string | null;
}

/** Which steps and pages the won deals of a period came from, models beside each other. */
export function Attribution({ query, state }: AttributionProps) {
  const { t } = useTranslation();
  return (
    <Stack component="section" aria-labelledby="attribution">
      <Group justify="space-between">
        <Title order={2} id="attribution">
          {t('attribution.title')}
        </Title>
        <CsvLink path={`/insight/attribution.csv?${query}`} label={t('attribution.csv')} />
      </Group>
      <Text size="sm" c="dimmed" maw={760}>
        {t('attribution.lead')}
      </Text>
      {/* It reads every path of every person: 0.65 s for 140,000 touches, as much as all else on the page. */}
      <LazyOnView height={PLACEHOLDER_HEIGHT} ahead="0px" afterMs={BELOW_MS}>
        <Credits query={query} state={state} />
      </LazyOnView>
    </Stack>
  );
}

const PLACEHOLDER_HEIGHT = 200;
/** What is in view is loaded by then. */
const BELOW_MS = 2_000;

function Credits({ query, state }: AttributionProps) {
  const attribution = useAttribution(query, state ?? '', {
    placeholderData: keepPreviousData,
    enabled: state !== null,
  });
  return (
    <Loaded query={attribution} height={PLACEHOLDER_HEIGHT}>
      {(table) => (
        <Stack>
          <AttributionTables table={table} />
          <AttributionReports table={table} query={query} isOld={attribution.isPlaceholderData} />
        </Stack>
      )}
    </Loaded>
  );
}

type Sums = AttributionTable['currencies'][number];
interface Row {
  readonly key: string;
  readonly campaign: string;
  readonly part: string;
  readonly isTotal: boolean;
  readonly credits: Readonly<Record<AttributionTable['models'][number], number>>;
}

/** One table for each currency. */
export function AttributionTables({ table }: { readonly table: AttributionTable }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (table.currencies.length === 0) return <Text size="sm">{t('attribution.none')}</Text>;
  return (
    <>
      {table.currencies.map((sums) => (
        <CurrencyTable key={sums.currency} sums={sums} models={table.models} />
      ))}
      <Text size="sm" c="dimmed" maw={760}>
        {t('attribution.learnt', {
          converted: format.number(table.paths.converted),
          lost: format.number(table.paths.lost),
          count: table.halfLifeDays,
        })}
      </Text>
      <details>
        <Text component="summary" size="sm" fw={600}>
          {t('attribution.howAll')}
        </Text>
        <List size="sm" mt="xs">
          {table.models.map((model) => (
            <List.Item key={model}>
              {t(`attribution.models.${model}`)}: {t(`attribution.how.${model}`, { count: table.halfLifeDays })}
            </List.Item>
          ))}
        </List>
      </details>
    </>
  );
}

interface CurrencyTableProps {
  readonly sums: Sums;
  readonly models: AttributionTable['models'];
}

function CurrencyTable({ sums, models }: CurrencyTableProps) {
  const { t } = useTranslation();
  const [showsAll, { toggle }] = useDisclosure(false);
  const locale = useUserLocale();
  const channelName = useChannelName();
  const same = (value: number): Row['credits'] =>
    Object.fromEntries(models.map((model) => [model, value])) as Row['credits'];
  const rows: Row[] = sums.rows.map(({ channel, creditsMinor }) => ({
    key: channel.id,
    ...channelName(channel),
    isTotal: false,
    credits: creditsMinor,
  }));
  rows.sort((one, other) => other.credits.linear - one.credits.linear);
  const credited = rows.filter(({ credits }) => models.some((model) => credits[model] !== 0));
  const others = rows.length - credited.length;
  const last: Row[] = [
    {
      key: 'none',
      campaign: t('attribution.noTouchRow'),
      part: '',
      isTotal: false,
      credits: same(sums.uncreditedMinor),
    },
    { key: 'all', campaign: t('attribution.total'), part: '', isTotal: true, credits: same(sums.wonMinor) },
  ];
  const columns: Column<Row>[] = [
    {
      key: 'channel',
      title: t('attribution.channel'),
      isHeading: true,
      // The parts of a campaign stay in the order of credit, as in files of the table.
      orderBy: ({ campaign }) => campaign,
      cell: ({ campaign, part, isTotal }) => (
        <>
          <Text size="sm" fw={isTotal ? 700 : 600}>
            {part === '' ? campaign : part}
          </Text>
          {part !== '' && (
            <Text size="xs" c="dimmed">
              {campaign}
            </Text>
          )}
        </>
      ),
    },
    ...models.map((model): Column<Row> => ({
      key: model,
      title: t(`attribution.models.${model}`),
      align: 'end',
      orderBy: ({ credits }) => credits[model],
      cell: ({ credits, isTotal }) => (
        <Text size="xs" fw={isTotal ? 700 : 400} style={{ whiteSpace: 'nowrap' }}>
          {formatMoney(locale, { minorUnits: credits[model], currency: sums.currency })}
        </Text>
      ),
    })),
  ];
  return (
    <>
      <DataTable
        label={`${t('attribution.title')}, ${sums.currency}`}
        items={showsAll ? rows : credited}
        last={last}
        isWhole
        orderName="credit"
        idOf={({ key }) => key}
        columns={columns}
        minWidth={1080}
        isDense
      />
      {others > 0 && (
        <Group>
          <Button variant="subtle" size="xs" onClick={toggle} aria-expanded={showsAll}>
            {t(showsAll ? 'attribution.hideOthers' : 'attribution.others', { count: others })}
          </Button>
        </Group>
      )}
    </>
  );
}
