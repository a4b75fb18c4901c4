import { Anchor, Button } from '@mantine/core';
import { IconRocket } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ActivationView } from '#contracts';
import { type Column, DataTable } from '../../shared/DataTable';
import { useFormat } from '../../shared/format';
import { ListScreen } from '../../shared/ListScreen';
import { StatusBadge } from '../../shared/StatusBadge';
import { useReaderTitle } from '../../shared/reader-title';
import { useActivationList } from './api';

/** Lists a partner's activations, newest first. */
export function ActivationsScreen() {
  const { t } = useTranslation();
  const list = useActivationList();
  const columns = useColumns();
  return (
    <ListScreen
      title={t('activations.title')}
      lead={t('activations.lead')}
      list={list}
      empty={{
        icon: IconRocket,
        title: t('activations.none'),
        text: t('activations.noneText'),
        action: (
          <Button component={Link} to="/">
            {t('activations.choose')}
          </Button>
        ),
      }}
    >
      {(items, isWhole) => (
        <DataTable
          label={t('activations.title')}
          items={items}
          isWhole={isWhole}
          idOf={({ id }) => id}
          columns={columns}
        />
      )}
    </ListScreen>
  );
}

function useColumns(): readonly Column<ActivationView>[] {
  const { t } = useTranslation();
  const format = useFormat();
  const readerTitle = useReaderTitle();
  return [
    {
      key: 'campaign',
      title: t('activations.campaign'),
      isHeading: true,
      orderBy: readerTitle,
      cell: (activation) => (
        <Anchor component={Link} to={`/activations/${activation.id}`} fw={600} size="sm">
          {readerTitle(activation)}
        </Anchor>
      ),
    },
    {
      key: 'vendor',
      title: t('activations.vendor'),
      orderBy: ({ vendorName }) => vendorName,
      cell: ({ vendorName }) => vendorName,
    },
    {
      key: 'list',
      title: t('activations.list'),
      orderBy: ({ listName }) => listName,
      cell: ({ listName }) => listName || t('activations.open'),
    },
    {
      key: 'state',
      title: t('activations.state'),
      orderBy: ({ status }) => t(`status.${status}`),
      cell: ({ status, statusReason }) => (
        <StatusBadge status={status} {...(statusReason === 'undone' ? { label: t('activations.undone') } : {})} />
      ),
    },
    {
      key: 'at',
      title: t('activations.at'),
      orderBy: ({ launchedAt }) => launchedAt,
      cell: ({ launchedAt }) => format.moment(launchedAt),
    },
    {
      key: 'by',
      title: t('activations.by'),
      orderBy: ({ launchedBy }) => launchedBy,
      cell: ({ launchedBy }) => launchedBy,
    },
  ];
}
