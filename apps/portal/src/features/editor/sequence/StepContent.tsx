import { Button, Group } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconExternalLink, IconPhotoPlus } from '@tabler/icons-react';
import type { ComponentProps } from 'react';
import { useTranslation } from 'react-i18next';
import type { Texts } from '../builder/email-copy';
import { NewPost } from '../posts/NewPost';
import { NewEmail } from './NewEmail';
import type { WrittenStep } from './steps';

/** What a step sends that has a builder. */
type StepContentKind = 'email' | 'post';

interface StepContentProps {
  readonly step: WrittenStep;
  readonly texts: Texts;
  readonly paths: ComponentProps<typeof NewEmail>['paths'];
  /** Pictures of the package. */
  readonly pictures: readonly string[];
  readonly upload: ComponentProps<typeof NewEmail>['upload'];
  /** @param made files with the new e-mail or post. */
  readonly onMake: (made: Texts, kind: StepContentKind, key: string) => void;
  /** Opens an e-mail or post in its builder. */
  readonly onOpen: (kind: StepContentKind, key: string) => void;
}

/** Creates the e-mail or post of a step, and opens it in its builder. */
export function StepContent({ step, texts, paths, pictures, upload, onMake, onOpen }: StepContentProps) {
  const { t } = useTranslation();
  const [isAsking, { open, close }] = useDisclosure(false);
  const { kind } = step;
  if (kind !== 'email' && kind !== 'post') return null;
  const key = step[kind] ?? '';
  const make = (made: Texts, name: string): void => {
    onMake(made, kind, name);
    onOpen(kind, name);
  };
  return (
    <Group gap="xs">
      {key !== '' && (
        <Button
          size="xs"
          variant="default"
          leftSection={<IconExternalLink size={14} aria-hidden />}
          onClick={() => onOpen(kind, key)}
        >
          {t(`steps.design.${kind}`)}
        </Button>
      )}
      {kind === 'email' && (
        <NewEmail texts={texts} paths={paths} upload={upload} onMake={(made) => make(made.texts, made.name)} />
      )}
      {kind === 'post' && (
        <>
          <Button size="xs" variant="default" leftSection={<IconPhotoPlus size={14} aria-hidden />} onClick={open}>
            {t('posts.new')}
          </Button>
          <NewPost opened={isAsking} onClose={close} texts={texts} pictures={pictures} onMake={make} />
        </>
      )}
    </Group>
  );
}
