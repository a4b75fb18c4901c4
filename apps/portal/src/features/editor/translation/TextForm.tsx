import { Alert, Badge, Button, Group, Kbd, Paper, Stack, Text, Textarea } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconCheck } from '@tabler/icons-react';
import { type KeyboardEvent, useEffect, useRef, useState, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import type { TranslationDeskView } from '#contracts';
import { codeFaults, type Translation } from '#translation';
import { useFormat } from '../../../shared/format';
import type { Tactics } from '../../../shared/tactic-names';
import { useLatest } from '../builder/use-latest';
import { UndoButton } from '../UndoButton';
import { directionOfLanguage, lengthOf } from './desk';
import { STATE_COLOURS } from './state-colours';
import { TextWithCodes } from './TextWithCodes';
import { TextPlaces } from './TextPlaces';
import type { SaidText } from './use-desk';

interface TextFormProps {
  readonly translation: Translation;
  readonly record: TranslationDeskView['records'][number] | null;
  readonly sourceLocale: string;
  readonly locale: string;
  readonly tactics: Tactics;
  readonly mayEdit: boolean;
  readonly mayReview: boolean;
  /** Who reviews the language; null: anyone. */
  readonly reviewerName: string | null;
  readonly undo: { readonly canUndo: boolean; readonly undo: () => void };
  readonly onSay: (kind: 'translated' | 'reviewed', said: SaidText) => void;
  readonly onReopen: () => void;
  readonly onNext: () => void;
  readonly onStep: (by: number) => void;
}

/** One text: its source, its translation, and what to do next. */
export function TextForm(props: TextFormProps) {
  const { translation, record, sourceLocale, locale, tactics, mayEdit, mayReview, reviewerName, undo } = props;
  const { t } = useTranslation();
  const format = useFormat();
  const { key, source, text, state, places, note, sourceBefore } = translation;
  const [typed, setTyped, unsaid] = useTyped();
  const now = typed ?? (state === 'missing' ? '' : (text ?? ''));
  const said = { key, source, text: now };
  const isOneLine = places.some(({ role }) => role === 'subject' || role === 'preheader');
  const isEmpty = now.trim() === '' && source.trim() !== '';
  const leave = (): void => {
    if (typed !== null && typed !== text && !isEmpty) props.onSay('translated', said);
    setTyped(null);
  };
  useLastWord(unsaid, leave);
  const save = (kind: 'translated' | 'reviewed'): void => {
    if (isEmpty) return;
    setTyped(null);
    props.onSay(kind, said);
    props.onNext();
  };
  const pressKey = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    if (event.altKey && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      event.preventDefault();
      leave();
      props.onStep(event.key === 'ArrowDown' ? 1 : -1);
    }
    if (event.key !== 'Enter') return;
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault();
      save(event.shiftKey && mayReview ? 'reviewed' : 'translated');
    } else if (isOneLine) event.preventDefault();
  };
  const area = useFocusOnChange(mayEdit);
  return (
    <Paper withBorder p="md" component="section" aria-label={t('translation.text', { key })}>
      <Stack gap="sm">
        <Group justify="space-between" wrap="nowrap" align="flex-start">
          <Text size="xs" ff="monospace" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
            {key}
          </Text>
          <Badge variant="light" color={STATE_COLOURS[state]} tt="none" style={{ flex: 'none' }}>
            {t(`translation.states.${state}`)}
          </Badge>
        </Group>
        <TextPlaces places={places} note={note} tactics={tactics} />
        <div>
          <Text size="sm" fw={600}>
            {format.language(sourceLocale)}
          </Text>
          <TextWithCodes text={source} locale={sourceLocale} />
        </div>
        {sourceBefore !== null && (
          <Alert color="orange" title={t('translation.sourceChanged')} p="xs">
            <TextWithCodes text={sourceBefore} locale={sourceLocale} />
          </Alert>
        )}
        <Textarea
          ref={area}
          label={format.language(locale)}
          aria-describedby="translation-keys"
          autosize
          minRows={3}
          maxRows={14}
          lang={locale}
          dir={directionOfLanguage(locale)}
          readOnly={!mayEdit}
          value={now}
          onChange={({ currentTarget: { value } }) => setTyped(isOneLine ? value.replace(/[\r\n]+/g, ' ') : value)}
          onBlur={leave}
          onKeyDown={pressKey}
        />
        <Limits text={now} translation={translation} />
        <Faults text={now} translation={translation} />
        <Said record={state === 'new' || state === 'missing' ? null : record} />
        <Group gap="xs">
          {mayEdit && (
            <Button
              variant={
                typed === null && (state === 'reviewed' || (state === 'draft' && mayReview)) ? 'default' : 'filled'
              }
              disabled={isEmpty}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => save('translated')}
            >
              {t(now === source ? 'translation.keepSource' : 'translation.saveNext')}
            </Button>
          )}
          {mayReview && state !== 'reviewed' && (
            <Button
              variant={state === 'draft' && typed === null ? 'filled' : 'default'}
              leftSection={<IconCheck size={16} aria-hidden />}
              disabled={isEmpty}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => save('reviewed')}
            >
              {t('translation.review')}
            </Button>
          )}
          {mayReview && state === 'reviewed' && (
            <Button variant="default" onClick={props.onReopen}>
              {t('translation.reopen')}
            </Button>
          )}
          {mayEdit && <UndoButton canUndo={undo.canUndo} onUndo={undo.undo} />}
          <Button.Group>
            <Button variant="default" px="xs" aria-label={t('translation.previous')} onClick={() => props.onStep(-1)}>
              <IconArrowUp size={16} aria-hidden />
            </Button>
            <Button variant="default" px="xs" aria-label={t('translation.next')} onClick={() => props.onStep(1)}>
              <IconArrowDown size={16} aria-hidden />
            </Button>
          </Button.Group>
        </Group>
        {!mayReview && reviewerName !== null && (
          <Text size="xs" c="dimmed">
            {t('translation.reviewedBy', { name: reviewerName })}
          </Text>
        )}
        <Text size="xs" c="dimmed" id="translation-keys" visibleFrom="sm">
          <Kbd size="xs">Ctrl</Kbd> <Kbd size="xs">Enter</Kbd> {t('translation.keys.save')}
          {mayReview && (
            <>
              {' · '}
              <Kbd size="xs">Ctrl</Kbd> <Kbd size="xs">Shift</Kbd> <Kbd size="xs">Enter</Kbd>{' '}
              {t('translation.keys.review')}
            </>
          )}
          {' · '}
          <Kbd size="xs">Alt</Kbd> <Kbd size="xs">↑</Kbd> <Kbd size="xs">↓</Kbd> {t('translation.keys.move')}
        </Text>
      </Stack>
    </Paper>
  );
}

/** What is typed and not said yet, as a state and at once; null: nothing. */
function useTyped() {
  const [typed, show] = useState<string | null>(null);
  const unsaid = useRef<string | null>(null);
  const setTyped = (text: string | null): void => {
    unsaid.current = text;
    show(text);
  };
  return [typed, setTyped, unsaid] as const;
}

/**
 * Says what was typed when the form disappears: in another way than by its
 * buttons, it gets no blur.
 */
function useLastWord(unsaid: Readonly<RefObject<string | null>>, leave: () => void): void {
  const latest = useLatest(leave);
  useEffect(
    () => () => {
      if (unsaid.current !== null) latest.current();
    },
    [unsaid, latest],
  );
}

/** Set while a text of the desk was left by keyboard: then the next one has the focus. */
let isWriting = false;

/** The next text gets the focus if the one before had it. */
function useFocusOnChange(mayEdit: boolean) {
  const area = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    const element = area.current;
    if (isWriting && mayEdit) element?.focus();
    const look = (): void => {
      isWriting = document.activeElement === element;
    };
    document.addEventListener('focusin', look);
    return () => document.removeEventListener('focusin', look);
  }, [mayEdit]);
  return area;
}

/** How long the text is, and how long it may be. */
function Limits({ text, translation: { places } }: { readonly text: string; readonly translation: Translation }) {
  const { t } = useTranslation();
  const format = useFormat();
  const most = Math.min(...places.map(({ maxChars }) => maxChars ?? Infinity));
  const least = Math.max(...places.map(({ minChars }) => minChars ?? 0), 0);
  if (!Number.isFinite(most)) return null;
  const length = lengthOf(text);
  const isOff = length > most || (length > 0 && length < least);
  return (
    <Text size="xs" c={isOff ? 'var(--mantine-color-error)' : 'dimmed'} role={isOff ? 'status' : undefined}>
      {t(least > 0 ? 'translation.lengthBetween' : 'translation.length', {
        length: format.number(length),
        least: format.number(least),
        most: format.number(most),
      })}
    </Text>
  );
}

/** Fields, tags and conditions that the text lacks or has too many of. */
function Faults({ text, translation }: { readonly text: string; readonly translation: Translation }) {
  const { t } = useTranslation();
  const faults = text.trim() === '' ? null : codeFaults(translation.source, text);
  if (faults === null) return null;
  return (
    <Alert color="yellow" p="xs" role="status">
      {(['missing', 'unknown', 'unpaired'] as const)
        .filter((kind) => faults[kind].length > 0)
        .map((kind) => (
          <Text key={kind} size="sm">
            {t(`translation.codes.${kind}`)} <span className="code-list">{faults[kind].join('  ')}</span>
          </Text>
        ))}
    </Alert>
  );
}

/** Who translated and reviewed the text, and when. */
function Said({ record }: Pick<TextFormProps, 'record'>) {
  const { t } = useTranslation();
  const format = useFormat();
  if (record === null || record.translatedBy === '') return null;
  return (
    <Text size="xs" c="dimmed">
      {t('translation.said.translated', { name: record.translatedBy, at: format.moment(record.translatedAt) })}
      {record.reviewedAt !== null && record.reviewedBy !== null && (
        <> {t('translation.said.reviewed', { name: record.reviewedBy, at: format.moment(record.reviewedAt) })}</>
      )}
    </Text>
  );
}
