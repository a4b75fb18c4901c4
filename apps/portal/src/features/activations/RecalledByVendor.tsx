import { Alert, Anchor, Stack, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ActivationDetail, ActivationRecallView } from '#contracts';
import { useFormat } from '../../shared/format';
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
  const { t } = useTranslation();
  const format = useFormat();
  const { tactic, asset, mode, replacementNumber, reason, decidedAt, reversedAt, reversalReason, rows } = recall;
  const isOver = reversedAt !== null;
  return (
    <Alert
      color={isOver ? 'blue' : 'red'}
      title={t(isOver ? 'recalls.partner.reversed' : 'recalls.partner.recalled', {
        at: format.day(isOver ? reversedAt : decidedAt),
      })}
    >
      <Stack gap="xs">
        {asset !== null && <Text size="sm">{t('recalls.tactic.asset', { key: asset.title })}</Text>}
        {tactic !== null && <Text size="sm">{t(`recalls.tactic.${tactic.kind}`, { key: tactic.key })}</Text>}
        {!isOver && <Text size="sm">{t(`recalls.partner.modes.${mode}`, { number: replacementNumber ?? 0 })}</Text>}
        <Text size="sm" dir="auto" style={{ overflowWrap: 'anywhere' }}>
          {t('activation.vendorReason', { reason: isOver ? (reversalReason ?? '') : reason })}
        </Text>
        {!isOver && <RecallRows rows={rows} />}
        <Anchor
          size="sm"
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
  const { t } = useTranslation();
  return (
    <WideTable label={t('recalls.report')} minWidth={480}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('recalls.channelOf')}</Table.Th>
            <Table.Th>{t('recalls.contents')}</Table.Th>
            <Table.Th>{t('recalls.outcomeOf')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map(({ channel, itemKey, outcome, waiting }) => (
            <Table.Tr key={`${channel} ${itemKey}`}>
              <Table.Td>{t(`recalls.channel.${channel}`)}</Table.Td>
              <Table.Td>{itemKey}</Table.Td>
              <Table.Td>
                {t(`recalls.outcome.${outcome}`)}
                {waiting !== null && ` · ${t('recalls.partner.waited', { count: waiting })}`}
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
