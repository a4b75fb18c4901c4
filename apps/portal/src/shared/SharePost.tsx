import { Button, Menu } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { useMutation } from '@tanstack/react-query';
import { IconBrandFacebook, IconBrandLinkedin, IconBrandX, IconShare } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useProblemNotice } from './problem-notice';
import { type Network, NETWORKS, shareLink, type SharedPost } from './share-links';

interface SharePostProps extends SharedPost {
  readonly postKey: string;
  /** Address of the picture on this server; null: text only. */
  readonly picture: string | null;
}

/**
 * Shares a post: on a phone by the choice of apps, with the picture (Web Share
 * API), elsewhere on the page of a network.
 */
export function SharePost(props: SharePostProps) {
  const hasTouch = useMediaQuery('(pointer: coarse)', false, { getInitialValueInEffect: false });
  return hasTouch && 'share' in navigator ? <ShareByApp {...props} /> : <ShareOnNetwork {...props} />;
}

const SIGNS = { linkedin: IconBrandLinkedin, facebook: IconBrandFacebook, x: IconBrandX } as const;

function ShareOnNetwork({ postKey, ...post }: SharePostProps) {
  const { t } = useTranslation();
  /** Facebook takes no words: the user pastes them. */
  const copyWords = async (): Promise<void> => {
    await navigator.clipboard.writeText(post.text);
    notifications.show({ color: 'teal', message: t('assets.paste') });
  };
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <Button
          size="xs"
          variant="filled"
          leftSection={<IconShare size={14} aria-hidden />}
          aria-label={t('assets.shareOf', { post: postKey })}
        >
          {t('assets.share')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown maw={280}>
        {(Object.keys(NETWORKS) as Network[]).map((network) => {
          const Sign = SIGNS[network];
          return (
            <Menu.Item
              key={network}
              component="a"
              href={shareLink(network, post)}
              target="_blank"
              rel="noopener noreferrer"
              leftSection={<Sign size={16} aria-hidden />}
              onClick={network === 'facebook' ? () => void copyWords().catch(() => undefined) : undefined}
            >
              {NETWORKS[network]}
            </Menu.Item>
          );
        })}
        <Menu.Label>{t('assets.shareHow')}</Menu.Label>
      </Menu.Dropdown>
    </Menu>
  );
}

function ShareByApp(post: SharePostProps) {
  const { t } = useTranslation();
  const notifyProblem = useProblemNotice();
  const share = useMutation({
    mutationFn: () => sharePost(post),
    onError: (error) => {
      // The user has closed the choice of apps.
      if (error.name !== 'AbortError') notifyProblem(error);
    },
  });
  return (
    <Button
      size="xs"
      variant="filled"
      loading={share.isPending}
      leftSection={<IconShare size={14} aria-hidden />}
      onClick={() => share.mutate()}
      aria-label={t('assets.shareOf', { post: post.postKey })}
    >
      {t('assets.share')}
    </Button>
  );
}

/** @throws DOMException `AbortError` if the user cancels. */
async function sharePost({ postKey, text, picture }: SharePostProps): Promise<void> {
  const files = picture === null ? [] : [await fetchPicture(postKey, picture)];
  const whole = { text, files };
  await navigator.share(files.length > 0 && navigator.canShare(whole) ? whole : { text });
}

async function fetchPicture(postKey: string, address: string): Promise<File> {
  const response = await fetch(address, { credentials: 'same-origin' });
  if (!response.ok) throw new Error(`The picture could not be loaded: ${response.status}`);
  const picture = await response.blob();
  const [, kind = 'png'] = picture.type.split('/');
  return new File([picture], `${postKey}.${kind}`, { type: picture.type });
}
