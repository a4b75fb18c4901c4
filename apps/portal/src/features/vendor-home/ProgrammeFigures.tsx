import { Anchor, Group, Paper, SimpleGrid, Stack, Text, Title, VisuallyHidden } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ProgrammeFigure, ReleasedFigure, VendorHome, WonFigure } from '#contracts';
import { useFormat } from '../../shared/format';
import { formatMoney, useAmountText } from '../../shared/money';
import { useCan } from '../../shared/session';
import { useUserLocale } from '../../shared/user-locale';
import { Sparkline } from './Sparkline';

/** Where a figure is explained. */
const PLACES: Readonly<Record<FigureName, string>> = {
  partners: '/partners',
  partnersRunning: '/partner-activity',
  campaignsRunning: '/campaigns',
  sent: '/campaign-results',
  clicked: '/campaign-results',
  leads: '/campaign-results',
  won: '/campaign-results#returns',
};

type FigureName = ProgrammeFigure['name'] | ReleasedFigure['name'] | 'won';

/** How the programme does: six figures, compared with four weeks earlier. */
export function ProgrammeFigures({ home }: { readonly home: VendorHome }) {
  const { t } = useTranslation();
  const format = useFormat();
  const can = useCan();
  const { figures, won, released, asOf } = home;
  return (
    <Stack component="section" gap="sm" aria-labelledby="programme-figures">
      <Group justify="space-between">
        <Title order={2} id="programme-figures">
          {t('vendorHome.figures.title')}
        </Title>
        <Group gap="md">
          <Anchor component={Link} to="/partner-activity" size="sm">
            {t('programmeActivity.title')}
          </Anchor>
          {can('vendor-costs.read') && (
            <Anchor component={Link} to="/costs" size="sm">
              {t('vendorHome.figures.costs')}
            </Anchor>
          )}
          {can('vendor-insight.read') && (
            <Anchor component={Link} to="/campaign-results" size="sm">
              {t('vendorHome.figures.results')}
            </Anchor>
          )}
        </Group>
      </Group>
      <SimpleGrid cols={{ base: 2, md: 3 }} spacing={{ base: 'xs', sm: 'md' }} component="dl" m={0}>
        {won !== null && <WonCard figure={won} />}
        {figures.map((figure) => (
          <FigureCard
            key={figure.name}
            {...figure}
            note={t('vendorHome.figures.now', { moment: format.moment(asOf) })}
          />
        ))}
        {released.map((figure) => (
          <ReleasedCard key={figure.name} figure={figure} />
        ))}
      </SimpleGrid>
      {released.length > 0 && (
        <Text size="sm" c="dimmed">
          {t('vendorHome.figures.released')}
        </Text>
      )}
    </Stack>
  );
}

/** What partners won since the start: exact of those that show it, and in sums of the others. */
function WonCard({ figure }: { readonly figure: WonFigure }) {
  const { t } = useTranslation();
  const format = useFormat();
  const locale = useUserLocale();
  const amountText = useAmountText();
  const { amounts, showing, until, before, points } = figure;
  const [amount, ...others] = amounts;
  const single = others.length === 0 ? amount : undefined;
  const sums =
    until === null ? t('vendorHome.figures.noSums') : t('vendorHome.figures.sums', { day: format.day(until) });
  return (
    <FigureCard
      name="won"
      value={single?.minorUnits ?? null}
      untold={amounts.length === 0 ? null : amountText(amounts)}
      before={before}
      points={points.map(({ on, minorUnits }) => ({ on, value: minorUnits }))}
      note={`${t('vendorHome.figures.showing', { count: showing })} ${sums}`}
      {...(single === undefined
        ? {}
        : { textOf: (minorUnits: number) => formatMoney(locale, { ...single, minorUnits }) })}
    />
  );
}

function ReleasedCard({ figure }: { readonly figure: ReleasedFigure }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { value, margin, smallest, asOf } = figure;
  const number = (of: number | null): string => (of === null ? '' : format.number(of));
  const note =
    asOf === null || margin === null
      ? t('vendorHome.figures.waiting')
      : t(value === null ? 'vendorHome.figures.below' : 'vendorHome.figures.within', {
          margin: number(margin),
          day: format.day(asOf),
        });
  const fewer = smallest === null ? null : t('vendorHome.figures.fewer', { smallest: format.number(smallest) });
  return <FigureCard {...figure} untold={fewer} note={note} />;
}

interface FigureCardProps {
  readonly name: FigureName;
  readonly value: number | null;
  /** Shown without a value; null, absent: it is not known yet. */
  readonly untold?: string | null;
  readonly before: number | null;
  readonly points: readonly { readonly on: string; readonly value: number | null }[];
  /** Of what time it is, and how exact. */
  readonly note: string;
  /** Absent: it is a count. */
  readonly textOf?: (value: number) => string;
}

function FigureCard({ name, value, untold = null, before, points, note, textOf }: FigureCardProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const numberText = textOf ?? format.number;
  const change = value === null || before === null ? null : value - before;
  return (
    <Paper withBorder p="md">
      <Text component="dt" size="sm" c="dimmed">
        <Anchor component={Link} to={PLACES[name]} inherit>
          {t(`vendorHome.figures.names.${name}`)}
        </Anchor>
      </Text>
      <Text
        component="dd"
        m={0}
        fz={value === null ? 'md' : textOf === undefined ? 28 : { base: 'md', xs: 28 }}
        fw={650}
        lh={1.3}
      >
        {value === null ? (untold ?? t('vendorHome.figures.notTold')) : numberText(value)}
      </Text>
      <Text component="dd" m={0} size="sm" mih={22}>
        {change !== null &&
          (change === 0
            ? t('vendorHome.figures.same')
            : t('vendorHome.figures.change', {
                change:
                  textOf === undefined ? format.signedNumber(change) : `${change > 0 ? '+' : ''}${textOf(change)}`,
              }))}
      </Text>
      <dd style={{ margin: '4px 0' }}>
        <Sparkline values={points.map((point) => point.value)} />
        <VisuallyHidden>
          <Course name={name} points={points} numberText={numberText} />
        </VisuallyHidden>
      </dd>
      <Text component="dd" m={0} size="xs" c="dimmed">
        {note}
      </Text>
    </Paper>
  );
}

/** The numbers of the line, for screen readers. */
function Course({
  name,
  points,
  numberText,
}: Pick<FigureCardProps, 'name' | 'points'> & { readonly numberText: (value: number) => string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const title = t(`vendorHome.figures.names.${name}`);
  return (
    <table>
      <caption>{title}</caption>
      <thead>
        <tr>
          <th scope="col">{t('results.day')}</th>
          <th scope="col">{title}</th>
        </tr>
      </thead>
      <tbody>
        {points.map(({ on, value }) => (
          <tr key={on}>
            <th scope="row">{format.day(on)}</th>
            <td>{value === null ? t('vendorHome.figures.notTold') : numberText(value)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
