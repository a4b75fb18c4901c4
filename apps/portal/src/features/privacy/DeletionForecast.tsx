import { Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { RetentionOutlook } from '#contracts';
import { useFormat } from '../../shared/format';

type Going = RetentionOutlook['atNextRun'];

/**
 * Number of records to delete, as text.
 * If the count was cut off, "at least".
 */
export function useDeletionText() {
  const { t } = useTranslation();
  const format = useFormat();
  const said = (count: number, most: number): string =>
    count >= most ? t('privacy.keep.more', { number: format.number(most) }) : format.number(count);
  return {
    contacts: (count: number, most: number) => t('privacy.keep.contacts', { count, number: said(count, most) }),
    rows: (count: number, most: number) => t('privacy.keep.rows', { count, number: said(count, most) }),
  };
}

/** What the next runs delete, and what the last one deleted. */
export function DeletionForecast({ outlook }: { readonly outlook: RetentionOutlook }) {
  const { t } = useTranslation();
  const format = useFormat();
  const deletionText = useDeletionText();
  const { nextRunAt, atNextRun, withinThirtyDays, most, lastRun } = outlook;
  const inWords = ({ contacts, importRows }: Going): string =>
    contacts + importRows === 0
      ? t('privacy.keep.nothing')
      : t('privacy.keep.goes', {
          contacts: deletionText.contacts(contacts, most),
          rows: deletionText.rows(importRows, most),
        });
  return (
    <Stack gap={4} role="status">
      <Text size="sm">
        <b>{t('privacy.keep.next', { at: format.moment(nextRunAt) })}</b> {inWords(atNextRun)}
      </Text>
      <Text size="sm">
        <b>{t('privacy.keep.soon')}</b> {inWords(withinThirtyDays)}
      </Text>
      <Text size="sm" c="dimmed">
        {lastRun === null
          ? t('privacy.keep.never')
          : t('privacy.keep.last', {
              at: format.moment(lastRun.at),
              contacts: deletionText.contacts(lastRun.contacts, most),
              rows: deletionText.rows(lastRun.importRows, most),
            })}
      </Text>
    </Stack>
  );
}
