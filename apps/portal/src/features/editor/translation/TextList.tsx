import { Badge, Group, Stack, Text, TextInput, UnstyledButton, Chip } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { countByState, TRANSLATION_STATES, type Translation } from '#translation';
import { useFormat } from '../../../shared/format';
import { directionOfLanguage, type StateFilter } from './desk';
import { STATE_COLOURS } from './state-colours';

interface TextListProps {
  readonly translations: readonly Translation[];
  readonly listed: readonly Translation[];
  /** Key of the text that is open. */
  readonly current: string | null;
  readonly locale: string;
  readonly filter: StateFilter;
  readonly search: string;
  readonly onFilter: (filter: StateFilter) => void;
  readonly onSearch: (search: string) => void;
  readonly onChoose: (key: string) => void;
}

/** The texts of a language by state. */
export function TextList(props: TextListProps) {
  const { listed, current, locale, search, onSearch, onChoose } = props;
  const { t } = useTranslation();
  return (
    <Stack gap="sm">
      <TextInput
        label={t('translation.search')}
        leftSection={<IconSearch size={16} aria-hidden />}
        value={search}
        onChange={(event) => onSearch(event.currentTarget.value)}
      />
      <StateChips {...props} />
      {listed.length === 0 && (
        <Text size="sm" c="dimmed" py="md" ta="center">
          {t('translation.nothing')}
        </Text>
      )}
      <Stack component="ul" className="translation-list" gap={2} m={0} p={0} aria-label={t('translation.texts')}>
        {listed.map((translation) => (
          <ListedText
            key={translation.key}
            translation={translation}
            locale={locale}
            isOpen={translation.key === current}
            onChoose={() => onChoose(translation.key)}
          />
        ))}
      </Stack>
    </Stack>
  );
}

/** How many texts are in each state, as a filter. */
function StateChips({ translations, filter, onFilter }: TextListProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const counts = countByState(translations);
  const all = { ...counts, open: translations.length - counts.reviewed, all: translations.length };
  const shown = (['open', ...TRANSLATION_STATES, 'all'] as const).filter(
    (one) => all[one] > 0 || one === filter || one === 'open' || one === 'all',
  );
  return (
    <Chip.Group value={filter} onChange={(value) => onFilter(value)}>
      <Group gap={6} role="radiogroup" aria-label={t('translation.filter')}>
        {shown.map((one) => (
          <Chip key={one} value={one} size="xs">
            {t(`translation.states.${one}`)} {format.number(all[one])}
          </Chip>
        ))}
      </Group>
    </Chip.Group>
  );
}

interface ListedTextProps {
  readonly translation: Translation;
  readonly locale: string;
  readonly isOpen: boolean;
  readonly onChoose: () => void;
}

function ListedText({ translation: { key, source, text, state }, locale, isOpen, onChoose }: ListedTextProps) {
  const { t } = useTranslation();
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (isOpen) button.current?.scrollIntoView({ block: 'nearest' });
  }, [isOpen]);
  const isTranslated = text !== null && state !== 'missing';
  return (
    <li>
      <UnstyledButton
        ref={button}
        className="translation-item"
        aria-current={isOpen ? 'true' : undefined}
        onClick={onChoose}
      >
        <Group gap={6} wrap="nowrap" justify="space-between">
          <Text size="xs" ff="monospace" c="dimmed" truncate>
            {key.replace(/^campaign\.yaml:/, '')}
          </Text>
          <Badge size="sm" variant="light" color={STATE_COLOURS[state]} tt="none" style={{ flex: 'none' }}>
            {t(`translation.states.${state}`)}
          </Badge>
        </Group>
        <Text
          size="sm"
          truncate
          {...(isTranslated ? { lang: locale, dir: directionOfLanguage(locale) } : { c: 'dimmed' })}
        >
          {isTranslated ? text : source}
        </Text>
      </UnstyledButton>
    </li>
  );
}
