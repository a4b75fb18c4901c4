import { Anchor, Button, Group, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { CostImportView } from '#contracts';
import { Confirm } from '../../shared/Confirm';
import { useFormat } from '../../shared/format';
import { ListSource } from '../../shared/ListSource';
import { Page } from '../../shared/Page';
import { ProblemNote } from '../../shared/ProblemNote';
import { invalidate, queryKeys } from '../../shared/query-keys';
import { Section } from '../../shared/Section';
import { importCosts, previewCosts } from './api';
import { PlannedCosts } from './PlannedCosts';

/** Enters and changes costs from a file: file, preview, import and result. */
export function ImportCostsScreen() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [file, setFile] = useState<File | null>(null);
  const preview = useMutation({ mutationFn: previewCosts });
  const apply = useMutation({
    mutationFn: ({ list, version }: { list: File; version: string }) => importCosts(list, version),
    onSuccess: () => invalidate(client, queryKeys.costs, queryKeys.returns),
    // Another person changed a cost after the preview: show what would be done now.
    onError: (_, { list }) => preview.mutate(list),
  });
  const choose = (list: File) => {
    setFile(list);
    apply.reset();
    preview.mutate(list);
  };
  return (
    <Page
      title={t('costImport.title')}
      lead={
        <Anchor component={Link} to="/costs" size="sm">
          {t('costImport.all')}
        </Anchor>
      }
    >
      {apply.data === undefined ? (
        <Stack gap="xl">
          <Stack gap={4}>
            <Text size="sm">{t('costImport.how')}</Text>
            <Text size="sm">{t('costImport.known')}</Text>
          </Stack>
          <ListSource
            file={file}
            pending={preview.isPending}
            onFile={choose}
            words={{
              kinds: t('partnerImport.kinds'),
              rows: t('partnerImport.pasted'),
              example: t('costImport.example'),
            }}
          />
          <ProblemNote error={preview.error ?? apply.error} />
          {file !== null && preview.data !== undefined && (
            <Preview
              preview={preview.data}
              onImport={(version) => apply.mutateAsync({ list: file, version }).catch(() => undefined)}
            />
          )}
        </Stack>
      ) : (
        <Result done={apply.data} />
      )}
    </Page>
  );
}

interface PreviewProps {
  readonly preview: CostImportView;
  readonly onImport: (version: string) => Promise<unknown>;
}

function Preview({ preview: { version, counts, ignoredColumns, rows }, onImport }: PreviewProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const work = counts.new + counts.changed;
  const numbers = {
    added: format.number(counts.new),
    changed: format.number(counts.changed),
    unchanged: format.number(counts.unchanged),
    refused: format.number(counts.refused),
  };
  return (
    <Section title={t('partnerImport.preview')} text={t('partnerImport.previewWhy')}>
      <Text fw={600} role="status">
        {t('partnerImport.counts', numbers)}
      </Text>
      {ignoredColumns.length > 0 && (
        <Text size="sm" c="dimmed">
          {t('partnerImport.ignored', { names: ignoredColumns.join(', ') })}
        </Text>
      )}
      <PlannedCosts rows={rows} />
      <Group>
        <Confirm
          danger={false}
          label={t('partnerImport.import')}
          question={t('costImport.question')}
          disabled={work === 0}
          onConfirm={() => onImport(version)}
        >
          {t('costImport.consequence', numbers)}
        </Confirm>
        {work === 0 && (
          <Text size="sm" c="dimmed">
            {t('partnerImport.nothing')}
          </Text>
        )}
      </Group>
    </Section>
  );
}

function Result({ done: { counts, rows } }: { readonly done: CostImportView }) {
  const { t } = useTranslation();
  const format = useFormat();
  const refused = rows.filter(({ outcome }) => outcome === 'refused');
  return (
    <Section title={t('partnerImport.done')}>
      <Text role="status">
        {t('costImport.doneCounts', { added: format.number(counts.new), changed: format.number(counts.changed) })}
      </Text>
      {refused.length > 0 && <PlannedCosts rows={refused} />}
      <Group>
        <Button component={Link} to="/costs">
          {t('costImport.all')}
        </Button>
      </Group>
    </Section>
  );
}
