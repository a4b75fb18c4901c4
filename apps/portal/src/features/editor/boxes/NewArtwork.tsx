import { Button, Menu } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconFileTypePdf, IconPhoto, IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { CampaignVersionDetail } from '#contracts';
import type { EditSession } from '../edit-session';
import { NewDocument } from '../posts/NewDocument';
import { NewPost } from '../posts/NewPost';

interface NewArtworkProps {
  readonly version: CampaignVersionDetail;
  readonly edits: EditSession;
  /** Pictures of the package. */
  readonly pictures: readonly string[];
  /** @param name kind and key of what was made. */
  readonly onMake: (name: string) => void;
}

/** Adds a post or a document to the campaign. */
export function NewArtwork({ version, edits, pictures, onMake }: NewArtworkProps) {
  const { t } = useTranslation();
  const [isPost, post] = useDisclosure(false);
  const [isDocument, document] = useDisclosure(false);
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button variant="default" leftSection={<IconPlus size={16} aria-hidden />}>
            {t('posts.add')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconPhoto size={16} aria-hidden />} onClick={post.open}>
            {t('posts.new')}
          </Menu.Item>
          <Menu.Item leftSection={<IconFileTypePdf size={16} aria-hidden />} onClick={document.open}>
            {t('documents.new')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <NewPost
        opened={isPost}
        onClose={post.close}
        texts={edits.texts}
        pictures={pictures}
        onMake={(made, key) => {
          edits.write(made);
          onMake(`social ${key}`);
        }}
      />
      <NewDocument
        opened={isDocument}
        onClose={document.close}
        campaignId={version.campaignId}
        edits={edits}
        onMake={(key) => onMake(`document ${key}`)}
      />
    </>
  );
}
