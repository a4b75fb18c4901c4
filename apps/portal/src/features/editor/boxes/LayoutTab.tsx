import { Group, NativeSelect, SegmentedControl, Stack } from '@mantine/core';
import { IconPhoto } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CampaignVersionDetail, PackageFiles } from '#contracts';
import { BrandChoice } from '../../../shared/BrandChoice';
import { Empty } from '../../../shared/Empty';
import { useFormat } from '../../../shared/format';
import { localised } from '../../../shared/localised';
import { BrokenFile } from '../BrokenFile';
import type { EditSession } from '../edit-session';
import type { Problem } from '../../../shared/gates';
import { readYaml } from '../yaml-file';
import { PostFields } from '../posts/PostFields';
import { postsOf } from '../posts/posts';
import { POST_FORMATS, type PostFormat } from '../posts/post-layouts';
import { usePictureChoices } from '../builder/use-picture-choices';
import { useUndo } from '../undo';
import { type Artwork, artworkOf } from './artwork';
import { titleOfDocument } from '../posts/documents';
import { DocumentBoxes } from './DocumentBoxes';
import { NewArtwork } from './NewArtwork';
import type { Shown } from './page-images';
import { picturesOf } from '../package-pictures';
import { PictureBoxes } from './PictureBoxes';

interface LayoutTabProps {
  readonly version: CampaignVersionDetail;
  readonly edits: EditSession;
  readonly saved: PackageFiles;
  /** Kind and key of the shown document or post; empty: the first. */
  readonly wanted: string;
  readonly onWant: (name: string) => void;
  readonly onJump: (place: Pick<Problem, 'file' | 'line' | 'column'>) => void;
}

const FILE = 'campaign.yaml';

/**
 * Lets a vendor make posts and documents: boxes for partners, and layers of
 * post pictures, by mouse, keyboard or form.
 */
export default function LayoutTab(props: LayoutTabProps) {
  const { t } = useTranslation();
  const { version, edits, saved, wanted, onWant, onJump } = props;
  const format = useFormat();
  const campaign = readYaml(edits.textOf(FILE));
  const artworks = campaign.ok ? artworkOf(campaign.document) : [];
  const [locale, setLocale] = useState(version.locales[0] ?? 'en');
  const [partnerId, setPartnerId] = useState('');
  const [shape, setShape] = useState<PostFormat>('landscape');
  if (!campaign.ok) return <BrokenFile file={FILE} line={campaign.line} onJump={onJump} />;
  const artwork = artworks.find(({ kind, key }) => `${kind} ${key}` === wanted) ?? artworks[0];
  const brand = { locale, partnerId: partnerId === '' ? null : partnerId };
  return (
    <Stack>
      <Group align="flex-end" justify="space-between">
        <Group align="flex-end">
          {artwork !== undefined && (
            <>
              <ArtworkChoice
                texts={edits.texts}
                version={version}
                artworks={artworks}
                artwork={artwork}
                onChoose={onWant}
              />
              <NativeSelect
                label={t('review.locale')}
                value={locale}
                data={version.locales.map((tag) => ({ value: tag, label: format.language(tag) }))}
                onChange={(event) => setLocale(event.currentTarget.value)}
              />
              <BrandChoice partnerId={partnerId} onChoose={setPartnerId} />
              {artwork.kind === 'social' && <FormatChoice shape={shape} onShape={setShape} />}
            </>
          )}
        </Group>
        <NewArtwork version={version} edits={edits} pictures={picturesOf(saved.files, edits)} onMake={onWant} />
      </Group>
      {artwork === undefined && <NoArtwork />}
      {/* The key resets the drawing state for another document or picture. */}
      {artwork?.kind === 'document' && (
        <DocumentBoxes
          {...props}
          key={artwork.key}
          show={{ ...brand, kind: 'document', key: artwork.key }}
          path={artwork.sources[locale] ?? artwork.sources['*'] ?? ''}
        />
      )}
      {artwork?.kind === 'social' && (
        <PostDesign
          {...props}
          key={`${artwork.key} ${shape}`}
          show={{ ...brand, kind: 'social', key: artwork.key, format: shape }}
          onOpen={onWant}
        />
      )}
    </Stack>
  );
}

interface PostDesignProps extends Omit<LayoutTabProps, 'wanted' | 'onWant'> {
  readonly show: Shown & { readonly kind: 'social' };
  /** @param name kind and key of another post. */
  readonly onOpen: (name: string) => void;
}

/** The layers of a post, and the text that is posted with it. */
function PostDesign({ version, edits, saved, show, onOpen, onJump }: PostDesignProps) {
  const pictures = usePictureChoices(version, saved.files, edits);
  const { write } = useUndo(edits, `social ${show.key}`);
  const post = postsOf(edits.texts).find(({ key }) => key === show.key);
  if (post === undefined) return null;
  return (
    <Stack gap="lg">
      <PictureBoxes
        version={version}
        edits={edits}
        post={post}
        format={show.format}
        show={show}
        pictures={pictures}
        onJump={onJump}
      />
      <PostFields
        texts={edits.texts}
        post={post}
        locale={show.locale}
        onWrite={write}
        onRemove={edits.write}
        onCopy={(made, key) => {
          edits.write(made);
          onOpen(`social ${key}`);
        }}
      />
    </Stack>
  );
}

function NoArtwork() {
  const { t } = useTranslation();
  return (
    <Empty icon={IconPhoto} title={t('boxes.none')}>
      {t('boxes.noneText')}
    </Empty>
  );
}

interface ArtworkChoiceProps extends Pick<LayoutTabProps, 'version'> {
  readonly texts: EditSession['texts'];
  readonly artworks: readonly Artwork[];
  readonly artwork: Artwork;
  /** @param name kind and key, separated by a space. */
  readonly onChoose: (name: string) => void;
}

/** Chooses a document or post picture. */
function ArtworkChoice({ texts, version, artworks, artwork, onChoose }: ArtworkChoiceProps) {
  const { t, i18n } = useTranslation();
  const titleOf = ({ kind, key }: Artwork): string => {
    // A title that has not been saved yet.
    const written = kind === 'document' ? titleOfDocument(texts, key, version.locales) : null;
    if (written !== null) return written;
    const document = version.tactics.documents.find((one) => one.key === key);
    return kind === 'document' && document !== undefined ? localised(document.title, i18n.language) : key;
  };
  const ofKind = (kind: Artwork['kind']) =>
    artworks
      .filter((one) => one.kind === kind)
      .map((one) => ({ value: `${one.kind} ${one.key}`, label: titleOf(one) }));
  return (
    <NativeSelect
      label={t('version.tactic')}
      value={`${artwork.kind} ${artwork.key}`}
      data={[
        { group: t('version.kind.documents'), items: ofKind('document') },
        { group: t('version.kind.social'), items: ofKind('social') },
      ].filter(({ items }) => items.length > 0)}
      onChange={(event) => onChoose(event.currentTarget.value)}
    />
  );
}

interface FormatChoiceProps {
  readonly shape: PostFormat;
  readonly onShape: (shape: PostFormat) => void;
}

function FormatChoice({ shape, onShape }: FormatChoiceProps) {
  const { t } = useTranslation();
  return (
    <SegmentedControl
      aria-label={t('version.format')}
      value={shape}
      onChange={onShape}
      data={POST_FORMATS.map((value) => ({ value, label: t(`assets.format.${value}`) }))}
    />
  );
}
