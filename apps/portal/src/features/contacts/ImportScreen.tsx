import { Button, Group, Paper, Stack } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { ContactImportPreview } from '#contracts';
import { ApiProblem, isNetworkError } from '../../shared/api';
import { useIdempotencyKeys } from '../../shared/idempotency-keys';
import { ListSource, PASTED_NAME } from '../../shared/ListSource';
import { Page } from '../../shared/Page';
import { ProblemNote } from '../../shared/ProblemNote';
import type { ConsentBasis } from '../../shared/contacts/consent';
import { ConsentChoice } from './ConsentChoice';
import { useContactLists } from '../../shared/requests';
import { type Columns, ImportColumns } from './ImportColumns';
import { ImportOptOuts } from './ImportOptOuts';
import type { Reading } from './ImportReading';
import { hasUnclear, type OptOutAnswers, optOutRules } from './opt-out-answers';
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
  const [reading, setReading] = useState<Reading>({});
  // Kept while the file is read again: the user's other answers stay.
  const [found, setFound] = useState<ContactImportPreview | null>(null);
  const preview = useMutation({
    mutationFn: (wanted: { readonly chosen: File; readonly reading: Reading }) =>
      previewImport(readingForm(wanted.chosen, wanted.reading)),
    onSuccess: setFound,
  });
  const read = (chosen: File, next: Reading) => {
    if (chosen !== file) setFound(null);
    setFile(chosen);
    setReading(next);
    preview.mutate({ chosen, reading: next });
  };
  const { encoding = '', sheet = '' } = reading;
  return (
    <Page title={t('import.title')} lead={t('import.lead')}>
      <ListSource file={file} pending={preview.isPending} onFile={(chosen) => read(chosen, {})} />
      <ProblemNote error={preview.error} />
      {file !== null && found !== null && (
        <ImportForm
          file={file}
          preview={found}
          reading={reading}
          onReading={(next) => read(file, { ...reading, ...next })}
          // Other columns come with another encoding or sheet.
          key={`${file.name} ${file.lastModified} ${encoding} ${sheet} ${found.headers.join()}`}
        />
      )}
      {file === null && <RecentImports />}
    </Page>
  );
}

interface ImportFormProps {
  readonly file: File;
  readonly preview: ContactImportPreview;
  readonly reading: Reading;
  readonly onReading: (reading: Reading) => void;
}

function ImportForm({ file, preview, reading, onReading }: ImportFormProps) {
  const { t } = useTranslation();
  const [columns, setColumns] = useState<Columns>(preview.columns);
  const [answers, setAnswers] = useState<OptOutAnswers>({});
  const [chosenTarget, setTarget] = useState<ListTarget>({ listId: '', listName: listNameOf(file) });
  const target = useTargetOf(chosenTarget);
  const [basis, setBasis] = useState<ConsentBasis | null>(null);
  const [evidence, setEvidence] = useState('');
  const start = useStartImport(file);
  const isReady =
    columns.email !== undefined &&
    basis !== null &&
    (target.listId !== NEW_LIST || target.listName.trim() !== '') &&
    !hasUnclear(preview.optOuts, answers);
  return (
    <>
      <ImportColumns preview={preview} columns={columns} onColumns={setColumns} onReading={onReading} />
      <ImportOptOuts columns={preview.optOuts} answers={answers} onAnswers={setAnswers} />
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
              disabled={!isReady}
              onClick={() =>
                start.mutate({
                  columns,
                  basis,
                  evidence,
                  target,
                  reading,
                  optOuts: optOutRules(preview.optOuts, answers),
                })
              }
            >
              {t('import.start')}
            </Button>
          </Group>
        </Stack>
      </Paper>
    </>
  );
}

/** A partner without lists gets one with the name of the file. */
function useTargetOf(target: ListTarget): ListTarget {
  const lists = useContactLists();
  return target.listId === '' && lists.data?.items.length === 0 ? { ...target, listId: NEW_LIST } : target;
}

/** `Customers_2026.xlsx` → `Customers 2026`; nothing for pasted rows. */
const listNameOf = ({ name }: File): string =>
  name === PASTED_NAME
    ? ''
    : name
        .replace(/\.[A-Za-z0-9]{1,5}$/, '')
        .replace(/_/g, ' ')
        .trim()
        .slice(0, 100);

function readingForm(file: File, { encoding, sheet, optOutColumns }: Reading): FormData {
  const form = new FormData();
  form.set('file', file);
  if (encoding !== undefined) form.set('encoding', encoding);
  if (sheet !== undefined) form.set('sheet', sheet);
  if (optOutColumns !== undefined) form.set('optOutColumns', JSON.stringify(optOutColumns));
  return form;
}

interface ImportChoices {
  readonly columns: Columns;
  readonly basis: ConsentBasis | null;
  readonly evidence: string;
  readonly target: ListTarget;
  readonly reading: Reading;
  readonly optOuts: ReturnType<typeof optOutRules>;
}

/** Starts the import, and shows its progress. */
function useStartImport(file: File) {
  const navigate = useNavigate();
  const client = useQueryClient();
  const { keyOf, forget } = useIdempotencyKeys();
  return useMutation({
    mutationFn: (choices: ImportChoices) => {
      const { columns, basis, evidence, target, reading, optOuts } = choices;
      const key = keyOf([columns, basis, evidence, target.listId, target.listName, reading, optOuts]);
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

function formOf(file: File, { columns, basis, evidence, target, reading, optOuts }: ImportChoices): FormData {
  const { encoding, sheet } = reading;
  const form = readingForm(file, {
    ...(encoding !== undefined && { encoding }),
    ...(sheet !== undefined && { sheet }),
  });
  form.set('mapping', JSON.stringify(columns));
  form.set('optOuts', JSON.stringify(optOuts));
  form.set('consentBasis', basis ?? '');
  if (evidence.trim() !== '') form.set('consentEvidence', evidence);
  if (target.listId === NEW_LIST) form.set('listName', target.listName);
  else if (target.listId !== '') form.set('listId', target.listId);
  return form;
}
