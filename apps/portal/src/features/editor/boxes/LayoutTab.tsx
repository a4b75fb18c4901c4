import { Alert, Group, NativeSelect, SegmentedControl, Skeleton, Stack } from '@mantine/core';
import { IconPhoto } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CampaignVersionDetail, PackageFiles } from '#contracts';
import { BrandChoice } from '../../../shared/BrandChoice';
import { Empty } from '../../../shared/Empty';
import { useFormat } from '../../../shared/format';
import { localised } from '../../../shared/localised';
import { ProblemNote } from '../../../shared/ProblemNote';
import { BrokenFile } from '../BrokenFile';
import type { EditSession } from '../edit-session';
import type { Problem } from '../../../shared/gates';
import { readYaml } from '../yaml-file';
import { Boxes } from './Boxes';
import { documentBoxes } from './document-boxes';
import { pictureBoxes } from './picture-boxes';
import { sourceOf } from '../file-bytes';
import { pictureGeometry, type Shown, useDocumentPages } from './page-images';
import { type Artwork, artworkOf } from './artwork';

interface LayoutTabProps {
  readonly version: CampaignVersionDetail;
  readonly edits: EditSession;
  readonly saved: PackageFiles;
  readonly onJump: (place: Pick<Problem, 'file' | 'line' | 'column'>) => void;
}

const FILE = 'campaign.yaml';
const FORMATS = ['landscape', 'square', 'story'] as const;

/**
 * Lets a vendor position boxes on documents and post pictures, by mouse,
 * keyboard or form.
 */
export default function LayoutTab(props: LayoutTabProps) {
  const { t } = useTranslation();
  const { version, edits, onJump } = props;
  const format = useFormat();
  const campaign = readYaml(edits.textOf(FILE));
  const artworks = campaign.ok ? artworkOf(campaign.document) : [];
  const [wanted, setWanted] = useState('');
  const [locale, setLocale] = useState(version.locales[0] ?? 'en');
  const [partnerId, setPartnerId] = useState('');
  const [shape, setShape] = useState<PictureShape>('landscape');
  if (!campaign.ok) return <BrokenFile file={FILE} line={campaign.line} onJump={onJump} />;
  const artwork = artworks.find(({ kind, key }) => `${kind} ${key}` === wanted) ?? artworks[0];
  if (artwork === undefined) return <NoArtwork />;
  const { key } = artwork;
  const about = { key, locale, partnerId: partnerId === '' ? null : partnerId };
  const show: Shown =
    artwork.kind === 'document' ? { ...about, kind: 'document' } : { ...about, kind: 'social', format: shape };
  const shown = { ...props, show, artwork };
  return (
    <Stack>
      <Group align="flex-end">
        <ArtworkChoice version={version} artworks={artworks} artwork={artwork} onChoose={setWanted} />
        <NativeSelect
          label={t('review.locale')}
          value={locale}
          data={version.locales.map((tag) => ({ value: tag, label: format.language(tag) }))}
          onChange={(event) => setLocale(event.currentTarget.value)}
        />
        <BrandChoice partnerId={partnerId} onChoose={setPartnerId} />
        {artwork.kind === 'social' && <FormatChoice shape={shape} onShape={setShape} />}
      </Group>
      {/* The key resets the drawing state for another document or picture. */}
      {artwork.kind === 'document' ? (
        <DocumentBoxes key={key} {...shown} path={artwork.sources[locale] ?? artwork.sources['*'] ?? ''} />
      ) : (
        <PictureBoxes key={`${key} ${shape}`} {...shown} format={shape} path={artwork.sources[shape] ?? ''} />
      )}
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
  readonly artworks: readonly Artwork[];
  readonly artwork: Artwork;
  /** @param name kind and key, separated by a space. */
  readonly onChoose: (name: string) => void;
}

/** Chooses a document or post picture. */
function ArtworkChoice({ version, artworks, artwork, onChoose }: ArtworkChoiceProps) {
  const { t, i18n } = useTranslation();
  const titleOf = ({ kind, key }: Artwork): string => {
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

type PictureShape = (typeof FORMATS)[number];

interface FormatChoiceProps {
  readonly shape: PictureShape;
  readonly onShape: (shape: PictureShape) => void;
}

function FormatChoice({ shape, onShape }: FormatChoiceProps) {
  const { t } = useTranslation();
  return (
    <SegmentedControl
      aria-label={t('version.format')}
      value={shape}
      onChange={onShape}
      data={FORMATS.map((value) => ({ value, label: t(`assets.format.${value}`) }))}
    />
  );
}

interface OneProps extends LayoutTabProps {
  readonly show: Shown;
  readonly artwork: Artwork;
  readonly path: string;
}

function DocumentBoxes({ path, ...props }: OneProps) {
  const { version, edits, saved, artwork } = props;
  const { t } = useTranslation();
  const source = sourceOf(version, saved, edits, path);
  const read = useDocumentPages(source?.url ?? null, source?.hash ?? '');
  if (source === null) return <Alert color="yellow">{t('boxes.noFile', { file: path })}</Alert>;
  if (read.error !== null) return <ProblemNote error={read.error} />;
  if (read.data === undefined) return <Skeleton height={620} />;
  const file = documentBoxes(edits.textOf(FILE), artwork.key, read.data.marks);
  return file === null ? null : <Boxes {...props} file={file} geometries={read.data.geometries} />;
}

function PictureBoxes({ path, format, ...props }: OneProps & { readonly format: (typeof FORMATS)[number] }) {
  const { t } = useTranslation();
  const svg = props.edits.textOf(path);
  if (svg === '') return <Alert color="yellow">{t('boxes.noFile', { file: path })}</Alert>;
  return <Boxes {...props} file={pictureBoxes(path, svg)} geometries={[pictureGeometry(format)]} />;
}
