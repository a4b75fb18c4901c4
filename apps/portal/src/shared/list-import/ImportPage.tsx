import { Anchor, Button, Group, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Confirm } from '../Confirm';
import { useFormat } from '../format';
import { ListSource } from '../ListSource';
import { Page } from '../Page';
import { ProblemNote } from '../ProblemNote';
import { Section } from '../Section';
import type { ImportPlan, PlannedRow } from './planned-row';

/** Numbers of rows, written for the reader. */
interface Numbers {
  readonly added: string;
  readonly changed: string;
  readonly unchanged: string;
  readonly refused: string;
}

interface ImportPageProps<Row extends PlannedRow> {
  readonly title: string;
  /** The list that the rows go to. */
  readonly list: { readonly path: string; readonly name: string };
  /** Which columns a file may have, and how known rows are found. */
  readonly guide: ReactNode;
  /** Headings of rows that a person may paste, divided by tabs. */
  readonly example: string;
  readonly question: string;
  readonly consequence: (numbers: Numbers) => string;
  readonly done: (numbers: Numbers) => ReactNode;
  readonly onPreview: (file: File) => Promise<ImportPlan<Row>>;
  /**
   * Imports as the preview says.
   * @param version of the preview. If the import would do something else by
   *   now, the API refuses it and the new preview is shown.
   */
  readonly onImport: (file: File, version: string) => Promise<ImportPlan<Row>>;
  readonly rows: (rows: readonly Row[]) => ReactNode;
  /** Below all, before and after an import. */
  readonly after?: ReactNode;
}

/** Adds and changes entries of a list from a file: file, preview, import and result. */
export function ImportPage<Row extends PlannedRow>(props: ImportPageProps<Row>) {
  const { title, list, guide, example, onPreview, onImport, after } = props;
  const { t } = useTranslation();
  const [file, setFile] = useState<File | null>(null);
  const preview = useMutation({ mutationFn: onPreview });
  const apply = useMutation({
    mutationFn: ({ source, version }: { source: File; version: string }) => onImport(source, version),
    // Another person changed an entry after the preview: show what would be done now.
    onError: (_, { source }) => preview.mutate(source),
  });
  const choose = (chosen: File) => {
    setFile(chosen);
    apply.reset();
    preview.mutate(chosen);
  };
  return (
    <Page
      title={title}
      lead={
        <Anchor component={Link} to={list.path} size="sm">
          {list.name}
        </Anchor>
      }
    >
      {apply.data === undefined ? (
        <Stack gap="xl">
          {guide}
          <ListSource
            file={file}
            pending={preview.isPending}
            onFile={choose}
            words={{ kinds: t('listImport.kinds'), rows: t('listImport.pasted'), example }}
          />
          <ProblemNote error={preview.error ?? apply.error} />
          {file !== null && preview.data !== undefined && (
            <Preview
              {...props}
              plan={preview.data}
              onConfirm={(version) => apply.mutateAsync({ source: file, version }).catch(() => undefined)}
            />
          )}
        </Stack>
      ) : (
        <Result
          {...props}
          plan={apply.data}
          onAnother={() => {
            setFile(null);
            preview.reset();
            apply.reset();
          }}
        />
      )}
      {after}
    </Page>
  );
}

function useNumbers(counts: ImportPlan<PlannedRow>['counts']): Numbers {
  const format = useFormat();
  return {
    added: format.number(counts.new),
    changed: format.number(counts.changed),
    unchanged: format.number(counts.unchanged),
    refused: format.number(counts.refused),
  };
}

interface PreviewProps<Row extends PlannedRow> extends Pick<ImportPageProps<Row>, 'question' | 'consequence' | 'rows'> {
  readonly plan: ImportPlan<Row>;
  readonly onConfirm: (version: string) => Promise<unknown>;
}

function Preview<Row extends PlannedRow>({ plan, question, consequence, rows, onConfirm }: PreviewProps<Row>) {
  const { t } = useTranslation();
  const numbers = useNumbers(plan.counts);
  const isNothing = plan.counts.new + plan.counts.changed === 0;
  return (
    <Section title={t('listImport.preview')} text={t('listImport.previewWhy')}>
      <Text fw={600} role="status">
        {t('listImport.counts', { ...numbers })}
      </Text>
      {plan.ignoredColumns.length > 0 && (
        <Text size="sm" c="dimmed">
          {t('listImport.ignored', { names: plan.ignoredColumns.join(', ') })}
        </Text>
      )}
      {rows(plan.rows)}
      <Group>
        <Confirm
          danger={false}
          label={t('listImport.import')}
          question={question}
          disabled={isNothing}
          onConfirm={() => onConfirm(plan.version)}
        >
          {consequence(numbers)}
        </Confirm>
        {isNothing && (
          <Text size="sm" c="dimmed">
            {t('listImport.nothing')}
          </Text>
        )}
      </Group>
    </Section>
  );
}

interface ResultProps<Row extends PlannedRow> extends Pick<ImportPageProps<Row>, 'list' | 'done' | 'rows'> {
  readonly plan: ImportPlan<Row>;
  readonly onAnother: () => void;
}

function Result<Row extends PlannedRow>({ plan, list, done, rows, onAnother }: ResultProps<Row>) {
  const { t } = useTranslation();
  const numbers = useNumbers(plan.counts);
  const refused = plan.rows.filter(({ outcome }) => outcome === 'refused');
  return (
    <Section title={t('listImport.done')}>
      {done(numbers)}
      {refused.length > 0 && rows(refused)}
      <Group>
        <Button component={Link} to={list.path}>
          {list.name}
        </Button>
        <Button variant="default" onClick={onAnother}>
          {t('listImport.another')}
        </Button>
      </Group>
    </Section>
  );
}
