import { Badge, Group, Stack, Switch, Text, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { BrokenFile } from './BrokenFile';
import { catalogueOf, copyTable, subjectKeys, writeCopy } from './copy-table';
import { CopyProgress } from './CopyProgress';
import { missingTexts } from './copy-progress';
import { CopyTable } from './CopyTable';
import type { EditSession } from './edit-session';
import type { Problem } from '../../shared/gates';
import { useUndo } from './undo';
import { UndoButton } from './UndoButton';

interface CopyTabProps {
  /** First words of the search. */
  readonly sought: string;
  readonly edits: EditSession;
  readonly locales: readonly string[];
  readonly onJump: (place: Pick<Problem, 'file' | 'line' | 'column'>) => void;
}

/**
 * Shows a vendor the copy of all languages side by side, with missing texts.
 * Editable in place.
 */
export default function CopyTab({ sought, edits, locales, onJump }: CopyTabProps) {
  const { t } = useTranslation();
  const { canUndo, undo, write } = useUndo(edits, 'copy');
  const [search, setSearch] = useState(sought);
  const [onlyMissing, setOnlyMissing] = useState(false);
  // Rows that were changed since the last search stay, although they no longer
  // match: a row that vanishes under the pointer swallows the next click.
  const [stays, setStays] = useState<ReadonlySet<string>>(new Set());
  const { readable, broken, missing, progress, shown } = searched(edits, locales, { search, onlyMissing, stays });
  const seek = (change: () => void): void => {
    setStays(new Set());
    change();
  };
  return (
    <Stack>
      <Group align="flex-end" justify="space-between">
        <SearchField search={search} onSearch={(words) => seek(() => setSearch(words))} />
        <Group gap="md">
          <MissingBadge missing={missing} />
          <Switch
            label={t('copy.onlyMissing')}
            checked={onlyMissing}
            onChange={({ currentTarget: { checked } }) => seek(() => setOnlyMissing(checked))}
          />
          <UndoButton canUndo={canUndo} onUndo={undo} />
        </Group>
      </Group>
      <CopyProgress progress={progress} />
      {broken.map(({ locale, line }) => (
        <BrokenFile key={locale} file={catalogueOf(locale)} line={line} onJump={onJump} />
      ))}
      {shown.length === 0 ? (
        <Text c="dimmed" ta="center" py="xl">
          {t(onlyMissing && missing === 0 ? 'copy.nothingMissing' : 'copy.nothing')}
        </Text>
      ) : (
        <CopyTable
          rows={shown}
          locales={readable}
          oneLine={subjectKeys(edits.textOf('campaign.yaml'))}
          onWrite={(tag, path, text) => {
            setStays(new Set([...stays, path.join('.')]));
            const file = catalogueOf(tag);
            write({ [file]: writeCopy(edits.textOf(file), path, text) });
          }}
        />
      )}
    </Stack>
  );
}

/** Number of texts that lack a language. */
function MissingBadge({ missing }: { readonly missing: number }) {
  const { t } = useTranslation();
  return (
    <Badge color={missing === 0 ? 'teal' : 'yellow'} variant="light" tt="none">
      {missing === 0 ? t('copy.complete') : t('copy.missing', { count: missing })}
    </Badge>
  );
}

interface SearchFieldProps {
  readonly search: string;
  readonly onSearch: (search: string) => void;
}

function SearchField({ search, onSearch }: SearchFieldProps) {
  const { t } = useTranslation();
  return (
    <TextInput
      label={t('copy.search')}
      leftSection={<IconSearch size={16} aria-hidden />}
      value={search}
      onChange={(event) => onSearch(event.currentTarget.value)}
      style={{ flex: '1 1 240px' }}
      maw={420}
    />
  );
}

interface Search {
  readonly search: string;
  readonly onlyMissing: boolean;
  /** Keys that are shown although they do not match. */
  readonly stays: ReadonlySet<string>;
}

/**
 * Rows of the table that match the search, and those that stay.
 * @returns `broken`: files that cannot be read; `readable`: the other
 *   languages; `missing`: number of texts that lack one of those, or have the
 *   text of the first language; `progress`: how many each language has.
 */
function searched(edits: EditSession, locales: readonly string[], { search, onlyMissing, stays }: Search) {
  const { rows, broken } = copyTable(Object.fromEntries(locales.map((tag) => [tag, edits.textOf(catalogueOf(tag))])));
  const readable = locales.filter((tag) => !broken.some(({ locale }) => locale === tag));
  const lacking = missingTexts(rows, readable);
  const isMissing = ({ key }: { readonly key: string }): boolean => [...lacking.values()].some((keys) => keys.has(key));
  const sought = search.trim().toLowerCase();
  const shown = rows.filter(
    (row) =>
      stays.has(row.key) ||
      ((!onlyMissing || isMissing(row)) &&
        [row.key, ...Object.values(row.texts)].some((text) => text?.toLowerCase().includes(sought) === true)),
  );
  const progress = [...lacking].map(([locale, keys]) => ({
    locale,
    of: rows.length,
    done: rows.length - keys.size,
  }));
  return { readable, broken, missing: rows.filter(isMissing).length, progress, shown };
}
