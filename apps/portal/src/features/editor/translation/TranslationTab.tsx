import { Alert, Grid, Skeleton, Stack, Text } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { type Translation, translationsInto } from '#translation';
import type { CampaignVersionDetail } from '#contracts';
import { ProblemNote } from '../../../shared/ProblemNote';
import { useCan } from '../../../shared/session';
import { BrokenFile } from '../BrokenFile';
import { currentTactics } from '../current-tactics';
import type { EditSession } from '../edit-session';
import type { Problem } from '../../../shared/gates';
import { useUndo } from '../undo';
import { matching, nextOpen, type StateFilter, textsOfFiles, withTexts } from './desk';
import { LanguageBar } from './LanguageBar';
import { TextForm } from './TextForm';
import { TextList } from './TextList';
import { TextPreview } from './TextPreview';
import { type SaidText, useDesk } from './use-desk';

interface TranslationTabProps {
  readonly version: CampaignVersionDetail;
  readonly edits: EditSession;
  readonly onJump: (place: Pick<Problem, 'file' | 'line' | 'column'>) => void;
}

/** The texts of one language: how far each is, beside its source and its e-mail. */
export default function TranslationTab({ version, edits, onJump }: TranslationTabProps) {
  const { t } = useTranslation();
  const texts = textsOfFiles(edits.texts);
  const { locale, setLocale } = useLanguage(texts.locales);
  const desk = useDesk(version.campaignId);
  const records = desk.desk?.records;
  const translations = useMemo(
    () => (locale === null ? [] : translationsInto(texts, locale, records ?? [])),
    [texts, locale, records],
  );
  if (desk.desk === undefined)
    return desk.error === null ? <Skeleton height={480} /> : <ProblemNote error={desk.error} />;
  return (
    <Stack>
      {texts.broken.map(({ file, line }) => (
        <BrokenFile key={file} file={file} line={line} onJump={onJump} />
      ))}
      <ProblemNote error={desk.error} />
      <LanguageBar
        version={version}
        edits={edits}
        desk={desk}
        sourceLocale={texts.locales[0] ?? ''}
        locales={texts.locales.slice(1)}
        locale={locale}
        translations={translations}
        onLocale={setLocale}
      />
      {locale === null ? (
        <Alert color="blue" title={t('translation.noLanguage')}>
          <Text size="sm">{t('translation.noLanguageText')}</Text>
        </Alert>
      ) : (
        <LanguageDesk
          key={locale}
          version={version}
          edits={edits}
          desk={desk}
          sourceLocale={texts.locales[0] ?? ''}
          locale={locale}
          translations={translations}
        />
      )}
    </Stack>
  );
}

/** The language in the address, or the first that is translated. */
function useLanguage(locales: readonly string[]) {
  const [query, setQuery] = useSearchParams();
  const asked = query.get('language');
  const others = locales.slice(1);
  const locale = asked !== null && others.includes(asked) ? asked : (others[0] ?? null);
  const setLocale = (language: string): void => setQuery({ tab: 'translation', language }, { replace: true });
  return { locale, setLocale };
}

interface LanguageDeskProps {
  readonly version: CampaignVersionDetail;
  readonly edits: EditSession;
  readonly desk: ReturnType<typeof useDesk>;
  readonly sourceLocale: string;
  readonly locale: string;
  readonly translations: readonly Translation[];
}

/** List, text and preview. */
function LanguageDesk({ version, edits, desk, sourceLocale, locale, translations }: LanguageDeskProps) {
  const can = useCan();
  const [filter, setFilter] = useState<StateFilter>(() =>
    translations.some(({ state }) => state !== 'reviewed') ? 'open' : 'all',
  );
  const [search, setSearch] = useState('');
  // A text that is done stays until the next search, so that nothing moves under the pointer.
  const [stays, setStays] = useState<ReadonlySet<string>>(new Set());
  const [chosen, setChosen] = useState<string | null>(null);
  const listed = matching(translations, { filter, search, stays, chosen });
  const current = listed.find(({ key }) => key === chosen) ?? listed[0] ?? null;
  // The first text is chosen, too: its form must not be replaced when another person releases it.
  if (current !== null && current.key !== chosen) setChosen(current.key);
  const { write, undo, canUndo } = useUndo(edits, 'translation');
  const reviewer = desk.desk?.languages.find((one) => one.locale === locale)?.reviewer ?? null;
  const mayReview = can('campaigns.comment') && (reviewer === null || reviewer.isYou);
  const isReviewing = reviewer?.isYou === true || !can('campaigns.edit');
  const seek = (sought: { readonly filter: StateFilter; readonly search: string }): void => {
    setFilter(sought.filter);
    setSearch(sought.search);
    setStays(new Set());
    const found = matching(translations, { ...sought, stays: new Set(), chosen: null });
    if (!found.some(({ key }) => key === chosen)) setChosen(found[0]?.key ?? null);
  };
  const step = (by: number): void => {
    const at = listed.findIndex(({ key }) => key === current?.key);
    setChosen(listed[Math.min(Math.max(at + by, 0), listed.length - 1)]?.key ?? null);
  };
  const goOn = (): void => setChosen(nextOpen(listed, current?.key ?? null, isReviewing) ?? current?.key ?? null);
  const say = (kind: 'translated' | 'reviewed', { key, path, text: before }: Translation, said: SaidText): void => {
    setStays(new Set([...stays, key]));
    if (said.text !== before) write(withTexts(edits.texts, locale, [{ key, path, text: said.text }]));
    // Who changes a text and releases it has translated it, too.
    if (kind === 'translated' || (said.text !== before && can('campaigns.edit')))
      desk.say({ kind: 'translated', locale, texts: [said] });
    if (kind === 'reviewed') desk.say({ kind: 'reviewed', locale, texts: [said] });
  };
  useHotkeys(
    [
      ['alt+ArrowDown', () => step(1)],
      ['alt+ArrowUp', () => step(-1)],
    ],
    [],
  );
  return (
    <Grid gap="md">
      <Grid.Col span={{ base: 12, md: 4, xl: 3 }}>
        <TextList
          translations={translations}
          listed={listed}
          current={current?.key ?? null}
          locale={locale}
          filter={filter}
          search={search}
          onFilter={(chosenFilter) => seek({ filter: chosenFilter, search })}
          onSearch={(words) => seek({ filter, search: words })}
          onChoose={setChosen}
        />
      </Grid.Col>
      <Grid.Col span={{ base: 12, md: 8, xl: 4 }}>
        {current !== null && (
          <TextForm
            key={current.key}
            translation={current}
            record={desk.desk?.records.find((one) => one.locale === locale && one.key === current.key) ?? null}
            sourceLocale={sourceLocale}
            locale={locale}
            tactics={currentTactics(edits.texts)}
            mayEdit={can('campaigns.edit')}
            mayReview={mayReview}
            reviewerName={reviewer?.name ?? null}
            undo={{ canUndo, undo }}
            onSay={(kind, said) => say(kind, current, said)}
            onReopen={() => desk.say({ kind: 'reopened', locale, keys: [current.key] })}
            onNext={goOn}
            onStep={step}
          />
        )}
      </Grid.Col>
      <Grid.Col span={{ base: 12, xl: 5 }}>
        {current !== null && <TextPreview version={version} edits={edits} locale={locale} translation={current} />}
      </Grid.Col>
    </Grid>
  );
}
