import { Button, Card, CopyButton, Group, Image, Stack, Text } from '@mantine/core';
import { IconCheck, IconCopy, IconDownload } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { SharePost } from './SharePost';
import { FORMATS, type PictureFormat, ASPECT_RATIOS } from './picture-formats';

interface PostCardProps {
  readonly postKey: string;
  /** Above the text: campaign and due date. */
  readonly head?: ReactNode;
  /** Text with the URL of the landing page; null until it is rendered. */
  readonly text: string | null;
  /** URL of the landing page. */
  readonly link: string;
  /** One per format. */
  readonly pictures: readonly { readonly address: string; readonly format: string }[];
  /** Further actions. */
  readonly children?: ReactNode;
}

/**
 * A post for a partner to publish: picture, text to copy, files to download.
 */
export function PostCard({ postKey, head, text, link, pictures, children }: PostCardProps) {
  const { t } = useTranslation();
  const shown = FORMATS.flatMap((shape) => pictures.filter(({ format }) => format === shape));
  const [first] = shown;
  return (
    <Card withBorder padding="md" component="article" aria-label={postKey}>
      {first !== undefined && (
        <Card.Section withBorder>
          <Image
            src={`${first.address}?shown=1`}
            alt={t('assets.preview', { post: postKey })}
            loading="lazy"
            style={{ aspectRatio: ASPECT_RATIOS.landscape }}
          />
        </Card.Section>
      )}
      <Stack gap="sm" mt={first === undefined ? 0 : 'md'} style={{ flex: 1 }}>
        {head}
        {text !== null && (
          <Text size="sm" style={{ whiteSpace: 'pre-line', overflowWrap: 'anywhere' }}>
            {text}
          </Text>
        )}
        {(text !== null || shown.length > 0) && (
          <Group gap="xs">
            {text !== null && <SharePost postKey={postKey} text={text} link={link} picture={first?.address ?? null} />}
            {text !== null && <CopyText text={text} />}
            {shown.map((picture) => (
              <DownloadPicture key={picture.address} picture={picture} />
            ))}
          </Group>
        )}
        {children}
      </Stack>
    </Card>
  );
}

function CopyText({ text }: { readonly text: string }) {
  const { t } = useTranslation();
  return (
    <CopyButton value={text}>
      {({ copied, copy }) => (
        <Button
          size="xs"
          variant="light"
          onClick={copy}
          leftSection={copied ? <IconCheck size={14} aria-hidden /> : <IconCopy size={14} aria-hidden />}
        >
          {t(copied ? 'assets.copied' : 'assets.copy')}
        </Button>
      )}
    </CopyButton>
  );
}

function DownloadPicture({ picture }: { readonly picture: PostCardProps['pictures'][number] }) {
  const { t } = useTranslation();
  const name = t(`assets.format.${picture.format as PictureFormat}`);
  return (
    <Button
      component="a"
      href={picture.address}
      download
      size="xs"
      variant="default"
      leftSection={<IconDownload size={14} aria-hidden />}
      aria-label={t('assets.picture', { format: name })}
    >
      {name}
    </Button>
  );
}
