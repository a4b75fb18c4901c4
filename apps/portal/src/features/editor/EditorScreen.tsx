import { useState } from 'react';
import { useParams } from 'react-router';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { AuthoringLanguage, CampaignVersionDetail, PackageFiles } from '#contracts';
import { get } from '../../shared/api';
import { Loaded, Page } from '../../shared/Page';
import { Editor } from './Editor';

/** The studio: the files of a version, what is wrong with them, and how they look, side by side. */
export function EditorScreen() {
  const { t } = useTranslation();
  const { id = '', number = '' } = useParams();
  const path = `/campaigns/${encodeURIComponent(id)}/versions/${encodeURIComponent(number)}`;
  // It outlives a save, after which the editor begins anew with other files.
  const [session] = useState(() => new Map<string, unknown>());
  const version = useQuery({
    queryKey: ['campaign-version', id, number],
    queryFn: get<CampaignVersionDetail>(path),
  });
  const files = useQuery({
    queryKey: ['campaign-files', id, number],
    queryFn: get<PackageFiles>(`${path}/files`),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const language = useQuery({
    queryKey: ['authoring-language'],
    queryFn: get<AuthoringLanguage>('/authoring-language'),
    staleTime: Number.POSITIVE_INFINITY,
  });
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
