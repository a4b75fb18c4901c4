import { Alert, NativeSelect, Paper, Stack, Text, Title } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OptOutPreview } from '#contracts';
import { Confirm } from '../../shared/Confirm';
import { useFormat } from '../../shared/format';
import { ListSource } from '../../shared/ListSource';
import { ProblemNote } from '../../shared/ProblemNote';
import { SampleRows, columnCountOf } from '../../shared/SampleRows';
import { OptOutsSummary } from './OptOutsSummary';
import { UnreadableRows } from './UnreadableRows';
import { importOptOuts, previewOptOuts } from './api';

interface OptOutListProps {
  /** `/suppressions/import`, or the vendor's route. */
  readonly path: string;
  /** Effect of the import, for the confirmation. */
  readonly consequence: string;
  readonly onTaken: () => void;
  /** Link after the import. */
  readonly onward: ReactNode;
}

/**
 * Imports a list of opt-outs from another system: file, preview, import and
 * result.
 */
export function OptOutList({ path, consequence, onTaken, onward }: OptOutListProps) {
  const [file, setFile] = useState<File | null>(null);
  const preview = useMutation({
    mutationFn: ({ list, column }: { list: File; column: number | null }) => previewOptOuts(path, list, column),
  });
  const take = useMutation({
    mutationFn: ({ list, column }: { list: File; column: number | null }) => importOptOuts(path, list, column),
    onSuccess: onTaken,
  });
  const choose = (list: File) => {
    setFile(list);
    take.reset();
    preview.mutate({ list, column: null });
  };
  if (take.data !== undefined)
    return (
      <OptOutsSummary
        outcome={take.data}
        onward={onward}
        onAnother={() => {
          setFile(null);
          preview.reset();
          take.reset();
        }}
      />
    );
  return (
    <Stack gap="xl">
      <ListSource file={file} pending={preview.isPending && preview.variables.column === null} onFile={choose} />
      <ProblemNote error={preview.error} />
      {file !== null && preview.data !== undefined && (
        <Look
          preview={preview.data}
          consequence={consequence}
          onColumn={(column) => preview.mutate({ list: file, column })}
          // Without a choice every address of a row counts, in any column.
          onTake={() => take.mutateAsync({ list: file, column: preview.variables.column })}
        />
      )}
    </Stack>
  );
}

interface LookProps {
  readonly preview: OptOutPreview;
  readonly consequence: string;
  readonly onColumn: (column: number) => void;
  readonly onTake: () => Promise<unknown>;
}

/** How the file was read, before the import. */
function Look({ preview, consequence, onColumn, onTake }: LookProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { rows, addresses, column, headers, sample, encoding, delimiter } = preview;
  const width = columnCountOf({ headers, rows: sample });
  const nameOf = (at: number): string => headers[at] ?? t('optOuts.columnOf', { number: at + 1 });
  const counted = { count: addresses, number: format.number(addresses), rows: format.number(rows) };
  return (
    <Paper withBorder p="lg" component="section" aria-labelledby="look">
      <Stack>
        <Title order={2} size="h3" id="look">
          {t('optOuts.look')}
        </Title>
        <Text size="sm" c="dimmed">
          {t('optOuts.found', { encoding, delimiter: delimiter === '\t' ? '⇥' : delimiter })}
        </Text>
        <NativeSelect
          label={t('optOuts.column')}
          value={String(column)}
          onChange={(event) => onColumn(Number(event.currentTarget.value))}
          data={Array.from({ length: width }, (_, at) => ({ value: String(at), label: nameOf(at) }))}
          maw={360}
        />
        <SampleRows headers={headers} rows={sample} heading={nameOf} chosen={column} />
        <Alert color={addresses === 0 ? 'yellow' : 'blue'} title={t('optOuts.would', counted)} role="status" />
        <UnreadableRows read={preview} />
        {addresses > 0 && (
          <div>
            <Confirm label={t('optOuts.take', counted)} question={t('optOuts.sure', counted)} onConfirm={onTake}>
              {consequence}
            </Confirm>
          </div>
        )}
      </Stack>
    </Paper>
  );
}
