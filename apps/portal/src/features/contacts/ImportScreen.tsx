import { Button, Group, NativeSelect, Paper, Stack, Text, TextInput, Title } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { ContactImportPreview } from '#contracts';
import { ApiProblem, isNetworkError } from '../../shared/api';
import { useFormat } from '../../shared/format';
import { useIdempotencyKeys } from '../../shared/idempotency-keys';
import { ListSource } from '../../shared/ListSource';
import { Page } from '../../shared/Page';
import { ProblemNote } from '../../shared/ProblemNote';
import { SampleRows } from '../../shared/SampleRows';
import type { ConsentBasis } from '../../shared/contacts/consent';
import { ConsentChoice } from './ConsentChoice';
import { RecentImports } from './RecentImports';
import { useContactLists } from '../../shared/requests';
import { previewImport, startImport } from './api';

const FIELDS = [
  'email',
  'fullName',
  'firstName',
  'lastName',
  'company',
  'country',
  'timeZone',
  'language',
  'industry',
  'persona',
  'stage',
  'segment',
] as const;
type Field = (typeof FIELDS)[number];

/** Lets a partner import contacts from a file or pasted rows: columns, consent, start. */
export function ImportScreen() {
  const { t } = useTranslation();
  const [file, setFile] = useState<File | null>(null);
  const preview = useMutation({
    mutationFn: (chosen: File) => {
      const form = new FormData();
      form.set('file', chosen);
      return previewImport(form);
    },
  });
  const take = (chosen: File) => {
    setFile(chosen);
    preview.mutate(chosen);
  };
  return (
    <Page title={t('import.title')} lead={t('import.lead')}>
      <ListSource file={file} pending={preview.isPending} onFile={take} />
      <ProblemNote error={preview.error} />
      {file !== null && preview.data !== undefined && (
        <ImportForm file={file} preview={preview.data} key={`${file.name} ${file.lastModified}`} />
      )}
      {file === null && <RecentImports />}
    </Page>
  );
}

function ImportForm({ file, preview }: { readonly file: File; readonly preview: ContactImportPreview }) {
  const { t } = useTranslation();
  const format = useFormat();
  const navigate = useNavigate();
  const client = useQueryClient();
  const lists = useContactLists();
  const [columns, setColumns] = useState<Partial<Record<Field, number>>>(preview.columns);
  const [listId, setListId] = useState('');
  const [listName, setListName] = useState('');
  const [basis, setBasis] = useState<ConsentBasis | null>(null);
  const [evidence, setEvidence] = useState('');
  const { keyOf, forget } = useIdempotencyKeys();
  const start = useMutation({
    mutationFn: () => {
      const form = new FormData();
      form.set('file', file);
      form.set('mapping', JSON.stringify(columns));
      form.set('consentBasis', basis ?? '');
      if (evidence.trim() !== '') form.set('consentEvidence', evidence);
      if (listId === 'new') form.set('listName', listName);
      else if (listId !== '') form.set('listId', listId);
      return startImport({ form, headers: { 'Idempotency-Key': keyOf([columns, basis, evidence, listId, listName]) } });
    },
    onSuccess: ({ id }) => {
      for (const key of ['contact-lists', 'contact-imports']) void client.invalidateQueries({ queryKey: [key] });
      void navigate(`/contacts/import/${id}`);
    },
    onError: (error) => {
      // A refused request gets a new idempotency key.
      // After a network error the API may have received it, so the key stays.
      if (error instanceof ApiProblem && !isNetworkError(error)) forget();
    },
  });
  const fieldOf = (column: number) => FIELDS.find((field) => columns[field] === column) ?? '';
  const assign = (column: number, field: string) =>
    setColumns((before) => {
      const kept = Object.entries(before).filter(([name, at]) => at !== column && name !== field);
      return Object.fromEntries(field === '' ? kept : [...kept, [field, column]]);
    });
  return (
    <>
      <Paper withBorder p="lg">
        <Stack>
          <Title order={2} size="h3">
            {t('import.columns')}
          </Title>
          <Text size="sm" c="dimmed">
            {t('import.found', {
              encoding: preview.encoding,
              delimiter: preview.delimiter === '\t' ? '⇥' : preview.delimiter,
            })}
          </Text>
          <SampleRows
            headers={preview.headers}
            rows={preview.rows}
            heading={(column) => (
              <>
                <NativeSelect
                  size="xs"
                  aria-label={t('import.column', { name: preview.headers[column] ?? String(column + 1) })}
                  value={fieldOf(column)}
                  onChange={(event) => assign(column, event.currentTarget.value)}
                  data={[
                    { value: '', label: t('import.leave') },
                    ...FIELDS.map((field) => ({ value: field, label: t(`contact.field.${field}`) })),
                  ]}
                />
                <Text size="xs" c="dimmed" mt={4}>
                  {preview.headers[column]}
                </Text>
              </>
            )}
          />
          {columns.email === undefined && (
            <Text size="sm" c="red">
              {t('import.noEmail')}
            </Text>
          )}
        </Stack>
      </Paper>
      <Paper withBorder p="lg">
        <Stack>
          <ConsentChoice
            label={t('import.basis')}
            basis={basis}
            evidence={evidence}
            onBasis={setBasis}
            onEvidence={setEvidence}
          />
          <NativeSelect
            label={t('import.into')}
            value={listId}
            onChange={(event) => setListId(event.currentTarget.value)}
            data={[
              { value: '', label: t('import.default') },
              ...(lists.data?.items ?? [])
                .filter(({ isDefault }) => !isDefault)
                .map(({ id, name, size }) => ({ value: id, label: `${name} (${format.number(size)})` })),
              { value: 'new', label: t('import.newList') },
            ]}
          />
          {listId === 'new' && (
            <TextInput
              label={t('import.listName')}
              required
              value={listName}
              maxLength={200}
              onChange={(event) => setListName(event.currentTarget.value)}
            />
          )}
          <ProblemNote error={start.error} />
          <Group justify="flex-end">
            <Button
              loading={start.isPending}
              disabled={columns.email === undefined || basis === null || (listId === 'new' && listName.trim() === '')}
              onClick={() => start.mutate()}
            >
              {t('import.start')}
            </Button>
          </Group>
        </Stack>
      </Paper>
    </>
  );
}
