import { Anchor, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { z } from 'zod';
import type { ComingDrops } from '#contracts';
import { type Column, DataTable } from '../../../shared/DataTable';
import { useFormat } from '../../../shared/format';
import { Loaded } from '../../../shared/Page';
import { RequirementList } from '../../../shared/partner-tiers/RequirementList';
import { useTierDrops } from './api';

type Drop = z.output<typeof ComingDrops>['items'][number];

/** Partners that keep their tier for the grace period, the first to drop first. */
export function ComingDropsTable() {
  const { t } = useTranslation();
  const format = useFormat();
  const drops = useTierDrops();
  const columns: readonly Column<Drop>[] = [
    {
      key: 'partner',
      title: t('tiers.partner'),
      isHeading: true,
      orderBy: ({ partnerName }) => partnerName,
      cell: ({ partnerId, partnerName }) => (
        <Anchor component={Link} to={`/partners/${partnerId}`} size="sm" fw={600}>
          {partnerName}
        </Anchor>
      ),
    },
    { key: 'move', title: t('tiers.change'), cell: ({ from, to }) => t('tiers.fromTo', { from, to }) },
    {
      key: 'on',
      title: t('tiers.dropsOn'),
      orderBy: ({ dropsOn }) => dropsOn,
      cell: ({ dropsOn }) => format.date(dropsOn),
    },
    {
      key: 'missing',
      title: t('tiers.missing'),
      cell: ({ requirements }) => <RequirementList requirements={requirements} isMissingOnly />,
    },
  ];
  return (
    <Loaded query={drops} height={120}>
      {({ items }) =>
        items.length === 0 ? (
          <Text size="sm">{t('tiers.noDrops')}</Text>
        ) : (
          <DataTable
            label={t('tiers.drops')}
            items={items}
            isWhole
            idOf={({ partnerId }) => partnerId}
            columns={columns}
            maxHeight={420}
          />
        )
      }
    </Loaded>
  );
}
