import { Box, NativeSelect, Paper, Skeleton, Stack, Text } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useDebouncedValue } from '@mantine/hooks';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CampaignVersionDetail } from '#contracts';
import type { TextPlace, Translation } from '#translation';
import { withPolicy } from '../../../shared/preview-policy';
import { fitContainer, scaleToFit } from '../../../shared/scale-to-fit';
import { useTacticName } from '../../../shared/tactic-names';
import { checkCampaignVersionFile, showCanvas } from '../api';
import { currentTactics } from '../current-tactics';
import type { EditSession } from '../edit-session';
import { directionOfLanguage } from './desk';
import { markText } from './mark-text';

interface TextPreviewProps {
  readonly version: CampaignVersionDetail;
  readonly edits: EditSession;
  readonly locale: string;
  readonly translation: Translation;
}

interface Shown {
  readonly kind: 'email' | 'page';
  readonly key: string;
}

const isShown = (place: TextPlace): place is TextPlace & Shown => place.kind === 'email' || place.kind === 'page';
const PAUSE_MS = 400;

/** The e-mail or page that shows a text, with the text marked. */
export function TextPreview({ version, edits, locale, translation }: TextPreviewProps) {
  const { t } = useTranslation();
  const nameOf = useTacticName(currentTactics(edits.texts));
  const places = translation.places.filter(isShown);
  const [wanted, setWanted] = useState('');
  const place = places.find(({ kind, key }) => `${kind} ${key}` === wanted) ?? places[0] ?? null;
  const preview = usePreview({ version, edits, locale }, place);
  if (place === null)
    return (
      <Text size="sm" c="dimmed" py="xl" ta="center">
        {t('translation.noPreview')}
      </Text>
    );
  const choices = [...new Map(places.map(({ kind, key }) => [`${kind} ${key}`, { kind, key }])).entries()];
  return (
    <Stack gap="xs">
      {choices.length > 1 && (
        <NativeSelect
          label={t('translation.preview')}
          value={`${place.kind} ${place.key}`}
          data={choices.map(([value, { kind, key }]) => ({
            value,
            label: nameOf(kind === 'email' ? 'emails' : 'pages', key) ?? key,
          }))}
          onChange={(event) => setWanted(event.currentTarget.value)}
        />
      )}
      {preview.data === undefined ? (
        <Skeleton height={480} />
      ) : preview.data === null ? (
        <Text size="sm" c="dimmed" py="xl" ta="center">
          {t('translation.unreadable')}
        </Text>
      ) : (
        <>
          {place.kind === 'email' && <InboxLine preview={preview.data} role={place.role} locale={locale} />}
          <MarkedDocument
            key={`${place.kind} ${place.key}`}
            html={preview.data.html}
            layoutWidth={place.kind === 'email' ? 640 : 1040}
            text={translation.text ?? translation.source}
          />
        </>
      )}
    </Stack>
  );
}

interface Rendered {
  readonly html: string;
  readonly subject: string;
  readonly preheader: string;
}

/** The rendering of the current texts. An e-mail is shown in spite of mistakes. */
function usePreview({ version, edits, locale }: Omit<TextPreviewProps, 'translation'>, place: Shown | null) {
  const { campaignId, number } = version;
  const asText = JSON.stringify(edits.changes);
  const [settled] = useDebouncedValue(asText, PAUSE_MS);
  const uploads = edits.uploads.map(({ path, hash }) => `${path} ${hash ?? ''}`);
  return useQuery({
    queryKey: ['translation-preview', campaignId, number, settled, uploads, locale, place?.kind, place?.key],
    enabled: place !== null,
    queryFn: async ({ signal }): Promise<Rendered | null> => {
      const changes = JSON.parse(settled) as EditSession['changes'];
      const show = { key: place?.key ?? '', locale, recipient: {}, partnerId: null };
      const { preview } =
        place?.kind === 'page'
          ? await checkCampaignVersionFile(campaignId, number, {
              body: { changes, show: { ...show, kind: 'page', parts: false } },
              signal,
            })
          : await showCanvas(campaignId, number, { body: { changes, show: { ...show, choices: {} } }, signal });
      return preview === null ? null : { html: preview.html, subject: preview.subject, preheader: preview.preheader };
    },
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
  });
}

interface InboxLineProps {
  readonly preview: Rendered;
  readonly role: TextPlace['role'];
  readonly locale: string;
}

/** The e-mail in a list of messages. */
function InboxLine({ preview: { subject, preheader }, role, locale }: InboxLineProps) {
  const { t } = useTranslation();
  return (
    <Paper withBorder p="xs" lang={locale} dir={directionOfLanguage(locale)} aria-label={t('translation.inbox')}>
      <Text size="sm" fw={600} className={role === 'subject' ? 'marked-text' : undefined}>
        {subject}
      </Text>
      <Text size="sm" c="dimmed" className={role === 'preheader' ? 'marked-text' : undefined}>
        {preheader}
      </Text>
    </Paper>
  );
}

interface MarkedDocumentProps {
  readonly html: string;
  readonly layoutWidth: number;
  readonly text: string;
}

const HEIGHT = 560;

/** A document in a sandbox without scripts, scrolled to the marked text. */
function MarkedDocument({ html, layoutWidth, text }: MarkedDocumentProps) {
  const { t } = useTranslation();
  const { scale, width } = scaleToFit(layoutWidth);
  const before = useRef(0);
  const look = ({ contentDocument, contentWindow }: HTMLIFrameElement): void => {
    if (contentDocument === null || contentWindow === null) return;
    const marked = markText(contentDocument, text);
    const box = marked?.getBoundingClientRect();
    const to = box === undefined ? before.current : box.top - (contentWindow.innerHeight - box.height) / 2;
    before.current = Math.max(0, to);
    contentWindow.scrollTo(0, before.current);
  };
  return (
    <Box h={HEIGHT} style={{ ...fitContainer, overflow: 'hidden', background: '#fff' }}>
      <Box h={HEIGHT} mx="auto" style={{ width }}>
        <iframe
          // A document of its own for each text: its mark is in it.
          key={text}
          title={t('translation.preview')}
          // The portal marks the text, so the document has its origin. Scripts do not run.
          sandbox="allow-same-origin"
          srcDoc={withPolicy(html, location.origin)}
          style={{
            border: 0,
            colorScheme: 'light',
            width: layoutWidth,
            height: `calc(${HEIGHT}px / ${scale})`,
            transform: `scale(${scale})`,
            transformOrigin: 'top left',
          }}
          onLoad={(event) => look(event.currentTarget)}
        />
      </Box>
    </Box>
  );
}
