import { Anchor, Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconNews, IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { NewsletterCard } from '#contracts';
import { type Column, DataTable } from '../../shared/DataTable';
import { useFormat } from '../../shared/format';
import { ListScreen } from '../../shared/ListScreen';
import { localised } from '../../shared/localised';
import { useCan } from '../../shared/session';
import { useNewsletters } from './api';
import { NewNewsletter } from './NewNewsletter';
import { NewsletterState } from './NewsletterState';

/** A vendor's newsletters to people of its partners. */
export function NewslettersScreen() {
  const { t } = useTranslation();
  const canEdit = useCan()('campaigns.edit');
  const newsletters = useNewsletters();
  const columns = useColumns();
  const [isNew, { open, close }] = useDisclosure(false);
  const create = canEdit && (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={open}>
      {t('newsletters.new')}
    </Button>
  );
  return (
    <ListScreen
      title={t('newsletters.title')}
      lead={t('newsletters.lead')}
      actions={create}
      list={newsletters}
      empty={{ icon: IconNews, title: t('newsletters.none'), text: t('newsletters.noneText') }}
      after={<NewNewsletter opened={isNew} onClose={close} />}
    >
      {(items, isWhole) => (
        <DataTable
          label={t('newsletters.title')}
          items={items}
          isWhole={isWhole}
          idOf={({ id }) => id}
          columns={columns}
          minWidth={640}
        />
      )}
    </ListScreen>
  );
}

function useColumns(): readonly Column<NewsletterCard>[] {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  return [
    {
      key: 'title',
      title: t('newsletters.name'),
      isHeading: true,
      cell: ({ id, title }) => (
        <Anchor component={Link} to={`/newsletters/${id}`}>
          {localised(title, i18n.language)}
        </Anchor>
      ),
    },
    { key: 'state', title: t('newsletters.state'), cell: (one) => <NewsletterState newsletter={one} /> },
    {
      key: 'people',
      title: t('newsletters.people'),
      align: 'end',
      cell: ({ results }) => (results === null ? '–' : format.number(results.people)),
    },
    { key: 'by', title: t('newsletters.by'), cell: ({ createdBy }) => createdBy },
  ];
}
