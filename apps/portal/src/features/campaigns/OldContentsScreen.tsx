import { Anchor, Text } from '@mantine/core';
import { IconListCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { OldContents } from '#contracts';
import { DataTable } from '../../shared/DataTable';
import { Empty } from '../../shared/Empty';
import { useFormat } from '../../shared/format';
import { localised } from '../../shared/localised';
import { Loaded, Page } from '../../shared/Page';
import { useOldContents } from './api';

type Old = OldContents['items'][number];

/** What a vendor's team should look at again, and how many partners still use it. */
export function OldContentsScreen() {
  const { t } = useTranslation();
  const contents = useOldContents();
  return (
    <Page title={t('oldContents.title')} lead={t('oldContents.lead')}>
      <Loaded query={contents} height={320}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty icon={IconListCheck} title={t('oldContents.none')}>
              {t('oldContents.noneText')}
            </Empty>
          ) : (
            <OldTable items={items} />
          )
        }
      </Loaded>
    </Page>
  );
}

function OldTable({ items }: { readonly items: readonly Old[] }) {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const day = (given: string | null) => (given === null ? '' : format.day(given));
  return (
    <DataTable
      label={t('oldContents.title')}
      items={items}
      isWhole
      idOf={({ id }) => id}
      minWidth={640}
      columns={[
        {
          key: 'title',
          title: t('oldContents.content'),
          isHeading: true,
          cell: ({ kind, id, title }) => (
            <>
              <Anchor component={Link} to={kind === 'campaign' ? `/campaigns/${id}` : '/asset-library'}>
                {localised(title, i18n.language)}
              </Anchor>
              <Text size="sm" c="dimmed">
                {t(`oldContents.kind.${kind}`)}
              </Text>
            </>
          ),
        },
        {
          key: 'review',
          title: t('oldContents.reviewOn'),
          orderBy: ({ reviewOn }) => reviewOn ?? '9999',
          cell: ({ reviewOn }) => day(reviewOn),
        },
        {
          key: 'end',
          title: t('oldContents.expiresOn'),
          orderBy: ({ expiresOn }) => expiresOn ?? '9999',
          cell: ({ expiresOn }) => day(expiresOn),
        },
        {
          key: 'partners',
          title: t('oldContents.partners'),
          orderBy: ({ partners }) => partners,
          cell: ({ partners }) => format.number(partners),
        },
        { key: 'by', title: t('oldContents.by'), cell: ({ by }) => by },
      ]}
    />
  );
}
