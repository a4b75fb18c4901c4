import { useState } from 'react';
import { useParams } from 'react-router';
import { useTranslation } from 'react-i18next';
import { Loaded, Page } from '../../shared/Page';
import { Editor } from './Editor';
import { useVersionFiles } from '../../shared/requests';
import { useAuthoringLanguage, useCampaignVersion } from './api';

/** The vendor's campaign editor: files, problems and preview. */
export function EditorScreen() {
  const { t } = useTranslation();
  const { id = '', number = '' } = useParams();
  // Survives a save.
  // After it the editor is mounted again with new files.
  const [session] = useState(() => new Map<string, unknown>());
  const version = useCampaignVersion(id, number);
  const files = useVersionFiles(id, number, { staleTime: Number.POSITIVE_INFINITY });
  const language = useAuthoringLanguage({ staleTime: Number.POSITIVE_INFINITY });
  return (
    <Page title={t('editor.title')} lead={t('editor.lead')} wide>
      <Loaded query={version} height={640}>
        {(loaded) => (
          <Loaded query={files} height={640}>
            {(written) => (
              <Loaded query={language} height={640}>
                {(words) => (
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
    </Page>
  );
}
