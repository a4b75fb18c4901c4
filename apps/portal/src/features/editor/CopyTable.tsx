import { Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../shared/format';
import type { CopyRow } from './copy-table';
import { CopyCell } from './CopyCell';
import { WideTable } from '../../shared/WideTable';

interface CopyTableProps {
  readonly rows: readonly CopyRow[];
  /** Languages with a readable catalogue, one column each. */
  readonly locales: readonly string[];
  /** Keys of texts without line breaks. */
  readonly oneLine: ReadonlySet<string>;
  readonly onWrite: (locale: string, path: CopyRow['path'], text: string) => void;
}

/**
 * The copy of a campaign: one row per text, one editable column per language.
 */
export function CopyTable({ rows, locales, oneLine, onWrite }: CopyTableProps) {
  const { t } = useTranslation();
  return (
    <WideTable
      label={t('editorTabs.copy')}
      className="data-table-room copy-table-room"
      minWidth={260 + locales.length * 240}
      maxHeight={640}
    >
      <Table
        className="data-table copy-table"
        role="table"
        verticalSpacing={4}
        layout="fixed"
        stickyHeader
        aria-label={t('editorTabs.copy')}
      >
        <Header locales={locales} />
        <Table.Tbody role="rowgroup">
          {rows.map((row) => (
            <CopyTableRow key={row.key} row={row} locales={locales} oneLine={oneLine} onWrite={onWrite} />
          ))}
        </Table.Tbody>
      </Table>
    </WideTable>
  );
}

function Header({ locales }: Pick<CopyTableProps, 'locales'>) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Table.Thead role="rowgroup">
      <Table.Tr role="row">
        <Table.Th w={220} role="columnheader" scope="col">
          {t('copy.key')}
        </Table.Th>
        {locales.map((tag) => (
          <Table.Th key={tag} role="columnheader" scope="col">
            {format.language(tag)}
          </Table.Th>
        ))}
      </Table.Tr>
    </Table.Thead>
  );
}

interface CopyTableRowProps extends Pick<CopyTableProps, 'locales' | 'oneLine' | 'onWrite'> {
  readonly row: CopyTableProps['rows'][number];
}

/** A key, and its text in each language. */
function CopyTableRow({ row: { key, path, texts }, locales, oneLine, onWrite }: CopyTableRowProps) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Table.Tr role="row">
      <Table.Th role="rowheader" scope="row" fw={400} style={{ verticalAlign: 'top' }}>
        <Text size="xs" ff="monospace" c="dimmed" py={6} style={{ overflowWrap: 'anywhere' }}>
          {key}
        </Text>
      </Table.Th>
      {locales.map((tag) => (
        <Table.Td key={tag} role="cell" data-label={format.language(tag)} lang={tag} style={{ verticalAlign: 'top' }}>
          <CopyCell
            label={t('copy.cell', { key, language: format.language(tag) })}
            isOneLine={oneLine.has(key)}
            text={texts[tag] ?? null}
            onWrite={(text) => onWrite(tag, path, text)}
          />
        </Table.Td>
      ))}
    </Table.Tr>
  );
}
