import { Alert, Button, Group, Switch } from '@mantine/core';
import { IconLayoutGrid } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CampaignVersionDetail } from '#contracts';
import { BrokenFile, type BrokenFileProps } from '../BrokenFile';
import { copyOf } from '../builder/email-copy';
import type { PictureChoices } from '../builder/use-picture-choices';
import type { EditSession } from '../edit-session';
import { groupOf, type Post } from '../posts/posts';
import { POST_FORMATS, POST_SIZES, type PostFormat } from '../posts/post-layouts';
import type { BoxFile } from './box';
import { Boxes } from './Boxes';
import { pictureGeometry, type Shown } from './page-images';
import { type PictureContext, pictureBoxes, pictureFault } from './picture-boxes';
import { arrangedAs, type SizedFile, withOtherSizes } from './picture-sizes';

interface PictureBoxesProps {
  readonly version: CampaignVersionDetail;
  readonly edits: EditSession;
  readonly post: Post;
  readonly format: PostFormat;
  readonly show: Shown;
  readonly pictures: PictureChoices;
  readonly onJump: BrokenFileProps['onJump'];
}

/** One size of a post with its layers. A change of what it shows changes all sizes. */
export function PictureBoxes(props: PictureBoxesProps) {
  const { post, format, edits, show, pictures, onJump } = props;
  const { t } = useTranslation();
  const [isAlone, setAlone] = useState(false);
  const path = post.images[format] ?? '';
  const svg = edits.textOf(path);
  if (svg === '') return <Alert color="yellow">{t('boxes.noFile', { file: path })}</Alert>;
  const fault = pictureFault(svg);
  if (fault !== null) return <BrokenFile file={path} line={fault} onJump={onJump} />;
  const copy = copyOf(edits.texts, show.locale);
  const context: PictureContext = {
    group: groupOf(post),
    copy: (key) => copy.get(key) ?? '',
    pictures: pictures.pictures,
  };
  const sized = (of: PostFormat): SizedFile[] => {
    const source = post.images[of] ?? '';
    const text = edits.textOf(source);
    if (text === '' || pictureFault(text) !== null) return [];
    return [{ file: pictureBoxes(source, text, context), size: POST_SIZES[of] }];
  };
  const own: SizedFile = { file: pictureBoxes(path, svg, context), size: POST_SIZES[format] };
  const others = POST_FORMATS.filter((of) => of !== format).flatMap(sized);
  const again = (file: BoxFile, text: string): BoxFile => pictureBoxes(file.path, text, context);
  return (
    <Boxes
      {...props}
      file={isAlone ? own.file : withOtherSizes(own, others)}
      geometries={[pictureGeometry(format)]}
      words={{ copy: context.copy, locale: show.locale }}
      tools={(write) => (
        <Group justify="space-between">
          <Switch
            label={t('boxes.allSizes')}
            description={t('boxes.allSizesHow')}
            checked={!isAlone}
            onChange={({ currentTarget }) => setAlone(!currentTarget.checked)}
          />
          <Button
            variant="default"
            leftSection={<IconLayoutGrid size={16} aria-hidden />}
            disabled={others.length === 0}
            onClick={() => write(arrangedAs(own, others, again))}
          >
            {t('boxes.arrangeOthers')}
          </Button>
        </Group>
      )}
    />
  );
}
