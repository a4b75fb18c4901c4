import { Table } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ActivationDetail } from '#contracts';
import { useFormat } from '../../shared/format';

/** What became of each step, in numbers that add up. */
export function StepTable({ steps }: { readonly steps: ActivationDetail['steps'] }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Table.ScrollContainer minWidth={420}>
      <Table verticalSpacing="sm" style={{ fontVariantNumeric: 'tabular-nums' }}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('activation.step')}</Table.Th>
            <Table.Th ta="right">{t('status.sent')}</Table.Th>
            <Table.Th ta="right">{t('status.pending')}</Table.Th>
            <Table.Th ta="right">{t('status.skipped')}</Table.Th>
            <Table.Th ta="right">{t('status.failed')}</Table.Th>
            <Table.Th ta="right">{t('status.unknown')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {steps.map(({ stepKey, sent, pending, skipped, failed, unknown }, at) => (
            <Table.Tr key={stepKey}>
              <Table.Td>{t('review.step', { number: at + 1 })}</Table.Td>
              <Table.Td ta="right">{format.number(sent)}</Table.Td>
              <Table.Td ta="right">{format.number(pending)}</Table.Td>
              <Table.Td ta="right">{format.number(skipped)}</Table.Td>
              <Table.Td ta="right">{format.number(failed)}</Table.Td>
              <Table.Td ta="right">{format.number(unknown)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
