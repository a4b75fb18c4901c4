import { Alert, Anchor, Stack, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type ActivationDetail, type ActivationRecallView, RECALL_CHANNELS } from '#contracts';
import { useFormat } from '../../shared/format';
import { localised } from '../../shared/localised';
import { WideTable } from '../../shared/WideTable';
import { useActivationRecalls } from './api';

/** Tells a partner what its vendor has recalled of a campaign, what became of it, and what is left to do. */
export function RecalledByVendor({ activation: { id } }: { readonly activation: ActivationDetail }) {
  const items = useActivationRecalls(id).data?.items ?? [];
  return items.map((recall) => <RecallNote key={recall.id} activationId={id} recall={recall} />);
}

interface RecallNoteProps {
  readonly activationId: string;
  readonly recall: ActivationRecallView;
}

function RecallNote({ activationId, recall }: RecallNoteProps) {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const {
    versionNumber,
    locale,
    tactic,
    asset,
    mode,
    replacementNumber,
    reason,
    decidedAt,
    reversedAt,
    reversalReason,
    rows,
  } = recall;
  const isOver = reversedAt !== null;
  const scope = [
    ...(versionNumber === null ? [] : [t('campaigns.version', { number: versionNumber })]),
    ...(locale === null ? [] : [new Intl.DisplayNames(i18n.language, { type: 'language' }).of(locale) ?? locale]),
    ...(versionNumber === null && locale === null && tactic === null && asset === null
      ? [t('recalls.allContents')]
      : []),
  ];
  return (
    <Alert
      color={isOver ? 'blue' : 'red'}
      title={t(isOver ? 'recalls.partner.reversed' : 'recalls.partner.recalled', {
        at: format.day(isOver ? reversedAt : decidedAt),
      })}
    >
      <Stack gap="xs">
        {scope.length > 0 && <Text size="sm">{scope.join(' · ')}</Text>}
        {asset !== null && <Text size="sm">{t('recalls.tactic.asset', { key: asset.title })}</Text>}
        {tactic !== null && (
          <Text size="sm">
            {t(`recalls.tactic.${tactic.kind}`, { key: localised(tactic.name, i18n.language) || tactic.key })}
          </Text>
        )}
        {!isOver && <Text size="sm">{t(`recalls.partner.modes.${mode}`, { number: replacementNumber ?? 0 })}</Text>}
        <Text size="sm" dir="auto" style={{ overflowWrap: 'anywhere' }}>
          {t('activation.vendorReason', { reason: isOver ? (reversalReason ?? '') : reason })}
        </Text>
        {!isOver && <RecallRows rows={rows} />}
        <Anchor
          size="sm"
          c="inherit"
          underline="always"
          href={`/api/v1/activations/${activationId}/recalls/${recall.id}/report.json`}
          download="recall-report.json"
        >
          {t('recalls.json')}
        </Anchor>
      </Stack>
    </Alert>
  );
}

function RecallRows({ rows }: Pick<ActivationRecallView, 'rows'>) {
  const { t, i18n } = useTranslation();
  return (
    <WideTable label={t('recalls.report')} minWidth={480}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th miw={150}>{t('recalls.channelOf')}</Table.Th>
            <Table.Th miw={140}>{t('recalls.contents')}</Table.Th>
            <Table.Th>{t('recalls.outcomeOf')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {byChannel(rows).map(({ channel, outcome, items }) => (
            <Table.Tr key={`${channel} ${outcome}`}>
              <Table.Td>{t(`recalls.channel.${channel}`)}</Table.Td>
              <Table.Td>
                {items.map(({ itemKey, name, waiting }) => (
                  <div key={itemKey}>
                    {localised(name, i18n.language) || itemKey}
                    {waiting !== null && ` · ${t('recalls.partner.waited', { count: waiting })}`}
                  </div>
                ))}
              </Table.Td>
              <Table.Td>
                {t(`recalls.outcome.${outcome}`)}
                {outcome === 'cannot' && (channel === 'inbox' || channel === 'published-post') && (
                  <Text size="sm">{t(`recalls.cannot.${channel}`)}</Text>
                )}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </WideTable>
  );
}

type Row = ActivationRecallView['rows'][number];

/** Contents with the same result on a channel, in one line. E-mails come first, then pages, files and posts. */
function byChannel(rows: readonly Row[]): (Pick<Row, 'channel' | 'outcome'> & { readonly items: readonly Row[] })[] {
  const lines = new Map<string, Row[]>();
  for (const row of rows) {
    const key = `${row.channel} ${row.outcome}`;
    lines.set(key, [...(lines.get(key) ?? []), row]);
  }
  return [...lines.values()]
    .flatMap((items) => items.slice(0, 1).map(({ channel, outcome }) => ({ channel, outcome, items })))
    .sort((one, other) => RECALL_CHANNELS.indexOf(one.channel) - RECALL_CHANNELS.indexOf(other.channel));
}
