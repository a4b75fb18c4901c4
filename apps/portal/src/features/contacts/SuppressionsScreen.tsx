import { Button, Group, Paper, Stack, Table, TextInput, VisuallyHidden } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useDebouncedValue } from '@mantine/hooks';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { IconBan, IconSearch, IconUpload } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Suppression } from '#contracts';
import { useMay } from '../../app/session';
import { call } from '../../shared/api';
import { Confirm } from '../../shared/Confirm';
import { Empty } from '../../shared/Empty';
import { useFormat } from '../../shared/format';
import { More } from '../../shared/More';
import { Loaded, Page } from '../../shared/Page';
import { usePages } from '../../shared/pages';
import { ProblemNote } from '../../shared/ProblemNote';

/** Addresses that get no marketing mail from this partner, whatever list they are on. */
export function SuppressionsScreen() {
  const { t } = useTranslation();
  const format = useFormat();
  const may = useMay();
  const client = useQueryClient();
  const [words, setWords] = useState('');
  const [q] = useDebouncedValue(words.trim(), 250);
  const query = new URLSearchParams({ limit: '50', ...(q === '' ? {} : { q }) });
  const list = usePages<Suppression>(['suppressions', q], `/suppressions?${query.toString()}`);
  const form = useForm({ initialValues: { email: '' } });
  const changed = () => client.invalidateQueries({ queryKey: ['suppressions'] });
  const add = useMutation({
    mutationFn: (body: { email: string }) => call<unknown>('POST', '/suppressions', { body }),
    onSuccess: () => {
      form.reset();
      return changed();
    },
  });
  const remove = useMutation({
    mutationFn: (id: string) => call<undefined>('DELETE', `/suppressions/${id}`),
    onSuccess: changed,
  });
  return (
    <Page
      title={t('suppressions.title')}
      lead={t('suppressions.lead')}
      actions={
        may('contacts.edit') && (
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
    >
      {may('contacts.edit') && (
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
      )}
      <TextInput
        label={t('suppressions.search')}
        leftSection={<IconSearch size={16} aria-hidden />}
        value={words}
        maxLength={100}
        onChange={(event) => setWords(event.currentTarget.value)}
        maw={420}
      />
      <Loaded query={list}>
        {(items) =>
          items.length === 0 ? (
            <Empty icon={IconBan} title={t(q === '' ? 'suppressions.none' : 'suppressions.nobody')}>
              {t(q === '' ? 'suppressions.noneText' : 'suppressions.nobodyText')}
            </Empty>
          ) : (
            <Stack>
              <Table.ScrollContainer minWidth={520}>
                <Table verticalSpacing="sm">
                  <Table.Thead>
                    <Table.Tr>
                      <Table.Th>{t('account.email')}</Table.Th>
                      <Table.Th>{t('suppressions.why')}</Table.Th>
                      <Table.Th>{t('suppressions.since')}</Table.Th>
                      <Table.Th>
                        <VisuallyHidden>{t('suppressions.remove')}</VisuallyHidden>
                      </Table.Th>
                    </Table.Tr>
                  </Table.Thead>
                  <Table.Tbody>
                    {items.map(({ id, email, reason, suppressedAt, mayRemove }) => (
                      <Table.Tr key={id}>
                        <Table.Td>{email ?? t('suppressions.erased')}</Table.Td>
                        <Table.Td>{t(`suppressions.reason.${reason}`)}</Table.Td>
                        <Table.Td>{format.moment(suppressedAt)}</Table.Td>
                        <Table.Td ta="right">
                          {mayRemove && may('contacts.edit') && (
                            <Confirm
                              label={t('suppressions.remove')}
                              question={t('suppressions.removeQuestion')}
                              size="xs"
                              pending={remove.isPending}
                              error={remove.error}
                              onConfirm={() => remove.mutateAsync(id)}
                            >
                              {t('suppressions.removeText', { email: email ?? '' })}
                            </Confirm>
                          )}
                        </Table.Td>
                      </Table.Tr>
                    ))}
                  </Table.Tbody>
                </Table>
              </Table.ScrollContainer>
              <More list={list} />
            </Stack>
          )
        }
      </Loaded>
    </Page>
  );
}
