import { Button, Group, Paper, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { IconBan, IconUpload } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Suppression } from '#contracts';
import { useCan } from '../../shared/session';
import { Confirm } from '../../shared/Confirm';
import { type Column, DataTable } from '../../shared/DataTable';
import { useFormat } from '../../shared/format';
import { ListScreen, useSearch } from '../../shared/ListScreen';
import { ProblemNote } from '../../shared/ProblemNote';
import { createSuppression, deleteSuppression, useSuppressions } from './api';
import { invalidate, queryKeys } from '../../shared/query-keys';

/** Addresses that get no marketing e-mail from this partner, on any list. */
export function SuppressionsScreen() {
  const { t } = useTranslation();
  const canEdit = useCan()('contacts.edit');
  const search = useSearch();
  const { sought } = search;
  const list = useSuppressions(sought);
  const columns = useColumns();
  return (
    <ListScreen
      title={t('suppressions.title')}
      lead={t('suppressions.lead')}
      actions={
        canEdit && (
          <Button
            component={Link}
            to="/suppressions/import"
            variant="default"
            leftSection={<IconUpload size={16} aria-hidden />}
          >
            {t('optOuts.title')}
          </Button>
        )
      }
      above={canEdit && <NewSuppression />}
      search={{ ...search, label: t('suppressions.search') }}
      list={list}
      empty={{ icon: IconBan, title: t('suppressions.none'), text: t('suppressions.noneText') }}
    >
      {(items, isWhole) => (
        <DataTable
          label={t('suppressions.title')}
          items={items}
          isWhole={isWhole}
          idOf={({ id }) => id}
          columns={columns}
          actions={canEdit && ((one) => one.mayRemove && <Removal suppression={one} />)}
        />
      )}
    </ListScreen>
  );
}

function useColumns(): readonly Column<Suppression>[] {
  const { t } = useTranslation();
  const format = useFormat();
  const addressOf = ({ email }: Suppression): string => email ?? t('suppressions.erased');
  const reasonOf = ({ reason }: Suppression): string => t(`suppressions.reason.${reason}`);
  return [
    { key: 'email', title: t('account.email'), isHeading: true, orderBy: addressOf, cell: addressOf },
    { key: 'why', title: t('suppressions.why'), orderBy: reasonOf, cell: reasonOf },
    {
      key: 'since',
      title: t('suppressions.since'),
      orderBy: ({ suppressedAt }) => suppressedAt,
      cell: ({ suppressedAt }) => format.moment(suppressedAt),
    },
  ];
}

function NewSuppression() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const form = useForm({ initialValues: { email: '' } });
  const add = useMutation({
    mutationFn: (body: { email: string }) => createSuppression(body),
    onSuccess: () => {
      form.reset();
      return invalidate(client, queryKeys.suppressions);
    },
  });
  return (
    <Paper withBorder p="lg">
      <form onSubmit={form.onSubmit((values) => add.mutate(values))}>
        <Stack gap="sm">
          <Group align="flex-end">
            <TextInput
              label={t('suppressions.address')}
              required
              style={{ flex: '1 1 240px' }}
              {...form.getInputProps('email')}
            />
            <Button type="submit" loading={add.isPending}>
              {t('suppressions.add')}
            </Button>
          </Group>
          <ProblemNote error={add.error} />
        </Stack>
      </form>
    </Paper>
  );
}

function Removal({ suppression: { id, email } }: { readonly suppression: Suppression }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const remove = useMutation({
    mutationFn: () => deleteSuppression(id),
    onSuccess: () => invalidate(client, queryKeys.suppressions),
  });
  return (
    <Confirm
      label={t('suppressions.remove')}
      question={t('suppressions.removeQuestion')}
      size="xs"
      onConfirm={() => remove.mutateAsync()}
    >
      {t('suppressions.removeText', { email: email ?? '' })}
    </Confirm>
  );
}
