import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { IconShare } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useProblemNotice } from './problem-notice';

interface SharePostProps {
  readonly postKey: string;
  readonly text: string;
  /** Address of the picture on this server; null: text only. */
  readonly picture: string | null;
}

/**
 * Passes a post to an app of the phone, such as LinkedIn (Web Share API). Not
 * shown in browsers without it.
 */
export function SharePost({ postKey, text, picture }: SharePostProps) {
  const { t } = useTranslation();
  const notifyProblem = useProblemNotice();
  const share = useMutation({
    mutationFn: () => sharePost({ postKey, text, picture }),
    onError: (error) => {
      // The user has closed the choice of apps.
      if (error.name !== 'AbortError') notifyProblem(error);
    },
  });
  if (!('share' in navigator)) return null;
  return (
    <Button
      size="xs"
      variant="filled"
      loading={share.isPending}
      leftSection={<IconShare size={14} aria-hidden />}
      onClick={() => share.mutate()}
      aria-label={t('assets.shareOf', { post: postKey })}
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
