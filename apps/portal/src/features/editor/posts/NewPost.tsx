import { Alert, Button, Group, Radio, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../../shared/Dialog';
import type { Texts } from '../builder/email-copy';
import { LayoutThumbnail } from './LayoutThumbnail';
import { POST_FORMATS, POST_LAYOUTS, type PostColours, type PostLayout, showsPicture } from './post-layouts';
import { postStarter } from './post-starters';
import { coloursOf, keyOf, postFault, withPost } from './posts';

interface NewPostProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly texts: Texts;
  /** Pictures of the package. */
  readonly pictures: readonly string[];
  /** @param key of the new post. */
  readonly onMake: (made: Texts, key: string) => void;
}

/** Asks for a name and a layout, and adds a post in three sizes. */
export function NewPost({ opened, onClose, texts, pictures, onMake }: NewPostProps) {
  const { t } = useTranslation();
  const [name, setName] = useState('');
  const [layout, setLayout] = useState<PostLayout>('statement');
  const [isAsked, setAsked] = useState(false);
  const fault = postFault(texts, name);
  const close = (): void => {
    setName('');
    setAsked(false);
    onClose();
  };
  const make = (): void => {
    setAsked(true);
    if (fault !== null) return;
    const picture = showsPicture(layout) ? (pictures[0] ?? '') : '';
    onMake(withPost(texts, { name, layout, picture, words: postStarter }), keyOf(name));
    close();
  };
  return (
    <Dialog opened={opened} onClose={close} title={t('posts.new')} size="lg" centered>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          make();
        }}
      >
        <Stack>
          <TextInput
            label={t('posts.name')}
            description={t('posts.nameHow')}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            error={isAsked && (fault === 'empty' || fault === 'taken') && t(`posts.fault.${fault}`)}
            data-autofocus
          />
          {isAsked && (fault === 'unreadable' || fault === 'noLink') && (
            <Alert color="red">{t(`posts.fault.${fault}`)}</Alert>
          )}
          <LayoutChoice
            layout={layout}
            onLayout={setLayout}
            hasPictures={pictures.length > 0}
            colours={coloursOf(texts)}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              {t('common.back')}
            </Button>
            <Button type="submit">{t('posts.make')}</Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}

interface LayoutChoiceProps {
  readonly layout: PostLayout;
  readonly onLayout: (layout: PostLayout) => void;
  readonly hasPictures: boolean;
  readonly colours: PostColours;
}

function LayoutChoice({ layout, onLayout, hasPictures, colours }: LayoutChoiceProps) {
  const { t } = useTranslation();
  return (
    <Radio.Group
      label={t('posts.layout')}
      description={t(hasPictures ? 'posts.layoutHow' : 'posts.noPictures')}
      value={layout}
      onChange={(value) => onLayout(value)}
    >
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm" mt="xs">
        {POST_LAYOUTS.map((one) => (
          <Radio.Card key={one} value={one} p="sm" radius="md" disabled={showsPicture(one) && !hasPictures}>
            <Group gap="xs" wrap="nowrap" align="center" mb={8}>
              <Radio.Indicator />
              <Text fw={600} size="sm">
                {t(`posts.layouts.${one}`)}
              </Text>
            </Group>
            <Group gap={6} wrap="nowrap" align="flex-start">
              {POST_FORMATS.map((format) => (
                <div key={format} className="post-thumbnail" data-format={format}>
                  <LayoutThumbnail layout={one} format={format} colours={colours} />
                </div>
              ))}
            </Group>
          </Radio.Card>
        ))}
      </SimpleGrid>
    </Radio.Group>
  );
}
