import { Modal, Stack, Text, TextInput, VisuallyHidden } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { type KeyboardEvent, useEffect, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { SearchView } from '#contracts';
import { localised } from '../shared/localised';
import { ProblemNote } from '../shared/ProblemNote';
import { useCan } from '../shared/session';
import { type Kind, menuOf, pagesOf, SETTINGS, settingsOf } from './menu';
import { useSearch } from './api';

interface Found {
  readonly id: string;
  readonly kind: SearchView['items'][number]['kind'] | 'screen';
  readonly name: string;
  readonly detail: string | null;
  readonly path: string;
}

const PAUSE_MS = 150;

interface SearchDialogProps {
  readonly kind: Kind;
  readonly onClose: () => void;
}

/** Finds screens, and what the organisation has, by name. Arrow keys choose, Enter opens. */
export default function SearchDialog({ kind, onClose }: SearchDialogProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const listId = useId();
  const [words, setWords] = useState('');
  const { found, error, isOld } = useFound(kind, words);
  const [at, setAt] = useState(0);
  const chosen = found[Math.min(at, found.length - 1)];
  const open = ({ path }: Found): void => {
    onClose();
    void navigate(path);
  };
  const pressKey = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by !== undefined && found.length > 0) {
      event.preventDefault();
      setAt((Math.min(at, found.length - 1) + by + found.length) % found.length);
    }
    if (event.key === 'Enter' && chosen !== undefined && !isOld) {
      event.preventDefault();
      open(chosen);
    }
  };
  useEffect(() => {
    if (chosen !== undefined) document.getElementById(`${listId} ${chosen.id}`)?.scrollIntoView({ block: 'nearest' });
  }, [chosen, listId]);
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('search.title')}
      size="lg"
      yOffset="8vh"
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <Stack gap="sm">
        <TextInput
          data-autofocus
          aria-label={t(`search.label.${kind}`)}
          placeholder={t(`search.label.${kind}`)}
          leftSection={<IconSearch size={16} aria-hidden />}
          role="combobox"
          aria-expanded={found.length > 0}
          aria-controls={listId}
          aria-autocomplete="list"
          aria-activedescendant={chosen === undefined ? undefined : `${listId} ${chosen.id}`}
          maxLength={100}
          value={words}
          onChange={(event) => {
            setWords(event.currentTarget.value);
            setAt(0);
          }}
          onKeyDown={pressKey}
        />
        <ProblemNote error={error} />
        <VisuallyHidden role="status">
          {words.trim() === '' || isOld ? '' : t('search.count', { count: found.length })}
        </VisuallyHidden>
        {words.trim() !== '' && !isOld && found.length === 0 && (
          <Text size="sm" c="dimmed">
            {t('search.none')}
          </Text>
        )}
        <div id={listId} role="listbox" aria-label={t('search.found')} className="search-list">
          {found.map((one, index) => (
            <div
              key={one.id}
              id={`${listId} ${one.id}`}
              role="option"
              aria-selected={one === chosen}
              className="search-item"
              onMouseMove={() => setAt(index)}
              onClick={() => open(one)}
            >
              <div style={{ minWidth: 0 }}>
                <Text size="sm" fw={500} truncate>
                  {one.name}
                </Text>
                {one.detail !== null && (
                  <Text size="xs" c="dimmed" truncate>
                    {one.detail}
                  </Text>
                )}
              </div>
              <Text size="xs" c="dimmed" style={{ flex: 'none' }}>
                {t(`search.kinds.${one.kind}`)}
              </Text>
            </div>
          ))}
        </div>
      </Stack>
    </Modal>
  );
}

/** Screens whose names have the words, and what the server finds. */
function useFound(kind: Kind, words: string) {
  const { t, i18n } = useTranslation();
  const can = useCan();
  const [sought] = useDebouncedValue(words.trim(), PAUSE_MS);
  const query = useSearch(sought);
  const settings = settingsOf(kind);
  const places = [...menuOf(kind), ...pagesOf(kind), ...settings].filter(({ needs }) => can(needs));
  const screens = [...places, ...(settings.some(({ needs }) => can(needs)) ? [SETTINGS] : [])]
    .map(({ to, label }): Found => ({ id: `screen${to}`, kind: 'screen', name: t(label), detail: null, path: to }))
    .filter(({ name }) => name.toLowerCase().includes(words.trim().toLowerCase()));
  const items = sought === '' ? [] : (query.data?.items ?? []);
  const things = items.map(({ id, kind: of, title, name, detail, path }): Found => ({
    id: `${of} ${id}`,
    kind: of,
    name: title === null ? (name ?? '') : localised(title, i18n.language),
    detail,
    path,
  }));
  const isOld = sought !== words.trim() || (sought !== '' && (query.isPlaceholderData || query.isPending));
  return { found: words.trim() === '' ? screens : [...things, ...screens], error: query.error, isOld };
}
