import { Anchor, Group, Skeleton, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { DatesView, OfferDetail } from '#contracts';
import { useFormat } from '../../../shared/format';
import { localised } from '../../../shared/localised';
import { emailSpan } from '../choices/choices';
import { useSlotWords } from '../slot-words';
import { OWN_TEXTS } from '../SlotEditor';
import type { SlotTexts } from '../slot-texts';

interface LaunchSheetProps {
  readonly offer: OfferDetail;
  /** Dates of the current choices; undefined while loading. */
  readonly calendar: DatesView | undefined;
  readonly locale: string;
  readonly words: SlotTexts;
  /** Nobody enters at the start, so no e-mail has a date. */
  readonly isOpen: boolean;
}

/**
 * What a launch sends in the partner's name: sender, replies, language, dates
 * and the partner's own texts. It stands before the launch button.
 */
export function LaunchSheet({ offer: { sender, emails }, calendar, locale, words, isOpen }: LaunchSheetProps) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Stack gap="xs" component="dl" m={0}>
      {emails.length > 0 && (
        <>
          <Fact name={t('sheet.from')}>
            {sender.name} {'<'}
            {sender.address}
            {'>'}
          </Fact>
          <Fact name={t('sheet.replies')}>{sender.replyTo ?? t('sheet.noReplies')}</Fact>
        </>
      )}
      <Fact name={t('sheet.language')}>{format.language(locale)}</Fact>
      {!isOpen && <Dates calendar={calendar} expected={emails.length > 0} />}
      {words.places.length > 0 && <Promises words={words} />}
    </Stack>
  );
}

interface DatesProps {
  readonly calendar: DatesView | undefined;
  /** Whether there are e-mails, so that the place of their dates is kept while they load. */
  readonly expected: boolean;
}

/** The first and the last date of the e-mails. */
function Dates({ calendar, expected }: DatesProps) {
  const { t } = useTranslation();
  const format = useFormat();
  if (calendar === undefined)
    return (
      expected && (
        <Fact name={t('sheet.dates')}>
          <Skeleton component="span" height={18} />
        </Fact>
      )
    );
  const span = emailSpan(calendar);
  if (span === null) return null;
  return (
    <Fact name={t('sheet.dates')}>
      {t(span.first === span.last ? 'sheet.once' : 'sheet.span', {
        first: format.moment(span.first, calendar.timeZone),
        last: format.moment(span.last, calendar.timeZone),
        zone: calendar.timeZone,
      })}
    </Fact>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <Text component="dt" size="xs" c="dimmed">
        {name}
      </Text>
      <Text component="dd" size="sm" m={0} style={{ overflowWrap: 'anywhere' }}>
        {children}
      </Text>
    </div>
  );
}

/** The texts that are sent in the partner's name, with a link to edit them. */
function Promises({ words }: Pick<LaunchSheetProps, 'words'>) {
  const { t, i18n } = useTranslation();
  const wordsOf = useSlotWords(words);
  const said = words.places.flatMap((slot) => {
    const text = wordsOf(slot);
    return text === null ? [] : [{ slot, text }];
  });
  const edit = () => document.getElementById(OWN_TEXTS)?.scrollIntoView({ behavior: 'smooth' });
  return (
    <div>
      <Group component="dt" justify="space-between" gap="xs">
        <Text size="xs" c="dimmed">
          {t('sheet.promises')}
        </Text>
        <Anchor component="button" type="button" size="xs" onClick={edit}>
          {t('sheet.edit')}
        </Anchor>
      </Group>
      <Stack component="dd" gap={4} m={0}>
        {said.map(({ slot, text }) => (
          <Text
            key={slot.name}
            size="sm"
            lang={words.locale}
            style={{ whiteSpace: 'pre-line', overflowWrap: 'anywhere' }}
          >
            <Text span size="xs" c="dimmed" lang={i18n.language}>
              {localised(slot.labels, i18n.language)}:
            </Text>{' '}
            {text}
          </Text>
        ))}
      </Stack>
    </div>
  );
}
