import { Button, Group, Paper, Stack } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { ContactImportPreview } from '#contracts';
import { ApiProblem, isNetworkError } from '../../shared/api';
import { useIdempotencyKeys } from '../../shared/idempotency-keys';
import { ListSource } from '../../shared/ListSource';
import { Page } from '../../shared/Page';
import { ProblemNote } from '../../shared/ProblemNote';
import type { ConsentBasis } from '../../shared/contacts/consent';
import { ConsentChoice } from './ConsentChoice';
import { type Columns, ImportColumns } from './ImportColumns';
import { ImportTarget, type ListTarget, NEW_LIST } from './ImportTarget';
import { RecentImports } from './RecentImports';
import { previewImport, startImport, contactKeys } from './api';
import { invalidate, queryKeys } from '../../shared/query-keys';

/**
 * Lets a partner import contacts from a file or pasted rows: columns, consent,
 * start.
 */
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
  const previewFile = (chosen: File) => {
    setFile(chosen);
    preview.mutate(chosen);
  };
  return (
    <Page title={t('import.title')} lead={t('import.lead')}>
      <ListSource file={file} pending={preview.isPending} onFile={previewFile} />
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
  const [columns, setColumns] = useState<Columns>(preview.columns);
  const [target, setTarget] = useState<ListTarget>({ listId: '', listName: '' });
  const { listId, listName } = target;
  const [basis, setBasis] = useState<ConsentBasis | null>(null);
  const [evidence, setEvidence] = useState('');
  const start = useStartImport(file);
  return (
    <>
      <ImportColumns preview={preview} columns={columns} onColumns={setColumns} />
      <Paper withBorder p="lg">
        <Stack>
          <ConsentChoice
            label={t('import.basis')}
            basis={basis}
            evidence={evidence}
            onBasis={setBasis}
            onEvidence={setEvidence}
          />
          <ImportTarget target={target} onTarget={setTarget} />
          <ProblemNote error={start.error} />
          <Group justify="flex-end">
            <Button
              loading={start.isPending}
              disabled={
                columns.email === undefined || basis === null || (listId === NEW_LIST && listName.trim() === '')
              }
              onClick={() => start.mutate({ columns, basis, evidence, target })}
            >
              {t('import.start')}
            </Button>
          </Group>
        </Stack>
      </Paper>
    </>
  );
}

interface ImportChoices {
  readonly columns: Columns;
  readonly basis: ConsentBasis | null;
  readonly evidence: string;
  readonly target: ListTarget;
}

/** Starts the import, and shows its progress. */
function useStartImport(file: File) {
  const navigate = useNavigate();
  const client = useQueryClient();
  const { keyOf, forget } = useIdempotencyKeys();
  return useMutation({
    mutationFn: (choices: ImportChoices) => {
      const { columns, basis, evidence, target } = choices;
      const key = keyOf([columns, basis, evidence, target.listId, target.listName]);
      return startImport({ form: formOf(file, choices), headers: { 'Idempotency-Key': key } });
    },
    onSuccess: ({ id }) => {
      void invalidate(client, queryKeys.contactLists, contactKeys.imports);
      void navigate(`/contacts/import/${id}`);
    },
    onError: (error) => {
      // A refused request gets a new idempotency key.
      // After a network error the API may have received it, so the key stays.
      if (error instanceof ApiProblem && !isNetworkError(error)) forget();
    },
  });
}

function formOf(file: File, { columns, basis, evidence, target: { listId, listName } }: ImportChoices): FormData {
  const form = new FormData();
  form.set('file', file);
  form.set('mapping', JSON.stringify(columns));
  form.set('consentBasis', basis ?? '');
  if (evidence.trim() !== '') form.set('consentEvidence', evidence);
  if (listId === NEW_LIST) form.set('listName', listName);
  else if (listId !== '') form.set('listId', listId);
  return form;
}
