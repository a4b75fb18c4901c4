import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { PartnershipEnd } from '#contracts';
import { useFormat } from '../format';

interface PartnershipEndNoteProps {
  readonly end: PartnershipEnd;
  /** The organisation that ends it. */
  readonly who: string;
  /** The membership has ended. */
  readonly isOver: boolean;
}

/** Says who ends a partnership, when, why, and what happens with its campaigns. */
export function PartnershipEndNote({ end, who, isOver }: PartnershipEndNoteProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { byName, reason, lastDay, campaignsLastDay, campaignsEndAt, announcedAt, returnOfferedAt } = end;
  const atOnce = campaignsEndAt <= announcedAt;
  return (
    <div style={{ overflowWrap: 'anywhere' }}>
      <Text size="sm">
        {t(isOver ? 'partnershipEnd.ended' : 'partnershipEnd.announced', {
          // An end of before the name was stored has none.
          who: byName === '' ? who : `${who} (${byName})`,
          day: format.day(lastDay),
        })}{' '}
        {t(atOnce ? 'partnershipEnd.stopped' : 'partnershipEnd.run', { day: format.day(campaignsLastDay) })}
      </Text>
      <Text size="sm" dir="auto">
        {t('partnershipEnd.reason', { reason })}
      </Text>
      {returnOfferedAt !== null && (
        <Text size="sm">{t('partnershipEnd.returnOffered', { day: format.date(returnOfferedAt) })}</Text>
      )}
    </div>
  );
}
