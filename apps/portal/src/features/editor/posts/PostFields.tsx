import { Button, Group, NativeSelect, Stack, Text, Textarea, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconCopy } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Confirm } from '../../../shared/Confirm';
import { copyOf, type Texts } from '../builder/email-copy';
import { linkNames, type NewTexts } from '../new-files';
import { CopyPost } from './CopyPost';
import { type Post, withCopies, withoutPost, withPostLink } from './posts';

interface PostFieldsProps {
  readonly texts: Texts;
  readonly post: Post;
  readonly locale: string;
  readonly onWrite: (texts: Texts) => void;
  readonly onRemove: (texts: NewTexts) => void;
  /** @param key of the copy. */
  readonly onCopy: (made: Texts, key: string) => void;
}

/** The text and link that are posted with the picture. */
export function PostFields({ texts, post, locale, onWrite, onRemove, onCopy }: PostFieldsProps) {
  const { t } = useTranslation();
  const [isCopying, { open, close }] = useDisclosure(false);
  const text = copyOf(texts, locale).get(post.text) ?? '';
  return (
    <Stack gap="sm" component="section" aria-label={t('posts.textAndLink')}>
      <Title order={2} size="h3">
        {t('posts.textAndLink')}
      </Title>
      <BlurTextarea
        label={t('posts.text')}
        description={t('posts.textHow')}
        value={text}
        onWrite={(words) => onWrite(withCopies(texts, [locale], () => ({ [post.text]: words })))}
      />
      <NativeSelect
        label={t('posts.link')}
        value={post.link}
        data={[...new Set([...linkNames(texts), post.link])]}
        onChange={({ currentTarget }) => onWrite(withPostLink(texts, post.key, currentTarget.value))}
      />
      <Group gap="xs">
        <Button size="xs" variant="default" leftSection={<IconCopy size={14} aria-hidden />} onClick={open}>
          {t('posts.copy')}
        </Button>
        <Confirm
          label={t('posts.remove')}
          question={t('posts.removeQuestion', { post: post.key })}
          size="xs"
          onConfirm={async () => onRemove(withoutPost(texts, post))}
        >
          <Text size="sm">{t('posts.removeText')}</Text>
        </Confirm>
      </Group>
      <CopyPost opened={isCopying} onClose={close} texts={texts} post={post} onCopy={onCopy} />
    </Stack>
  );
}

interface BlurTextareaProps {
  readonly label: string;
  readonly description?: string;
  readonly value: string;
  readonly onWrite: (value: string) => void;
}

/** Commits its value on blur: one step of the undo history. */
export function BlurTextarea({ label, description, value, onWrite }: BlurTextareaProps) {
  return (
    <Textarea
      key={value}
      label={label}
      description={description}
      defaultValue={value}
      autosize
      minRows={2}
      maxRows={10}
      onBlur={({ currentTarget }) => {
        if (currentTarget.value !== value) onWrite(currentTarget.value);
      }}
    />
  );
}
