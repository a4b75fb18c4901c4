import { SOCIAL_FORMATS } from '#content';
import { cobrandName, cobrandRequests } from './cobrand-request.js';

const hash = 'prepared-hash';
const formats = Object.fromEntries(SOCIAL_FORMATS.map((format) => [format, hash]));

describe('the documents and pictures of a campaign', () => {
  it('are one file per document and language, and one per post, language and format', () => {
    const requests = cobrandRequests({
      documents: [{ key: 'brochure', prepared: { en: hash, de: hash } }],
      social: [{ key: 'announce', prepared: { en: formats } }],
    });
    expect(requests.map(cobrandName)).toEqual([
      'document brochure en pdf',
      'document brochure de pdf',
      ...SOCIAL_FORMATS.map((format) => `social announce en ${format}`),
    ]);
  });

  it('are none in a campaign of e-mails', () => {
    expect(cobrandRequests({ documents: [], social: [] })).toEqual([]);
  });
});
