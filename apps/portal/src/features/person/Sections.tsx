import { List, Paper, Stack, Table, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { DataSubjectExport } from '#contracts';
import { useFormat } from '../../shared/format';
import { useValueText } from './value-text';
import { WideTable } from '../../shared/WideTable';

type Row = DataSubjectExport['contact'];
type ListSection =
  | 'consent'
  | 'optIns'
  | 'decisions'
  | 'messages'
  | 'holdOuts'
  | 'tests'
  | 'reports'
  | 'interactions'
  | 'events'
  | 'leads'
  | 'deals';

/**
 * Technical fields.
 * They are in the downloads, not on the screen.
 */
const FOR_MACHINES = [
  'id',
  'activationId',
  'leadId',
  'messageId',
  'versionId',
  'emailNormalised',
  'requestedFromHash',
  'confirmedFromHash',
];
const LISTS: readonly ListSection[] = [
  ...([
    'consent',
    'optIns',
    'messages',
    'holdOuts',
    'tests',
    'decisions',
    'reports',
    'interactions',
    'events',
    'leads',
    'deals',
  ] as const),
];

/** All data of a contact by section. */
export function Sections({ file }: { readonly file: DataSubjectExport }) {
  const { t } = useTranslation();
  const { atMostEveryDays, refusedTopics } = file.wishes;
  return (
    <>
      <Section name="contact">
        <Facts row={file.contact} />
      </Section>
      <Section name="lists">
        <Names names={file.lists} />
      </Section>
      <Section name="suppression">{file.suppression === null ? null : <Facts row={file.suppression} />}</Section>
      <Section name="wishes">
        <Names
          names={[
            ...(atMostEveryDays === null ? [] : [t('personFile.wishes.atMostEveryDays', { count: atMostEveryDays })]),
            ...(refusedTopics.length === 0
              ? []
              : [t('personFile.wishes.topics', { topics: refusedTopics.join(', ') })]),
          ]}
        />
      </Section>
      {LISTS.map((name) => (
        <Section key={name} name={name} count={file[name].length}>
          {file[name].length === 0 ? null : <Rows label={t(`personFile.section.${name}`)} rows={file[name]} />}
        </Section>
      ))}
    </>
  );
}

interface SectionProps {
  readonly name: ListSection | 'contact' | 'lists' | 'suppression' | 'wishes';
  readonly count?: number;
  /** Null for an empty section. */
  readonly children: ReactNode;
}

function Section({ name, count, children }: SectionProps) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Stack component="section" aria-labelledby={`section-${name}`} gap="xs">
      <Title order={2} size="h3" id={`section-${name}`}>
        {t(`personFile.section.${name}`)}
        {count !== undefined && count > 0 && ` (${format.number(count)})`}
      </Title>
      {children ?? (
        <Text size="sm" c="dimmed">
          {t('personFile.nothing')}
        </Text>
      )}
    </Stack>
  );
}

function Names({ names }: { readonly names: readonly string[] }) {
  const { t } = useTranslation();
  if (names.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {t('personFile.nothing')}
      </Text>
    );
  return (
    <List size="sm">
      {names.map((name) => (
        <List.Item key={name}>{name}</List.Item>
      ))}
    </List>
  );
}

/** Fields of one record. */
function Facts({ row }: { readonly row: Row }) {
  const { nameOf, valueOf } = useValueText();
  const known = Object.entries(row).filter(
    ([field, value]) => value !== null && value !== undefined && !FOR_MACHINES.includes(field),
  );
  return (
    <Paper withBorder p="md">
      <Table withRowBorders={false} verticalSpacing={4} layout="fixed">
        <Table.Tbody>
          {known.map(([field, value]) => (
            <Table.Tr key={field}>
              <Table.Th scope="row" w="34%">
                {nameOf(field)}
              </Table.Th>
              <Table.Td style={{ overflowWrap: 'anywhere' }}>{valueOf(field, value)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Paper>
  );
}

/** Records as a table, with a column for every field that any of them has. */
function Rows({ label, rows }: { readonly label: string; readonly rows: readonly Row[] }) {
  const { nameOf, valueOf } = useValueText();
  const fields = [...new Set(rows.flatMap(Object.keys))].filter(
    (field) =>
      !FOR_MACHINES.includes(field) &&
      rows.some((row) => row[field] !== null && row[field] !== undefined && row[field] !== ''),
  );
  return (
    <Paper withBorder>
      <WideTable label={label} minWidth={Math.min(900, fields.length * 150)} maxHeight={420}>
        <Table verticalSpacing="xs">
          <Table.Thead>
            <Table.Tr>
              {fields.map((field) => (
                <Table.Th key={field}>{nameOf(field)}</Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map((row, at) => (
              <Table.Tr key={at}>
                {fields.map((field) => (
                  <Table.Td key={field} maw={320} style={{ overflowWrap: 'anywhere' }}>
                    {valueOf(field, row[field])}
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </WideTable>
    </Paper>
  );
}
