import { Anchor, Button, Group, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { PartnerImportView } from '#contracts';
import { Confirm } from '../../shared/Confirm';
import { useFormat } from '../../shared/format';
import { ListSource } from '../../shared/ListSource';
import { Page } from '../../shared/Page';
import { ProblemNote } from '../../shared/ProblemNote';
import { invalidate, queryKeys } from '../../shared/query-keys';
import { Section } from '../../shared/Section';
import { importPartners, previewImport, useAttributes } from './api';
import { PlannedRows } from './PlannedRows';

/** Adds and changes partners from a file: file, preview, import and result. */
export function ImportPartnersScreen() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [file, setFile] = useState<File | null>(null);
  const preview = useMutation({ mutationFn: previewImport });
  const apply = useMutation({
    mutationFn: ({ list, version }: { list: File; version: string }) => importPartners(list, version),
    onSuccess: () => invalidate(client, queryKeys.partners, queryKeys.partnerGroups, queryKeys.partnerAttributes),
    // Another person changed a partner after the preview: show what would be done now.
    onError: (_, { list }) => preview.mutate(list),
  });
  const choose = (list: File) => {
    setFile(list);
    apply.reset();
    preview.mutate(list);
  };
  return (
    <Page
      title={t('partnerImport.title')}
      lead={
        <Anchor component={Link} to="/partners" size="sm">
          {t('partnerPage.all')}
        </Anchor>
      }
    >
      {apply.data === undefined ? (
        <Stack gap="xl">
          <Columns />
          <ListSource
            file={file}
            pending={preview.isPending}
            onFile={choose}
            words={{
              kinds: t('partnerImport.kinds'),
              rows: t('partnerImport.pasted'),
              example: t('partnerImport.pastedExample'),
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
        <Result
          done={apply.data}
          onAnother={() => {
            setFile(null);
            preview.reset();
            apply.reset();
          }}
        />
      )}
    </Page>
  );
}

/** Which columns a file may have. */
function Columns() {
  const { t } = useTranslation();
  const attributes = (useAttributes().data?.items ?? []).filter(({ owner }) => owner === 'vendor');
  return (
    <Stack gap={4}>
      <Text size="sm">{t('partnerImport.how')}</Text>
      <Text size="sm">{t('partnerImport.known')}</Text>
      {attributes.length > 0 && (
        <Text size="sm">{t('partnerImport.attributes', { names: attributes.map(({ name }) => name).join(', ') })}</Text>
      )}
    </Stack>
  );
}

interface PreviewProps {
  readonly preview: PartnerImportView;
  readonly onImport: (version: string) => Promise<unknown>;
}

function Preview({ preview, onImport }: PreviewProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { version, counts, ignoredColumns } = preview;
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
      <PlannedRows rows={preview.rows} />
      <Group>
        <Confirm
          danger={false}
          label={t('partnerImport.import')}
          question={t('partnerImport.question')}
          disabled={work === 0}
          onConfirm={() => onImport(version)}
        >
          {t('partnerImport.consequence', numbers)}
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

interface ResultProps {
  readonly done: PartnerImportView;
  readonly onAnother: () => void;
}

function Result({ done: { counts, rows }, onAnother }: ResultProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const refused = rows.filter(({ outcome }) => outcome === 'refused');
  return (
    <Section title={t('partnerImport.done')}>
      <Text role="status">
        {t('partnerImport.doneCounts', { added: format.number(counts.new), changed: format.number(counts.changed) })}
      </Text>
      {counts.new > 0 && <Text size="sm">{t('partnerImport.invitations')}</Text>}
      {refused.length > 0 && <PlannedRows rows={refused} />}
      <Group>
        <Button component={Link} to="/partners">
          {t('partnerImport.toPartners')}
        </Button>
        <Button variant="default" onClick={onAnother}>
          {t('partnerImport.another')}
        </Button>
      </Group>
    </Section>
  );
}
