import { Anchor, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { TierChange } from '#contracts';
import { type Column, DataTable } from '../../../shared/DataTable';
import { useFormat } from '../../../shared/format';
import { LoadMore } from '../../../shared/LoadMore';
import { Loaded } from '../../../shared/Page';
import { TierChangeReason } from '../../../shared/partner-tiers/TierChangeReason';
import { useTierChanges } from './api';

/** Changes of all partners, the newest first. */
export function TierHistory() {
  const { t } = useTranslation();
  const format = useFormat();
  const changes = useTierChanges();
  const columns: readonly Column<TierChange>[] = [
    {
      key: 'partner',
      title: t('tiers.partner'),
      isHeading: true,
      cell: ({ partnerId, partnerName }) => (
        <Anchor component={Link} to={`/partners/${partnerId}`} size="sm" fw={600}>
          {partnerName}
        </Anchor>
      ),
    },
    { key: 'move', title: t('tiers.change'), cell: ({ from, to }) => t('tiers.fromTo', { from, to }) },
    { key: 'at', title: t('tiers.when'), cell: ({ at }) => format.moment(at) },
    { key: 'why', title: t('tiers.why'), cell: (change) => <TierChangeReason change={change} /> },
  ];
  return (
    <Loaded query={changes} height={160}>
      {(items) =>
        items.length === 0 ? (
          <Text size="sm">{t('tiers.noHistory')}</Text>
        ) : (
          <>
            <DataTable label={t('tiers.history')} items={items} idOf={({ id }) => id} columns={columns} />
            <LoadMore list={changes} />
          </>
        )
      }
    </Loaded>
  );
}
