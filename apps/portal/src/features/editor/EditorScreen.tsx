import { useEffect, useState } from 'react';
import { Link, useParams } from 'react-router';
import { useTranslation } from 'react-i18next';
import { Anchor } from '@mantine/core';
import { Loaded, Page } from '../../shared/Page';
import { Editor, prepareEditor } from './Editor';
import { useDraftFiles, useVersionFiles } from '../../shared/requests';
import { localised } from '../../shared/localised';
import { useAuthoringLanguage, useCampaignVersion } from './api';
import { useEditorOwner } from './editor-owner';

/** The vendor's campaign editor: files, problems and preview. */
export function EditorScreen() {
  const { t, i18n } = useTranslation();
  const { id = '', number = '' } = useParams();
  useEffect(prepareEditor, []);
  const owner = useEditorOwner();
  // Survives a save.
  // After it the editor is mounted again with new files.
  const [session] = useState(() => new Map<string, unknown>());
  const version = useCampaignVersion(id, number);
  const files = useVersionFiles(id, number, { staleTime: Number.POSITIVE_INFINITY });
  const changed = useDraftFiles(id);
  const language = useAuthoringLanguage({ staleTime: Number.POSITIVE_INFINITY });
  return (
    <Page
      title={version.data === undefined ? t('editor.title') : localised(version.data.title, i18n.language)}
      lead={
        <>
          {t('editor.lead')}{' '}
          <Anchor component={Link} to={owner.home(id)} underline="always">
            {t(owner.isNewsletter ? 'newsletters.back' : 'campaigns.allVersions')}
          </Anchor>
        </>
      }
      wide
    >
      <Loaded query={version} height={640}>
        {(loaded) => (
          <Loaded query={files} height={640}>
            {(written) => (
              <Loaded query={language} height={640}>
                {(words) => (
                  <Loaded query={changed} height={640}>
                    {() => (
                      <Editor
                        key={written.packageHash}
                        version={loaded}
                        files={written}
                        language={words}
                        session={session}
                      />
                    )}
                  </Loaded>
                )}
              </Loaded>
            )}
          </Loaded>
        )}
      </Loaded>
    </Page>
  );
}
