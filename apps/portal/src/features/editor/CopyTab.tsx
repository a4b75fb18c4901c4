import { Badge, Group, Stack, Switch, Table, Text, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../shared/format';
import { BrokenFile } from './BrokenFile';
import { catalogueOf, type CopyRow, copyTable, writeCopy } from './copy-table';
import { CopyCell } from './CopyCell';
import type { EditSession } from './edit-session';
import type { Problem } from '../../shared/gates';
import { useUndo } from './undo';
import { UndoButton } from './UndoButton';

interface CopyTabProps {
  readonly edits: EditSession;
  readonly locales: readonly string[];
  readonly onJump: (place: Pick<Problem, 'file' | 'line' | 'column'>) => void;
}

/**
 * Shows a vendor the copy of all languages side by side, with missing texts.
 * Editable in place.
 */
export default function CopyTab({ edits, locales, onJump }: CopyTabProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { canUndo, undo, write } = useUndo(edits, 'copy');
  const [words, setWords] = useState('');
  const [onlyMissing, setOnlyMissing] = useState(false);
  const { rows, broken } = copyTable(Object.fromEntries(locales.map((tag) => [tag, edits.textOf(catalogueOf(tag))])));
  const readable = locales.filter((tag) => !broken.some(({ locale }) => locale === tag));
  const isMissing = ({ texts }: CopyRow) => readable.some((tag) => texts[tag] === null);
  const missing = rows.filter(isMissing).length;
  const sought = words.trim().toLowerCase();
  const shown = rows.filter(
    (row) =>
      (!onlyMissing || isMissing(row)) &&
      [row.key, ...Object.values(row.texts)].some((text) => text?.toLowerCase().includes(sought) === true),
  );
  return (
    <Stack>
      <Group align="flex-end" justify="space-between">
        <TextInput
          label={t('copy.search')}
          leftSection={<IconSearch size={16} aria-hidden />}
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
          style={{ flex: '1 1 240px' }}
          maw={420}
        />
        <Group gap="md">
          <Badge color={missing === 0 ? 'teal' : 'yellow'} variant="light" tt="none">
            {missing === 0 ? t('copy.complete') : t('copy.missing', { count: missing })}
          </Badge>
          <Switch
            label={t('copy.onlyMissing')}
            checked={onlyMissing}
            onChange={(event) => setOnlyMissing(event.currentTarget.checked)}
          />
          <UndoButton canUndo={canUndo} onUndo={undo} />
        </Group>
      </Group>
      {broken.map(({ locale, line }) => (
        <BrokenFile key={locale} file={catalogueOf(locale)} line={line} onJump={onJump} />
      ))}
      {shown.length === 0 ? (
        <Text c="dimmed" ta="center" py="xl">
          {t(onlyMissing && missing === 0 ? 'copy.nothingMissing' : 'copy.nothing')}
        </Text>
      ) : (
        <Table.ScrollContainer
          className="data-table-room copy-table-room"
          minWidth={260 + readable.length * 240}
          maxHeight={640}
        >
          <Table
            className="data-table copy-table"
            role="table"
            verticalSpacing={4}
            layout="fixed"
            stickyHeader
            aria-label={t('desk.copy')}
          >
            <Table.Thead role="rowgroup">
              <Table.Tr role="row">
                <Table.Th w={220} role="columnheader" scope="col">
                  {t('copy.key')}
                </Table.Th>
                {readable.map((tag) => (
                  <Table.Th key={tag} role="columnheader" scope="col">
                    {format.language(tag)}
                  </Table.Th>
                ))}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody role="rowgroup">
              {shown.map(({ key, path, texts }) => (
                <Table.Tr key={key} role="row">
                  <Table.Th role="rowheader" scope="row" fw={400} style={{ verticalAlign: 'top' }}>
                    <Text size="xs" ff="monospace" c="dimmed" py={6} style={{ overflowWrap: 'anywhere' }}>
                      {key}
                    </Text>
                  </Table.Th>
                  {readable.map((tag) => (
                    <Table.Td
                      key={tag}
                      role="cell"
                      data-label={format.language(tag)}
                      lang={tag}
                      style={{ verticalAlign: 'top' }}
                    >
                      <CopyCell
                        label={t('copy.cell', { key, language: format.language(tag) })}
                        text={texts[tag] ?? null}
                        onWrite={(text) => {
                          const file = catalogueOf(tag);
                          write({ [file]: writeCopy(edits.textOf(file), path, text) });
                        }}
                      />
                    </Table.Td>
                  ))}
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </Stack>
  );
}
