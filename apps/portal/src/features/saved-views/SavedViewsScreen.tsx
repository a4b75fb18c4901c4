import { Anchor, Button, Group, Stack, Switch, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation } from '@tanstack/react-query';
import { IconBookmark } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { SavedViewItem } from '#contracts';
import { Confirm } from '../../shared/Confirm';
import { type Column, DataTable } from '../../shared/DataTable';
import { Empty } from '../../shared/Empty';
import { useFormat } from '../../shared/format';
import { Loaded, Page } from '../../shared/Page';
import { ProblemNote } from '../../shared/ProblemNote';
import { useSavedViews, useViewChanges } from '../../shared/saved-views';
import { viewPath } from '../../shared/SavedViewsMenu';
import { MailDialog } from './MailDialog';

/** A person's saved views, those of colleagues, and when they come by e-mail. */
export function SavedViewsScreen() {
  const { t } = useTranslation();
  const views = useSavedViews();
  return (
    <Page title={t('savedViews.title')} lead={t('savedViews.lead')}>
      <Loaded query={views} height={280}>
        {({ items, timeZone }) =>
          items.length === 0 ? (
            <Empty icon={IconBookmark} title={t('savedViews.none')}>
              {t('savedViews.noneText')}
            </Empty>
          ) : (
            <ViewTable views={items} timeZone={timeZone} />
          )
        }
      </Loaded>
    </Page>
  );
}

interface ViewTableProps {
  readonly views: readonly SavedViewItem[];
  readonly timeZone: string;
}

function ViewTable({ views, timeZone }: ViewTableProps) {
  const { t } = useTranslation();
  const columns = useColumns(timeZone);
  return (
    <DataTable
      label={t('savedViews.title')}
      items={views}
      isWhole
      idOf={({ id }) => id}
      columns={columns}
      minWidth={760}
      actions={(view) => <Actions view={view} timeZone={timeZone} />}
    />
  );
}

function useColumns(timeZone: string): readonly Column<SavedViewItem>[] {
  const { t } = useTranslation();
  const format = useFormat();
  return [
    {
      key: 'name',
      title: t('savedViews.name'),
      isHeading: true,
      orderBy: ({ name }) => name,
      cell: (view) => (
        <>
          <Anchor component={Link} to={viewPath(view)} size="sm" fw={600} style={{ overflowWrap: 'anywhere' }}>
            {view.name}
          </Anchor>
          {!view.isOwn && (
            <Text size="xs" c="dimmed">
              {t('savedViews.by', { name: view.ownerName })}
            </Text>
          )}
        </>
      ),
    },
    {
      key: 'screen',
      title: t('savedViews.screen'),
      orderBy: ({ screen }) => t(`savedViews.screens.${screen}`),
      cell: ({ screen }) => t(`savedViews.screens.${screen}`),
    },
    { key: 'shared', title: t('savedViews.team'), cell: (view) => <ShareSwitch view={view} /> },
    {
      key: 'mail',
      title: t('savedViews.email'),
      cell: ({ mail, tables }) => (
        <Text size="sm" {...(mail === null ? { c: 'dimmed' } : {})}>
          {mail === null
            ? t(tables.length > 0 ? 'savedViews.notSent' : 'savedViews.cannotBeSent')
            : t('savedViews.next', {
                table: t(`savedViews.tables.${mail.table}`),
                format: mail.format.toUpperCase(),
                rhythm: t(`savedViews.rhythms.${mail.rhythm}`),
                moment: format.moment(mail.nextAt, timeZone),
              })}
        </Text>
      ),
    },
  ];
}

function ShareSwitch({ view: { id, name, isShared, isOwn } }: { readonly view: SavedViewItem }) {
  const { t } = useTranslation();
  const { change } = useViewChanges();
  const share = useMutation({ mutationFn: (next: boolean) => change(id, { isShared: next }) });
  if (!isOwn) return t('savedViews.shared');
  return (
    <>
      <Switch
        aria-label={t('savedViews.shareOne', { name })}
        checked={isShared}
        disabled={share.isPending}
        onChange={({ currentTarget }) => share.mutate(currentTarget.checked)}
      />
      <ProblemNote error={share.error} />
    </>
  );
}

interface ActionsProps {
  readonly view: SavedViewItem;
  readonly timeZone: string;
}

function Actions({ view, timeZone }: ActionsProps) {
  const { t } = useTranslation();
  const [scheduling, { open, close }] = useDisclosure(false);
  const changes = useViewChanges();
  const { id, name, isOwn, isShared, tables } = view;
  return (
    <Stack gap={6} align="flex-end">
      {tables.length > 0 && (
        <>
          <Button size="xs" variant="default" onClick={open} aria-label={t('savedViews.scheduleOne', { name })}>
            {t('savedViews.schedule')}
          </Button>
          <Group gap={6}>
            {(['csv', 'pdf'] as const).map((format) => (
              <Button
                key={format}
                component="a"
                href={`/api/v1/saved-views/${id}/file?format=${format}`}
                download
                size="xs"
                variant="subtle"
                aria-label={t('savedViews.downloadOne', { name, format: format.toUpperCase() })}
              >
                {format.toUpperCase()}
              </Button>
            ))}
          </Group>
          <MailDialog view={view} timeZone={timeZone} opened={scheduling} onClose={close} />
        </>
      )}
      {isOwn && (
        <Confirm
          label={t('savedViews.deleteOne', { name })}
          shortLabel={t('savedViews.delete')}
          question={t('savedViews.deleteQuestion', { name })}
          onConfirm={() => changes.delete(id)}
          quiet
          size="xs"
        >
          {t(isShared ? 'savedViews.deleteShared' : 'savedViews.deleteText')}
        </Confirm>
      )}
    </Stack>
  );
}
