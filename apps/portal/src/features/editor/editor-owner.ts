import { useParams } from 'react-router';

/** What the edited draft belongs to: a campaign, or a newsletter, by the address of the screen. */
export function useEditorOwner() {
  const { newsletterId = null } = useParams();
  return {
    isNewsletter: newsletterId !== null,
    /** The page of the campaign or newsletter. */
    home: (campaignId: string): string =>
      newsletterId === null ? `/campaigns/${campaignId}` : `/newsletters/${newsletterId}`,
    /** The page of the version. A newsletter has none of its own. */
    version: (campaignId: string, number: number): string =>
      newsletterId === null ? `/campaigns/${campaignId}/versions/${number}` : `/newsletters/${newsletterId}`,
    /** This editor, after a save. */
    editor: (campaignId: string, number: number): string =>
      newsletterId === null
        ? `/campaigns/${campaignId}/versions/${number}/edit`
        : `/newsletters/${newsletterId}/content/${campaignId}/${number}`,
  };
}
